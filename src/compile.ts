// The pipeline: Source -> SyntaxTree -> Program -> Step[] -> Plan -> GeneratedScript -> Artifact. Each
// stage takes only what the one before made, without what that one objected to: all mistakes of a flow
// are found at once.
import { checkPlan, scriptChecker } from "./check/index.js";
import {
  type Allowed,
  type Code,
  checkPolicy,
  type Diagnostic,
  hasErrors,
  judge,
  type Policy,
  type Report,
  type Setting,
  unrepeated,
} from "./diagnostics/index.js";
import type { Files } from "./files/index.js";
import {
  type Artifact,
  dnsmasqFile,
  type GeneratedScript,
  generate,
  type PackOptions,
  packFirmware,
  packProvisions,
  packScript,
  packSources,
  type Root,
  reportTakenFiles,
} from "./generate/index.js";
import type { KeyMeans } from "./image/index.js";
import { type Plan, planOf, type Run } from "./memory/index.js";
import { type Program, resolve } from "./program/index.js";
import { readScripts } from "./steps/index.js";

/** What a flow is compiled with. */
export interface CompileOptions extends PackOptions {
  /** Where the flow, and what it names, is read from. */
  readonly files: Files;
  /** Values for `param`, as with `-D`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What findings count for, by code, as with `-W`. */
  readonly severities?: Readonly<Record<string, Setting>>;
  /** What there is to sign with; without it, private keys that are not encrypted. */
  readonly keys?: KeyMeans;
}

/** How far a flow came, and what is wrong with it. */
export interface Compilation {
  /** The files of the build; undefined when `diagnostics` holds an error. */
  readonly artifacts?: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
  /** What an `allow` of the flow covers. */
  readonly allowed: readonly Allowed[];
  readonly program?: Program;
  /** There also when something has no place in memory: then that is left out. */
  readonly plan?: Plan;
}

/** A script that was compiled, and its file; without one where it cannot be made, which is reported. */
export interface CompiledScript {
  /** Undefined where a value of its client is wrong, which is reported. */
  readonly script?: GeneratedScript;
  readonly artifact?: Artifact;
}

/** A flow up to where everything is known of memory, and the way on from there. */
export interface Prepared {
  /** What was found so far; the caller adds what `run` reports. */
  readonly findings: readonly Diagnostic[];
  readonly policy: Policy;
  readonly program?: Program;
  readonly plan?: Plan;
  /** Compiles one script for one board, and looks at what comes out. */
  readonly run: (run: Run, report: Report) => CompiledScript;
}

/** Compiles the flow at `path`. Mistakes in the flow are returned, never thrown. */
export function compile(path: string, options: CompileOptions): Compilation {
  const { findings: found, policy, run: compileRun, ...planned } = prepare(path, options);
  const before = judge(found, policy, false);
  const { plan, program } = planned;
  if (!plan || !program) return { ...before, ...planned };
  const findings = [...found];
  const report = unrepeated((each) => findings.push(each), findings);
  const provided = new Map<string, Set<Root>>();
  const artifacts: Artifact[] = [];
  for (const run of plan.runs) {
    const { script, artifact } = compileRun(run, report);
    if (script) gather(script.fetched, provided);
    if (artifact) artifacts.push(artifact);
  }
  artifacts.push(...packProvisions(plan, provided, options, report), ...packSources(plan));
  artifacts.push(...packFirmware(plan, report), ...dnsmasqFile(program));
  // Of clients that share a value it was said that they do.
  const told = artifacts.filter(
    ({ client }) => client === undefined || !program.broken.has(client),
  );
  reportTakenFiles(told, report);
  const judged = judge(findings, policy, !hasErrors(before.diagnostics));
  const whole = hasErrors(judged.diagnostics) ? {} : { artifacts };
  return { ...whole, ...judged, program, plan };
}

/** The first half of `compile`: up to where everything is known of memory, checks included. */
export function plans(path: string, options: CompileOptions): Omit<Compilation, "artifacts"> {
  const { findings, policy, run, ...planned } = prepare(path, options);
  return { ...judge(findings, policy, false), ...planned };
}

/** Goes as far as `plans`, and judges nothing. */
export function prepare(path: string, options: CompileOptions): Prepared {
  const { program: resolved, diagnostics, allowances } = resolve(path, options);
  const policy: Policy = { settings: options.severities ?? {}, allowances };
  const findings = [...diagnostics];
  // Without any server, every script that needs one says the same.
  const first = onlyFirst("server-missing", (each) => findings.push(each));
  const report = unrepeated(first, findings);
  checkPolicy(policy, report);
  const read = resolved && readScripts(resolved, report);
  const plan = read && planOf(read, report);
  if (plan) checkPlan(plan, report);
  const look = plan && scriptChecker(plan);
  return {
    findings,
    policy,
    ...(plan && { plan, program: plan.program }),
    run(run, note) {
      if (!plan) throw new Error("a script of a flow that is not planned");
      for (const problem of run.problems) note(problem);
      if (run.problems.length > 0) return {};
      const script = generate(plan, run);
      look?.(script, run, note);
      const artifact = packScript(script, plan.program, options, note);
      return { script, ...(artifact && { artifact }) };
    },
  };
}

/** `report`, for `code` only the first time: more places of it say nothing new. */
function onlyFirst(code: Code, report: Report): Report {
  let said = false;
  return (diagnostic) => {
    if (diagnostic.code !== code || !said) report(diagnostic);
    said ||= diagnostic.code === code;
  };
}

/** Adds where a script fetches each provision from to what is known of that. */
export function gather(
  fetched: ReadonlyMap<string, ReadonlySet<Root>>,
  provided: Map<string, Set<Root>>,
): void {
  for (const [name, roots] of fetched) {
    const known = provided.get(name) ?? new Set<Root>();
    for (const root of roots) known.add(root);
    provided.set(name, known);
  }
}
