// `$name` and `$(name)` in a text of a flow, which stay as they are: only `${name}` is replaced. What
// `set` stores is left alone, since a stored command is read by the shell when it is `run`.
import { diagnose } from "../../diagnostics/index.js";
import type { Wording } from "../../program/index.js";
import { type Step, stepsIn, wordingsIn } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";

/** An escaped `\${` is meant as it is, and so is what stands inside a crypted password, `$6$salt$…`. */
const LITERAL = /(?<!\\|\$[\w./]*)\$(?:([A-Za-z_]\w*)|\(([A-Za-z_]\w*)\))/g;

export const expandedNever: StepCheck = ({ steps }, report) => {
  for (const { span } of stepsIn(steps).flatMap(texts)) {
    const { source, start, end } = span;
    for (const found of source.text.slice(start, end).matchAll(LITERAL)) {
      const [variable, name = found[2]] = found;
      const at = { source, start: start + found.index, end: start + found.index + variable.length };
      report(diagnose("expanded-never", { variable, fixed: `\${${name}}` }, at));
    }
  }
};

/** What the kernel or a person gets to read. */
function texts(step: Step): readonly Wording[] {
  const isText = ["bootargs", "print", "fail"].includes(step.type);
  return isText || (step.type === "set" && step.name === "bootargs") ? wordingsIn(step) : [];
}
