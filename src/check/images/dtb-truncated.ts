// A device tree that is longer than the file it is in.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";

export const dtbTruncated: FlowCheck = ({ program }, report) => {
  for (const { kind, input } of program.provisions.values()) {
    if ((kind !== "dtb" && kind !== "overlay") || input?.payload.kind !== "fdt") continue;
    const { totalSize } = input.payload;
    const { size } = input.content;
    if (totalSize <= size) continue;
    report(diagnose("dtb-truncated", { file: input.name, size, totalSize }, input.span));
  }
};
