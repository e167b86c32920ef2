// Runs the rules on a script that somebody wrote by hand, and applies what is allowed in it.
import {
  checkPolicy,
  type Diagnostic,
  hasErrors,
  type Judged,
  judge,
  type Setting,
  unrepeated,
} from "../diagnostics/index.js";
import { allowancesIn } from "./allowances.js";
import { bootRefused } from "./boot-refused.js";
import type { FoundScript } from "./read-scripts.js";
import { commandRules, textRules } from "./rules.js";
import { scriptOf, type Target } from "./script.js";

/** How a script is looked at. */
export interface LintOptions extends Target {
  /** What findings count for, by code, as with `-W`. */
  readonly severities?: Readonly<Record<string, Setting>>;
}

/** What is wrong with `found`, by the place in its text. */
export function lint(found: FoundScript, options: LintOptions = {}): Judged {
  const script = scriptOf(found, options);
  const findings: Diagnostic[] = [];
  const report = unrepeated((each) => findings.push(each));
  const allowances = allowancesIn(script);
  const policy = { settings: options.severities ?? {}, allowances };
  checkPolicy(policy, report);
  for (const rule of textRules) rule(script, report);
  const whole = !findings.some(({ code }) => code === "script-syntax");
  if (whole) {
    for (const rule of commandRules) rule(script, report);
    bootRefused(script, report, [...findings]);
  }
  const { diagnostics, allowed } = judge(inOrder(findings), policy, whole);
  return { diagnostics, allowed };
}

/** Whether nothing in `judged` is an error. */
export function passes({ diagnostics }: Judged): boolean {
  return !hasErrors(diagnostics);
}

function inOrder(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const place = ({ labels }: Diagnostic) => labels[0]?.span.start ?? -1;
  return [...findings].sort((a, b) => place(a) - place(b));
}
