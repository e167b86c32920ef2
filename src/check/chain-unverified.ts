// A script that comes over the network without a signature, on a board that is set up to look at
// signatures: it takes FIT only, and checks them.
import { diagnose } from "../diagnostics/index.js";
import type { StepCheck } from "./checks.js";

export const chainUnverified: StepCheck = ({ moments, board }, report) => {
  const { fitSignature, legacy } = board.images;
  if (!fitSignature || legacy) return;
  for (const { statement, chained } of moments) {
    if (!chained || statement.type !== "chain") continue;
    const how = statement.from?.kind.name ?? "tftp";
    if (!/^(?:tftp|http|nfs)$/.test(how)) continue;
    const data = { name: chained.script.name, how, board: board.id };
    report(diagnose("chain-unverified", data, statement.span));
  }
};
