// The pipeline: Source -> SyntaxTree -> Program -> Plan -> GeneratedScript -> Artifact. Each stage
// takes only what the one before made, and runs only when that one had nothing to object to.
import { checkPlan, scriptChecker } from "./check/index.js";
import {
  type Code,
  type Diagnostic,
  hasErrors,
  type Report,
  unrepeated,
} from "./diagnostics/index.js";
import type { Files } from "./files/index.js";
import {
  type Artifact,
  generate,
  type PackOptions,
  packProvisions,
  packScript,
  type Root,
  reportTakenFiles,
} from "./generate/index.js";
import { type Plan, planOf } from "./memory/index.js";
import { type Program, resolve } from "./program/index.js";

/** What a flow is compiled with. */
export interface CompileOptions extends PackOptions {
  /** Where the flow, and what it names, is read from. */
  readonly files: Files;
  /** Values for `param`, as with `-D`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** How far a flow came, and what is wrong with it. */
export interface Compilation {
  /** The files of the build; undefined when `diagnostics` holds an error. */
  readonly artifacts?: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
  readonly program?: Program;
  readonly plan?: Plan;
}

/** Compiles the flow at `path`. Mistakes in the flow are returned, never thrown. */
export function compile(path: string, options: CompileOptions): Compilation {
  const planned = plans(path, options);
  const { plan, program } = planned;
  if (!plan || !program || hasErrors(planned.diagnostics)) return planned;
  const diagnostics = [...planned.diagnostics];
  // What is wrong in a script is found again for each client.
  const report = unrepeated(onlyFirst("server-missing", (each) => diagnostics.push(each)));

  const look = scriptChecker(plan, report);
  const provided = new Map<string, Set<Root>>();
  const artifacts: Artifact[] = [];
  for (const run of plan.runs) {
    const script = generate(plan, run, report);
    if (!script) continue;
    look(script);
    note(script.fetched, provided);
    const artifact = packScript(script, program, options, report);
    if (artifact) artifacts.push(artifact);
  }
  artifacts.push(...packProvisions(plan, provided, options, report));
  reportTakenFiles(artifacts, report);
  const whole = hasErrors(diagnostics) ? {} : { artifacts };
  return { ...whole, diagnostics, program, plan };
}

/** The first half of `compile`: up to where everything is known of memory, checks included. */
export function plans(path: string, options: CompileOptions): Omit<Compilation, "artifacts"> {
  const { program, diagnostics: found } = resolve(path, options);
  if (!program) return { diagnostics: found };
  const diagnostics = [...found];
  const report = unrepeated((diagnostic) => diagnostics.push(diagnostic));
  const plan = planOf(program, report);
  if (hasErrors(diagnostics)) return { diagnostics, program };
  checkPlan(plan, report);
  return { diagnostics, program, plan };
}

/** `report`, for `code` only the first time: more places of it say nothing new. */
function onlyFirst(code: Code, report: Report): Report {
  let said = false;
  return (diagnostic) => {
    if (diagnostic.code !== code || !said) report(diagnostic);
    said ||= diagnostic.code === code;
  };
}

function note(
  fetched: ReadonlyMap<string, ReadonlySet<Root>>,
  provided: Map<string, Set<Root>>,
): void {
  for (const [name, roots] of fetched) {
    const known = provided.get(name) ?? new Set<Root>();
    for (const root of roots) known.add(root);
    provided.set(name, known);
  }
}
