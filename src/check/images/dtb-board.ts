// A device tree for another SoC. A tree without `compatible` says nothing, and boards of which the
// catalogue knows no `compatible` are not asked.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";

export const dtbBoard: StepCheck = ({ parts, board }, report) => {
  if (board.compatible.length === 0) return;
  for (const { provision, span } of parts) {
    const { kind, input, name } = provision;
    if (kind !== "dtb" || input?.payload.kind !== "fdt") continue;
    const { compatible, overlay, fit } = input.payload;
    if (overlay || fit || compatible.length === 0) continue;
    if (compatible.some((each) => board.compatible.includes(each))) continue;
    const data = { name, file: input.name, board: board.id, wants: board.compatible, compatible };
    report(diagnose("dtb-board", data, [{ span: input.span }, { span, text: "used here" }]));
  }
};
