// A script or a kernel without a signature on a board that starts only what is signed. That it does
// so is a matter of its keys, so the flow has to say it: `verified_boot yes`.
import { diagnose } from "../../diagnostics/index.js";
import { containerOf } from "../../program/index.js";
import type { StepCheck } from "../contract.js";

export const fitUnsigned: StepCheck = ({ script, board, moments }, report, { program }) => {
  if (!board.images.verified || !board.images.fit) return;
  const data = { board: board.id };
  if (containerOf(script, board) === "fit" && !program.signature) {
    const what = `the script \`${script.name}\``;
    report(diagnose("fit-unsigned", { ...data, what }, script.span));
  }
  for (const { start, step } of moments) {
    const { provision } = start?.kernel ?? {};
    if (!provision?.fit || provision.fit.signature) continue;
    report(diagnose("fit-unsigned", { ...data, what: `\`${provision.name}\`` }, step.span));
  }
};
