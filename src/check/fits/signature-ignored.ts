// A signed FIT on a board whose U-Boot looks at no signatures (CONFIG_FIT_SIGNATURE).
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../contract.js";

export const signatureIgnored: StepCheck = ({ board, moments }, report) => {
  if (board.images.fitSignature || !board.images.fit) return;
  for (const { start, step } of moments) {
    const { provision } = start?.kernel ?? {};
    if (!provision?.fit?.signature) continue;
    const data = { name: provision.name, board: board.id };
    report(diagnose("signature-ignored", data, step.span));
  }
};
