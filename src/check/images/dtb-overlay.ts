// An overlay where a whole device tree is needed.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";

export const dtbOverlay: FlowCheck = ({ program }, report) => {
  for (const { kind, name, input } of program.provisions.values()) {
    if (kind !== "dtb" || input?.payload.kind !== "fdt" || !input.payload.overlay) continue;
    report(diagnose("dtb-overlay", { name, file: input.name }, input.span));
  }
};
