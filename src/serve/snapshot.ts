// A flow, built in memory: what a server serves. Names are looked up, never paths. With thousands
// of clients a client's script is compiled when it is asked for.

import { scriptChecker } from "../check/index.js";
import { plans } from "../compile.js";
import { type Diagnostic, hasErrors, nearest } from "../diagnostics/index.js";
import { type DiskFiles, diskFiles, type Inputs } from "../files/index.js";
import {
  type Artifact,
  fileNameOf,
  generate,
  type PackOptions,
  packProvisions,
  packScript,
  type Root,
} from "../generate/index.js";
import type { Content } from "../image/index.js";
import type { Plan, Run } from "../memory/index.js";

/** What a snapshot is made with. */
export interface SnapshotOptions extends PackOptions {
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A file of a snapshot. */
export interface Served {
  readonly name: string;
  readonly content: Content;
  /** The client it is for, where it is for one. */
  readonly client?: string;
  /** Whether it is a script: asking for one begins a boot. */
  readonly script: boolean;
}

/** What is served of a flow as it was at one time. */
export interface Snapshot {
  /** Counts the snapshots of a server, from 1. */
  readonly generation: number;
  /** The names that can be asked for. */
  readonly names: readonly string[];
  /** The file called `name`; undefined when there is none, or its script has errors. */
  find(name: string): Served | undefined;
  /** The name somebody who asked for `name` most likely meant. */
  nearest(name: string): string | undefined;
  /** Frees the inputs. Nothing may be read of it afterwards. */
  close(): void;
}

/** A snapshot, or why there is none; and what to watch, in both cases. */
export interface Taken {
  readonly snapshot?: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
  readonly asked: Inputs;
}

/** Up to so many scripts all are compiled at once, so that every mistake shows at the start. */
const FEW = 500;

/** Builds the flow at `path` as it is on the disk now. `late` hears of mistakes found later. */
export function takeSnapshot(
  path: string,
  generation: number,
  options: SnapshotOptions,
  late: (diagnostics: readonly Diagnostic[]) => void = () => {},
): Taken {
  const files = diskFiles();
  const { plan, diagnostics: found } = plans(path, { ...options, files });
  const diagnostics = [...found];
  if (plan && !hasErrors(diagnostics)) {
    const snapshot = snapshotOf(plan, generation, files, options, diagnostics, late);
    if (!hasErrors(diagnostics)) return { snapshot, diagnostics, asked: files.asked };
  }
  files.close();
  return { diagnostics, asked: files.asked };
}

function snapshotOf(
  plan: Plan,
  generation: number,
  files: DiskFiles,
  options: SnapshotOptions,
  diagnostics: Diagnostic[],
  late: (diagnostics: readonly Diagnostic[]) => void,
): Snapshot {
  const { program } = plan;
  const runs = new Map<string, Run>();
  for (const run of plan.runs) {
    const name = run.script.place === "tftp" ? fileNameOf(plan, run) : undefined;
    if (name !== undefined) runs.set(name, run);
  }
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const look = scriptChecker(plan, report);
  const ready = new Map<string, Served>();
  const compileRun = (run: Run) => {
    const script = generate(plan, run, report);
    if (!script) return;
    look(script);
    const artifact = packScript(script, program, options, report);
    if (artifact?.root === "tftp") ready.set(artifact.name, servedOf(artifact, true));
  };
  if (plan.runs.length <= FEW) for (const run of plan.runs) compileRun(run);
  for (const artifact of packProvisions(plan, everything(plan), options, report)) {
    ready.set(artifact.name, servedOf(artifact, false));
  }
  const names = [...new Set([...ready.keys(), ...runs.keys()])];
  return {
    generation,
    names,
    find(name) {
      const run = runs.get(name);
      if (run && !ready.has(name)) {
        const before = diagnostics.length;
        compileRun(run);
        if (diagnostics.length > before) late(diagnostics.slice(before));
      }
      return ready.get(name);
    },
    nearest: (name) => nearest(name, names),
    close: () => files.close(),
  };
}

function servedOf({ name, content, client }: Artifact, script: boolean): Served {
  return { name, content, script, ...(client === undefined ? {} : { client }) };
}

/** Every provision can be asked for: somebody may type a command at the prompt. */
function everything({ program }: Plan): ReadonlyMap<string, ReadonlySet<Root>> {
  return new Map([...program.provisions.keys()].map((name) => [name, new Set<Root>(["tftp"])]));
}
