// The pipeline: Source -> SyntaxTree -> Program -> Plan -> GeneratedScript -> Artifact. Each stage
// takes only what the one before made, and runs only when that one had nothing to object to.
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
import { type Plan, planOf } from "./memory/index.js";
import { type Program, resolve } from "./program/index.js";

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

/** What is found of a flow before its scripts are looked at, and what that is to count for. */
export interface Survey {
  readonly findings: readonly Diagnostic[];
  readonly policy: Policy;
  readonly program?: Program;
  readonly plan?: Plan;
}

/** Compiles the flow at `path`. Mistakes in the flow are returned, never thrown. */
export function compile(path: string, options: CompileOptions): Compilation {
  const { findings: found, policy, ...planned } = survey(path, options);
  const findings = [...found];
  const before = judge(findings, policy, false);
  const { plan, program } = planned;
  if (!plan || !program || hasErrors(before.diagnostics)) return { ...before, ...planned };
  // What is wrong in a script is found again for each client.
  const note = onlyFirst("server-missing", (each) => findings.push(each));
  const report = unrepeated(note, findings);

  const look = scriptChecker(plan, report);
  const provided = new Map<string, Set<Root>>();
  const artifacts: Artifact[] = [];
  let looked = true;
  for (const run of plan.runs) {
    const script = generate(plan, run, report);
    looked &&= script !== undefined;
    if (!script) continue;
    look(script, run);
    gather(script.fetched, provided);
    const artifact = packScript(script, program, options, report);
    if (artifact) artifacts.push(artifact);
  }
  artifacts.push(...packProvisions(plan, provided, options, report), ...packSources(plan));
  artifacts.push(...packFirmware(program, report), ...dnsmasqFile(program));
  reportTakenFiles(artifacts, report);
  const judged = judge(findings, policy, looked);
  const whole = hasErrors(judged.diagnostics) ? {} : { artifacts };
  return { ...whole, ...judged, program, plan };
}

/** The first half of `compile`: up to where everything is known of memory, checks included. */
export function plans(path: string, options: CompileOptions): Omit<Compilation, "artifacts"> {
  const { findings, policy, ...planned } = survey(path, options);
  return { ...judge(findings, policy, false), ...planned };
}

/** Goes as far as `plans`, and judges nothing. */
export function survey(path: string, options: CompileOptions): Survey {
  const { program, diagnostics, allowances } = resolve(path, options);
  const policy: Policy = { settings: options.severities ?? {}, allowances };
  const findings = [...diagnostics];
  const report = unrepeated((diagnostic) => findings.push(diagnostic));
  checkPolicy(policy, report);
  const plan = program && planOf(program, report);
  if (plan && !hasErrors(findings)) checkPlan(plan, report);
  return { findings, policy, ...(program && { program }), ...(plan && { plan }) };
}

/** `report`, for `code` only the first time: more places of it say nothing new. */
function onlyFirst(code: Code, report: Report): Report {
  let said = false;
  return (diagnostic) => {
    if (diagnostic.code !== code || !said) report(diagnostic);
    said ||= diagnostic.code === code;
  };
}

function gather(
  fetched: ReadonlyMap<string, ReadonlySet<Root>>,
  provided: Map<string, Set<Root>>,
): void {
  for (const [name, roots] of fetched) {
    const known = provided.get(name) ?? new Set<Root>();
    for (const root of roots) known.add(root);
    provided.set(name, known);
  }
}
