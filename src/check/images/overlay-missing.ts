// A configuration with overlays for a board whose `bootm` applies none (CONFIG_OF_LIBFDT_OVERLAY,
// which `fdt apply` comes with). Where a script applies them, the command is looked at.
import { commandState } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../contract.js";

export const overlayMissing: StepCheck = ({ board, moments }, report) => {
  if (commandState(board, "fdt apply") !== "disabled") return;
  for (const { start, step } of moments) {
    if (!start?.config || start.overlays.length === 0) continue;
    const data = { config: start.config.name, board: board.id };
    report(
      diagnose("overlay-missing", data, [
        { span: step.span },
        { span: start.config.span, text: "has overlays" },
      ]),
    );
  }
};
