// The plan of a flow: for every script and everyone who runs it, what is loaded where and when.
// Clients for whom a script comes to the same steps share one analysis.
import type { Board } from "../boards/index.js";
import {
  type Diagnostic,
  diagnose,
  hasErrors,
  type Report,
  type Span,
} from "../diagnostics/index.js";
import type { Block, Statement } from "../language/index.js";
import type { Client, Program, Provision, Scope, Script } from "../program/index.js";
import { fold } from "./fold.js";
import { type Layout, layoutFor, type Placement, placeAll, type Use } from "./place.js";
import { type Moment, timelineOf } from "./timeline.js";
import { usesOf } from "./uses.js";

/** A script as it is for a board, and for all clients that take the same branches. */
export interface Analysis {
  readonly script: Script;
  readonly board: Board;
  readonly layout: Layout;
  /** The first client it was made for; undefined for scripts that all clients share. */
  readonly client?: Client;
  /** The statements that are left when what is known is decided. */
  readonly block: Block;
  readonly uses: readonly Use[];
  /** The same, but of a FIT the images that are started in place of the file. */
  readonly parts: readonly Part[];
  readonly placement: Placement;
  readonly moments: readonly Moment[];
  readonly momentOf: ReadonlyMap<Statement, Moment>;
}

/** Something that is used, and the place in the flow that asks for it. */
export interface Part {
  readonly provision: Provision;
  readonly span: Span;
}

/** A script that is compiled: once, or once for each client. */
export interface Run {
  readonly script: Script;
  readonly board: Board;
  readonly client?: Client;
  readonly scope: Scope;
  readonly analysis: Analysis;
}

/** Everything that runs, and what it comes to. */
export interface Plan {
  readonly program: Program;
  /** Load addresses of the kernel images that are made here, by name. */
  readonly loads: ReadonlyMap<string, number>;
  /** Where the trees of FITs are put to, by the names of both. */
  readonly trees: Layout["trees"];
  readonly analyses: readonly Analysis[];
  readonly runs: readonly Run[];
}

/** Plans `program`; what cannot be placed is reported. */
export function planOf(program: Program, report: Report): Plan {
  const layouts = new Map<Board, Layout>();
  const main = layoutFor(program, program.board, undefined);
  layouts.set(program.board, main);
  const analyses = new Map<string, Analysis>();
  const runs: Run[] = [];

  const add = (script: Script, board: Board, client: Client | undefined) => {
    const layout = layouts.get(board) ?? layoutFor(program, board, main);
    layouts.set(board, layout);
    const scope = scopeFor(program, script, client);
    const problems: Diagnostic[] = [];
    const note: Report = (diagnostic) => problems.push(diagnostic);
    const { block, decisions } = fold(script.body, scope, note);
    const uses = usesOf(program, block, board, scope, note);
    for (const problem of problems) report(problem);
    if (hasErrors(problems)) return;
    const names = uses.map((use) => use.provision.name);
    const key = [board.id, script.name, decisions, ...names].join("\n");
    let analysis = analyses.get(key);
    if (!analysis) {
      const placement = placeAll(layout, uses, report);
      const moments = timelineOf(block, { program, layout, placement, scope, report });
      analysis = {
        ...{ script, board, layout, block, uses, placement, moments },
        parts: partsOf(uses, moments),
        momentOf: new Map(moments.map((moment) => [moment.statement, moment])),
        ...(client && { client }),
      };
      analyses.set(key, analysis);
    }
    runs.push({ script, board, scope, analysis, ...(client && { client }) });
  };

  for (const script of program.scripts.values()) {
    if (!script.forEachClient) for (const board of boardsOf(program)) add(script, board, undefined);
    else for (const client of program.clients) add(script, client.board, client);
  }
  for (const { script } of runs) {
    if (!main.slots.has(script.name)) {
      report(
        diagnose("no-room", { name: script.name, size: 0, board: main.board.id }, script.span),
      );
    }
  }
  return { program, loads: main.loads, trees: main.trees, analyses: [...analyses.values()], runs };
}

function partsOf(uses: readonly Use[], moments: readonly Moment[]): readonly Part[] {
  const plain = uses.filter(({ provision }) => !provision.fit);
  const inside = moments.flatMap(({ start, statement: { span } }) => {
    if (!start?.config) return [];
    const { kernel, dtb, initrd, overlays } = start.config;
    const all = [kernel.provision, dtb, initrd, ...overlays];
    return all.flatMap((provision) => (provision ? [{ provision, span }] : []));
  });
  return [...plain, ...inside];
}

function scopeFor(program: Program, script: Script, client: Client | undefined): Scope {
  const { parameters } = program;
  if (client) return { parameters, client };
  return { parameters, outside: `\`${script.name}\` is the same for all clients` };
}

/** The boards that run what all clients share: those of the clients, or the flow's own. */
export function boardsOf({ board, clients }: Program): ReadonlySet<Board> {
  return new Set(clients.length === 0 ? [board] : clients.map((client) => client.board));
}
