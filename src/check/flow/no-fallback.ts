// A script on the card that needs the network and has no plan for when it is not there. Only
// scripts that no other one chains to: whoever chains can catch what goes wrong.
import { diagnose } from "../../diagnostics/index.js";
import type { Block, Statement } from "../../language/index.js";
import type { Analysis } from "../../memory/index.js";
import type { StepCheck } from "../checks.js";
import { protocolOf } from "../network.js";
import { written } from "../texts.js";

export const noFallback: StepCheck = (analysis, report, { analyses }) => {
  const { script, block } = analysis;
  if (script.place !== "sdcard") return;
  const moments = analyses.flatMap((each) => each.moments);
  if (moments.some(({ chained }) => chained?.script === script)) return;
  const found = uncaught(block, analysis);
  if (!found) return;
  const data = { name: script.name, statement: written(found) };
  report(diagnose("no-fallback", data, found.span));
};

/** The first fetch in `block` whose failure ends the script. */
function uncaught(block: Block, analysis: Analysis): Statement | undefined {
  for (const [index, statement] of block.entries()) {
    const found = inside(statement, index === block.length - 1, analysis);
    if (found) return found;
  }
  return undefined;
}

function inside(statement: Statement, last: boolean, analysis: Analysis): Statement | undefined {
  switch (statement.type) {
    case "if":
      return uncaught(statement.body, analysis) ?? uncaught(statement.otherwise, analysis);
    case "try":
      // What stands in the else, or behind a try without one, is the fallback.
      return last && statement.otherwise.length === 0
        ? uncaught(statement.body, analysis)
        : undefined;
    case "retry":
      return statement.count ? uncaught(statement.body, analysis) : undefined;
    default:
      return protocolOf(statement, analysis) === undefined ? undefined : statement;
  }
}
