// A kernel in a legacy image on a board that starts only what is signed: `bootm` looks at no signature
// of it. All others are put into a FIT there by default.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../contract.js";

export const bootUnsigned: StepCheck = ({ board, moments }, report) => {
  if (!board.images.verified) return;
  for (const { start, step } of moments) {
    if (!start || start.config) continue;
    const data = { name: start.image.name, board: board.id };
    report(diagnose("boot-unsigned", data, step.span));
  }
};
