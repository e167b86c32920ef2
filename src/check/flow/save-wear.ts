// `save` in the way of every boot: the environment is written to flash each time. Under an `if`
// somebody has thought about when.
import { diagnose, type Span } from "../../diagnostics/index.js";
import { savesEnvironment } from "../../faults/index.js";
import { missed } from "../../language/index.js";
import { nestsSteps, type Step } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { commandsOfLine } from "../raw.js";

export const saveWear: StepCheck = ({ script: { name }, steps }, report) => {
  for (const span of steps.flatMap(savesOf)) report(diagnose("save-wear", { name }, span));
};

function savesOf(step: Step): readonly Span[] {
  if (nestsSteps(step)) {
    switch (step.type) {
      case "if":
        return [];
      // An else is for when something failed, which is not every time.
      case "try":
        return [...step.body, ...step.next].flatMap(savesOf);
      case "each":
      case "retry":
        return step.body.flatMap(savesOf);
      default:
        return missed(step);
    }
  }
  const saves =
    step.type === "uboot"
      ? commandsOfLine(step).some(({ words, always }) => always && savesEnvironment(words))
      : step.type === "save";
  return saves ? [step.span] : [];
}
