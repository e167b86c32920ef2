// A whole device tree where an overlay is needed.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";

export const overlayBase: FlowCheck = ({ program }, report) => {
  for (const { kind, name, input } of program.provisions.values()) {
    if (kind !== "overlay" || input?.payload.kind !== "fdt") continue;
    const { overlay, fit } = input.payload;
    if (!overlay && !fit) report(diagnose("overlay-base", { name, file: input.name }, input.span));
  }
};
