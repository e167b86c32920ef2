// Runs the checks. Two analyses of one script can find the same fault: it is reported once.
import { type Report, unrepeated } from "../diagnostics/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { Analysis, Plan, Run } from "../memory/index.js";
import { kernelArguments } from "./arguments.js";
import {
  argumentChecks,
  clientChecks,
  flowChecks,
  runChecks,
  shellChecks,
  stepChecks,
} from "./checks.js";

/** Reports what is wrong with `plan`: done once, however many clients there are. */
export function checkPlan(plan: Plan, report: Report): void {
  const once = unrepeated(report);
  for (const each of flowChecks) each(plan, once);
  for (const analysis of plan.analyses) {
    for (const each of stepChecks) each(analysis, once, plan);
  }
  for (const run of firstRuns(plan)) checkRun(run, plan, once);
}

/** Looks at scripts one after the other, at those that are alike only once where that is enough. */
export function scriptChecker(
  plan: Plan,
  report: Report,
): (script: GeneratedScript, run: Run) => void {
  const once = unrepeated(report);
  const first = new Set(firstRuns(plan));
  const looked = new Set<Analysis>();
  return (script, run) => {
    for (const each of clientChecks) each(script, once, plan);
    if (!first.has(run)) checkRun(run, plan, once);
    if (looked.has(script.analysis)) return;
    looked.add(script.analysis);
    for (const each of shellChecks) each(script, once, plan);
  };
}

/** Looks at what depends on the values of one client. */
function checkRun(run: Run, plan: Plan, once: Report): void {
  for (const each of runChecks) each(run, once, plan);
  for (const bootargs of kernelArguments(plan.program, run)) {
    for (const each of argumentChecks) each(bootargs, run, once, plan);
  }
}

/** One run of each analysis: all others differ only in values. */
function firstRuns({ runs, analyses }: Plan): Iterable<Run> {
  const first = new Map<Analysis, Run>();
  for (const run of runs) {
    if (first.size === analyses.length) break;
    if (!first.has(run.analysis)) first.set(run.analysis, run);
  }
  return first.values();
}
