// Runs the checks. Two analyses of one script can find the same fault: it is reported once.
import { type Report, unrepeated } from "../diagnostics/index.js";
import type { Generated } from "../generate/index.js";
import type { Analysis, Plan } from "../memory/index.js";
import { clientChecks, flowChecks, shellChecks, stepChecks } from "./checks.js";

/** Reports everything that is wrong with `plan` and what was generated from it. */
export function check(plan: Plan, generated: Generated, report: Report): void {
  const once = unrepeated(report);
  for (const each of flowChecks) each(plan, generated, once);
  for (const analysis of plan.analyses) {
    for (const each of stepChecks) each(analysis, once, plan);
  }
  const looked = new Set<Analysis>();
  for (const script of generated.scripts) {
    for (const each of clientChecks) each(script, once, plan);
    if (looked.has(script.analysis)) continue;
    looked.add(script.analysis);
    for (const each of shellChecks) each(script, once, plan);
  }
}
