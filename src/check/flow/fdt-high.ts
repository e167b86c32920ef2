// `fdt_high` as all ones, copied from old articles: on 32 bit it keeps the device tree where it was
// loaded, on 64 bit 0xffffffff is a limit like any other (boot/image-fdt.c, doc/usage/environment.rst).
import { diagnose, type Span } from "../../diagnostics/index.js";
import { textFor } from "../../program/index.js";
import { type Step, stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../checks.js";
import { commandsOfLine } from "../raw.js";

export const fdtHigh: StepCheck = ({ steps, board }, report) => {
  for (const step of stepsIn(steps)) {
    const { text, span } = limitIn(step) ?? {};
    const digits = /^(?:0x)?(f{8}|f{16})$/i.exec(text ?? "")?.[1];
    if (text === undefined || digits === undefined) continue;
    const stays = digits.length === board.bits / 4;
    if (!stays && board.bits === 32) continue;
    report(diagnose("fdt-high", { value: text, stays, bits: board.bits }, span));
  }
};

/** What `step` sets `fdt_high` to. */
function limitIn(step: Step): { text: string; span: Span } | undefined {
  if (step.type === "set" && step.name === "fdt_high") {
    return { text: textFor(step.value, undefined), span: step.value.span };
  }
  for (const words of step.type === "uboot" ? commandsOfLine(step) : []) {
    const [name, text] = words[0] === "setenv" ? words.slice(1) : words.slice(2);
    if (/^(?:setenv|env)$/.test(words[0] ?? "") && name === "fdt_high" && text !== undefined) {
      return { text, span: step.span };
    }
  }
  return undefined;
}
