// A script on the card that needs the network and has no plan for when it is not there. Only
// scripts that no other one chains to: whoever chains can catch what goes wrong.
import { diagnose } from "../../diagnostics/index.js";
import { missed } from "../../language/index.js";
import type { Analysis } from "../../memory/index.js";
import { nestsSteps, type Step, type Steps } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { protocolOf } from "../network.js";
import { written } from "../texts.js";

export const noFallback: StepCheck = (analysis, report, { analyses }) => {
  const { script, steps } = analysis;
  if (script.place !== "sdcard") return;
  const moments = analyses.flatMap((each) => each.moments);
  if (moments.some(({ chained }) => chained?.script === script)) return;
  const found = uncaught(steps, analysis);
  if (!found) return;
  const data = { name: script.name, statement: written(found) };
  report(diagnose("no-fallback", data, found.span));
};

/** The first fetch in `block` whose failure ends the script. */
function uncaught(block: Steps, analysis: Analysis): Step | undefined {
  for (const [index, step] of block.entries()) {
    const found = inside(step, index === block.length - 1, analysis);
    if (found) return found;
  }
  return undefined;
}

function inside(step: Step, last: boolean, analysis: Analysis): Step | undefined {
  if (!nestsSteps(step)) return protocolOf(step, analysis) === undefined ? undefined : step;
  switch (step.type) {
    case "if":
      return uncaught(step.body, analysis) ?? uncaught(step.otherwise, analysis);
    case "try":
      // What stands in the else, or after a try without one, is the fallback.
      return (
        (last && step.otherwise.length === 0 ? uncaught(step.body, analysis) : undefined) ??
        uncaught(step.next, analysis)
      );
    case "each":
      return uncaught(step.body, analysis);
    case "retry":
      return step.count !== undefined ? uncaught(step.body, analysis) : undefined;
    default:
      return missed(step);
  }
}
