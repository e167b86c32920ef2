// A script that comes over the network without a signature, on a board that starts only what is
// signed. That it does so is a matter of its keys, so the flow has to say it: `verified_boot yes`.
import { diagnose } from "../diagnostics/index.js";
import type { StepCheck } from "./checks.js";
import { protocolOf } from "./network.js";

export const chainUnverified: StepCheck = (analysis, report) => {
  const { moments, board } = analysis;
  if (!board.images.verified) return;
  for (const { statement, chained } of moments) {
    const how = protocolOf(statement, analysis);
    if (!chained || how === undefined) continue;
    const data = { name: chained.script.name, how, board: board.id };
    report(diagnose("chain-unverified", data, statement.span));
  }
};
