// The plan of a flow: for every script and everyone who runs it, what is loaded where and when.
// Clients for whom a script comes to the same steps share one analysis.
import type { Board } from "../boards/index.js";
import { diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { Client, Program, Provision, Script } from "../program/index.js";
import type { ReadProgram, ReadScript, ScriptRun, Step, Steps } from "../steps/index.js";
import { type Layout, layoutFor, SCRIPT_ROOM } from "./layout.js";
import { placeAll, type Use } from "./place.js";
import { type Moment, timelineOf } from "./timeline.js";
import { usesOf } from "./uses.js";

/** A script as it is for a board, and for all clients that take the same branches. */
export interface Analysis {
  readonly script: Script;
  readonly board: Board;
  readonly layout: Layout;
  /** The first client it was made for; undefined for scripts that all clients share. */
  readonly client?: Client;
  /** What is left when what is known is decided. */
  readonly steps: Steps;
  readonly uses: readonly Use[];
  /** The same, but of a FIT the images that are started in place of the file. */
  readonly parts: readonly UsedPart[];
  readonly moments: readonly Moment[];
  readonly momentOf: ReadonlyMap<Step, Moment>;
}

/** Something that is used, and the place in the flow that asks for it. */
export interface UsedPart {
  readonly provision: Provision;
  readonly span: Span;
}

/** A script that is compiled: once, or once for each client. */
export interface Run extends Omit<ScriptRun, "read"> {
  readonly analysis: Analysis;
}

/** Everything that runs, and what it comes to. */
export interface Plan extends Pick<ReadProgram, "program" | "cmdlines"> {
  /** Load addresses of the kernel images that are made here, by name. */
  readonly loads: ReadonlyMap<string, number>;
  /** Where the trees of FITs are put to, by the names of both. */
  readonly trees: Layout["trees"];
  readonly analyses: readonly Analysis[];
  readonly runs: readonly Run[];
}

/** Plans a program; what has no place, or no server to come from, is reported. */
export function planOf(read: ReadProgram, report: Report): Plan {
  const { program, cmdlines } = read;
  const main = layoutFor(program, program.board, undefined);
  const layouts = new Map<Board, Layout>([[program.board, main]]);
  const slotless = read.scripts.find(({ script }) => !main.slots.has(script.name))?.script;
  if (slotless) {
    const { id: board, memory } = main.board;
    const data = { name: slotless.name, size: SCRIPT_ROOM, board, memory: memory.size };
    report(diagnose("no-room", data, slotless.span));
  }
  // Where no script has a place, nothing else has one.
  const note: Report = (each) => (slotless && each.code === "no-room" ? undefined : report(each));
  const analyses = new Map<ReadScript, Analysis>();
  for (const each of read.scripts) {
    const layout = layouts.get(each.board) ?? layoutFor(program, each.board, main);
    layouts.set(each.board, layout);
    const analysis = analysisOf(each, layout, note);
    analyses.set(each, analysis);
    reportUnserved(analysis, program, report);
  }
  const runs = read.runs.flatMap(({ read: script, ...run }): Run[] => {
    const analysis = analyses.get(script);
    return analysis ? [{ ...run, analysis }] : [];
  });
  const { loads, trees } = main;
  return { program, cmdlines, loads, trees, analyses: [...analyses.values()], runs };
}

function analysisOf(read: ReadScript, layout: Layout, report: Report): Analysis {
  const uses = usesOf(read.steps);
  const placement = placeAll(layout, uses, report);
  const moments = timelineOf(read.steps, { layout, placement });
  return {
    ...read,
    layout,
    uses,
    moments,
    parts: partsOf(uses, moments),
    momentOf: new Map(moments.map((moment) => [moment.step, moment])),
  };
}

/** Reports a `boot` that fetches what is not in memory yet where there is nobody to ask for it. */
function reportUnserved({ moments }: Analysis, program: Program, report: Report): void {
  if (program.servers.length > 0 || program.broken.has("server")) return;
  for (const { step, loads } of moments) {
    if (step.type !== "boot") continue;
    for (const { provision } of loads) {
      const what = `load ${provision.name} (${provision.file})`;
      report(diagnose("server-missing", { what }, step.span));
    }
  }
}

function partsOf(uses: readonly Use[], moments: readonly Moment[]): readonly UsedPart[] {
  const plain = uses.filter(({ provision }) => !provision.fit);
  const inside = moments.flatMap(({ start, step: { span } }) => {
    if (!start?.config) return [];
    const { kernel, dtb, initrd, overlays } = start.config;
    const all = [kernel.provision, dtb, initrd, ...overlays];
    return all.flatMap((provision) => (provision ? [{ provision, span }] : []));
  });
  return [...plain, ...inside];
}
