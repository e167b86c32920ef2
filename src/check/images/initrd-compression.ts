// An initrd that Linux cannot unpack: of lz4 it knows only the old format (lib/decompress.c).
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";
import { insideOf } from "./payloads.js";

export const initrdCompression: FlowCheck = ({ program }, report) => {
  for (const provision of program.provisions.values()) {
    const { kind, name, input } = provision;
    if (kind !== "initrd" || insideOf(provision)?.compression !== "lz4" || !input) continue;
    report(diagnose("initrd-compression", { name, file: input.name }, input.span));
  }
};
