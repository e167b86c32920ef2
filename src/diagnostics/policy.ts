// What findings count for: `-W CODE=error|warn|off` of the command line, and `allow CODE "why"` in
// the source. The only place that changes a severity. What the compiler cannot do without stays an
// error whatever is asked.
import { allCodes, type Code, entryOf, findCode, isAdjustable, type Severity } from "./codes.js";
import { type Diagnostic, diagnose, type Report } from "./diagnostic.js";
import { nearest } from "./nearest.js";
import type { Span } from "./source.js";

/** What a finding is to count for, as in `-W CODE=warn`. */
export type Setting = "error" | "warn" | "off";

/** An `allow` of the source. */
export interface Allowance {
  readonly code: string;
  /** Where the code stands. */
  readonly at: Span;
  readonly why: string;
  readonly span: Span;
  /** The declaration or statement behind it: what is found in there is allowed. */
  readonly covers: Span;
}

/** What was asked for. */
export interface Policy {
  readonly settings: Readonly<Record<string, Setting>>;
  readonly allowances: readonly Allowance[];
}

/** A finding that is allowed, and why. */
export interface Allowed {
  readonly diagnostic: Diagnostic;
  readonly allowance: Allowance;
}

/** Findings as they count. */
export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  readonly allowed: readonly Allowed[];
}

/** Reports what of `policy` cannot be: unknown codes, and codes that are not to be turned down. */
export function checkPolicy({ settings, allowances }: Policy, report: Report): void {
  for (const [name, setting] of Object.entries(settings)) look(name, setting, undefined, report);
  for (const { code, at } of allowances) look(code, "off", at, report);
}

function look(name: string, setting: Setting, at: Span | undefined, report: Report): void {
  const code = findCode(name);
  if (!code) {
    report(diagnose("code-unknown", { name, nearest: nearest(name, allCodes) }, at));
  } else if (setting !== "error" && !isAdjustable(code)) {
    report(diagnose("code-fixed", { name }, at));
  }
}

/**
 * What `findings` count for under `policy`. A finding is allowed where one of its places lies in
 * what an `allow` of its code covers. Allowances that were not needed are found in turn, if
 * `complete`: everything was looked at that could have needed them.
 */
export function judge(findings: readonly Diagnostic[], policy: Policy, complete: boolean): Judged {
  const allowed: Allowed[] = [];
  const used = new Set<Allowance>();
  const rest: Diagnostic[] = [];
  for (const diagnostic of findings) {
    const matching = policy.allowances.filter((each) => allows(each, diagnostic));
    for (const each of matching) used.add(each);
    const [allowance] = matching;
    if (allowance) allowed.push({ diagnostic, allowance });
    else rest.push(diagnostic);
  }
  if (complete) {
    for (const each of policy.allowances) {
      if (!used.has(each)) rest.push(diagnose("allow-unused", { name: each.code }, each.span));
    }
  }
  return { diagnostics: rest.flatMap((each) => counted(each, policy)), allowed };
}

function allows({ code, covers }: Allowance, diagnostic: Diagnostic): boolean {
  if (code !== diagnostic.code || !isAdjustable(diagnostic.code)) return false;
  return diagnostic.labels.some(({ span }) => isWithin(span, covers));
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

/** `diagnostic` with the severity that is asked for, or nothing. */
function counted(diagnostic: Diagnostic, { settings }: Policy): readonly Diagnostic[] {
  const severity = severityOf(diagnostic.code, settings);
  return severity ? [{ ...diagnostic, severity }] : [];
}

function severityOf(code: Code, settings: Policy["settings"]): Severity | undefined {
  const own = entryOf(code).severity;
  const setting = Object.hasOwn(settings, code) ? settings[code] : undefined;
  if (setting === "error") return "error";
  if (setting === undefined || !isAdjustable(code)) return own;
  return setting === "warn" ? "warning" : undefined;
}
