// A kernel's uImage whose header says another compression than its data have. U-Boot believes the
// header. On an initrd it does not look at it.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";
import { declaredCompression, insideOf } from "./payloads.js";

export const compressionMismatch: FlowCheck = ({ program }, report) => {
  for (const provision of program.provisions.values()) {
    const { kind, name, input } = provision;
    const { header, compression = "none" } = insideOf(provision) ?? {};
    if (kind !== "kernel" || !header || !input) continue;
    const declared = declaredCompression(header);
    if (declared === compression) continue;
    const data = { name, file: input.name, declared, found: compression };
    report(diagnose("compression-mismatch", data, input.span));
  }
};
