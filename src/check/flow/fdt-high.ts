// `fdt_high` as all ones, copied from old articles: on 32 bit it keeps the device tree where it was
// loaded, on 64 bit 0xffffffff is a limit like any other (boot/image-fdt.c, doc/usage/environment.rst).
import { diagnose, type Span } from "../../diagnostics/index.js";
import { allOnes, setTo } from "../../faults/index.js";
import { textFor } from "../../program/index.js";
import { type Step, stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { commandsOfStep } from "../raw.js";

export const fdtHigh: StepCheck = ({ steps, board }, report) => {
  for (const step of stepsIn(steps)) {
    const { text, span } = limitIn(step) ?? {};
    const limit = text === undefined ? undefined : allOnes(text, board.bits);
    if (limit) report(diagnose("fdt-high", limit, span));
  }
};

/** What `step` sets `fdt_high` to. */
function limitIn(step: Step): { text: string; span: Span } | undefined {
  if (step.type === "set" && step.name === "fdt_high") {
    return { text: textFor(step.value, undefined), span: step.value.span };
  }
  const [text] = commandsOfStep(step).flatMap(({ words }) => setTo("fdt_high", words)?.[0] ?? []);
  return text === undefined ? undefined : { text, span: step.span };
}
