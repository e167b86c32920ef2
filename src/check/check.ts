// Runs the checks. Two analyses of one script can find the same fault: it is reported once.
import { type Report, unrepeated } from "../diagnostics/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { Analysis, Plan, Run } from "../memory/index.js";
import { argumentList, type KernelArgument, kernelArguments } from "./arguments.js";
import {
  argumentChecks,
  clientChecks,
  flowChecks,
  runChecks,
  shellChecks,
  stepChecks,
} from "./checks.js";
import { bringsInitrd, cmdlineOf, type TextLines } from "./firmware/firmware-files.js";

/** Reports what is wrong with `plan`: done once, however many clients there are. */
export function checkPlan(plan: Plan, report: Report): void {
  const once = unrepeated(report);
  for (const each of flowChecks) each(plan, once);
  for (const analysis of plan.analyses) {
    for (const each of stepChecks) each(analysis, once, plan);
  }
  for (const run of firstRuns(plan)) checkRun(run, plan, once);
  checkCmdlines(plan, once);
}

/** Looks at scripts one after the other, at those that are alike only once where that is enough. */
export function scriptChecker(
  plan: Plan,
): (script: GeneratedScript, run: Run, report: Report) => void {
  const first = new Set(firstRuns(plan));
  const looked = new Set<Analysis>();
  return (script, run, report) => {
    for (const each of clientChecks) each(script, report, plan);
    if (!first.has(run)) checkRun(run, plan, report);
    if (looked.has(script.analysis)) return;
    looked.add(script.analysis);
    for (const each of shellChecks) each(script, report, plan);
  };
}

/** Looks at what depends on the values of one client. */
function checkRun(run: Run, plan: Plan, once: Report): void {
  for (const each of runChecks) each(run, once, plan);
  const { board, client } = run;
  const initrd = run.analysis.moments.some(({ start }) => start?.initrd !== undefined);
  const boot = { board, initrd, ...(client && { client }) };
  for (const bootargs of kernelArguments(plan.program, run)) {
    for (const each of argumentChecks) each(bootargs, boot, once, plan);
  }
}

/** Looks at the command lines that the firmware passes on, of every client. */
function checkCmdlines(plan: Plan, once: Report): void {
  const { program, cmdlines } = plan;
  for (const firmware of program.firmware) {
    const { cmdline, forEachClient, span } = firmware;
    const read = cmdlines.get(firmware);
    const written = cmdline ? undefined : cmdlineOf(firmware);
    if (!read && !written) continue;
    const initrd = bringsInitrd(firmware);
    for (const client of forEachClient ? program.clients : [undefined]) {
      const list = read ? argumentList(read, program, client) : wordsOf(written);
      const { board } = client ?? program;
      const boot = { board, initrd, ...(client && { client }) };
      for (const each of argumentChecks) each({ step: { span }, list }, boot, once, plan);
    }
  }
}

/** The arguments in the first line of a cmdline.txt. */
function wordsOf(file: TextLines | undefined): readonly KernelArgument[] {
  const words = file?.lines[0]?.split(/\s+/).filter((each) => each !== "") ?? [];
  return file ? words.map((text) => ({ text, span: file.span })) : [];
}

/** One run of each analysis: all others differ only in values. */
function firstRuns({ runs, analyses }: Plan): Iterable<Run> {
  const first = new Map<Analysis, Run>();
  for (const run of runs) {
    if (first.size === analyses.length) break;
    if (run.problems.length === 0 && !first.has(run.analysis)) first.set(run.analysis, run);
  }
  return first.values();
}
