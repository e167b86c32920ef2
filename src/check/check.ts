// Runs the checks. Two analyses of one script can find the same fault: it is reported once.
import { type Report, unrepeated } from "../diagnostics/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { Analysis, Plan } from "../memory/index.js";
import { kernelArguments } from "./arguments.js";
import { argumentChecks, clientChecks, flowChecks, shellChecks, stepChecks } from "./checks.js";

/** Reports what is wrong with `plan`. Of what each client has of its own, only arguments are read. */
export function checkPlan(plan: Plan, report: Report): void {
  const once = unrepeated(report);
  for (const each of flowChecks) each(plan, once);
  for (const analysis of plan.analyses) {
    for (const each of stepChecks) each(analysis, once, plan);
  }
  for (const run of plan.runs) {
    for (const bootargs of kernelArguments(plan.program, run)) {
      for (const each of argumentChecks) each(bootargs, run, once, plan);
    }
  }
}

/** Looks at scripts one after the other, at those that are alike only once where that is enough. */
export function scriptChecker(plan: Plan, report: Report): (script: GeneratedScript) => void {
  const once = unrepeated(report);
  const looked = new Set<Analysis>();
  return (script) => {
    for (const each of clientChecks) each(script, once, plan);
    if (looked.has(script.analysis)) return;
    looked.add(script.analysis);
    for (const each of shellChecks) each(script, once, plan);
  };
}
