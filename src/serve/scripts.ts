// The scripts of a flow that are served, each compiled once: all at the start, or, of thousands,
// those that differ in more than values, and the others when somebody asks for them.
import { type CompiledScript, gather, type Prepared } from "../compile.js";
import type { Report } from "../diagnostics/index.js";
import type { Artifact, GeneratedScript, Root } from "../generate/index.js";
import type { Plan, Run } from "../memory/index.js";
import type { Served } from "./served.js";

/** Up to so many scripts all are compiled at once, so that every mistake shows at the start. */
const FEW = 500;

/** The scripts of one plan. */
export class Scripts {
  /** Whether all are compiled at the start. */
  readonly few: boolean;
  readonly artifacts: Artifact[] = [];
  /** Where each provision is fetched from. */
  readonly fetched = new Map<string, Set<Root>>();
  readonly #plan: Plan;
  readonly #runs = new Map<string, Run>();
  readonly #ready = new Map<string, Served>();
  readonly #chained: ReadonlySet<string>;
  readonly #compileRun: (run: Run, report: Report) => CompiledScript;

  /** Reports what is wrong with those that are compiled at once. */
  constructor(plan: Plan, compileRun: Prepared["run"], report: Report) {
    this.#plan = plan;
    this.#compileRun = compileRun;
    this.#chained = chainedScripts(plan);
    this.few = plan.runs.length <= FEW;
    const begun = new Set<unknown>();
    for (const run of plan.runs) {
      if (run.script.place === "tftp") this.#runs.set(run.file, run);
      // Of thousands, one with a mistake in its values is told of it when it asks.
      const waits = begun.has(run.analysis) || run.problems.length > 0;
      if (!this.few && waits) continue;
      begun.add(run.analysis);
      const served = this.#compile(run, report);
      if (served) this.#ready.set(served.name, served);
    }
  }

  get names(): Iterable<string> {
    return this.#runs.keys();
  }

  /** The script called `name` if it is compiled already. */
  ready(name: string): Served | undefined {
    return this.#ready.get(name);
  }

  /**
   * Compiles the script called `name`; undefined when there is none. `good` is asked afterwards
   * whether what was reported lets it be served.
   */
  compile(name: string, report: Report, good: () => boolean): Served | undefined {
    const run = this.#runs.get(name);
    if (!run) return undefined;
    const served = this.#compile(run, report);
    if (!good() || !served) {
      this.#runs.delete(name);
      return undefined;
    }
    this.#ready.set(name, served);
    return served;
  }

  #compile(run: Run, report: Report): Served | undefined {
    const { script, artifact } = this.#compileRun(run, report);
    if (script) gather(script.fetched, this.fetched);
    if (!artifact || !script) return undefined;
    this.artifacts.push(artifact);
    return artifact.root === "tftp" ? this.#served(artifact, script) : undefined;
  }

  #served({ name, content, client }: Artifact, script: GeneratedScript): Served {
    return {
      name,
      content,
      kind: "script",
      begins: !this.#chained.has(script.name),
      ways: this.#ways(script),
      ...(client !== undefined && { client }),
    };
  }

  /** A kernel that is started with what belongs to it, or another script. */
  #ways({ analysis, client, board, fetched }: GeneratedScript): readonly (readonly string[])[] {
    const ways: string[][] = [];
    for (const { start, chained } of analysis.moments) {
      if (start) {
        const files = [start.kernel, start.initrd, start.dtb, ...start.overlays].flatMap(
          (file) => file ?? [],
        );
        const served = files.filter(({ provision }) => fetched.get(provision.name)?.has("tftp"));
        ways.push(served.map(({ provision }) => provision.file));
      }
      if (chained?.script.place !== "tftp") continue;
      const next = this.#plan.runs.find(
        (run) =>
          run.script === chained.script &&
          (run.client ? run.client === client : run.board === board),
      );
      if (next) ways.push([next.file]);
    }
    return ways;
  }
}

/** The scripts that one on the server leads to. */
function chainedScripts({ analyses }: Plan): ReadonlySet<string> {
  const served = analyses.filter(({ script }) => script.place === "tftp");
  return new Set(
    served.flatMap(({ moments }) => moments.flatMap(({ chained }) => chained?.script.name ?? [])),
  );
}
