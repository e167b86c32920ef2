// A compression inside a compression: U-Boot, and Linux with an initrd, undo one.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";
import { insideOf } from "./payloads.js";

export const compressedTwice: FlowCheck = ({ program }, report) => {
  for (const provision of program.provisions.values()) {
    const { kind, name, input, compress } = provision;
    const inside = insideOf(provision);
    if (inside?.inner.kind !== "compressed" || !input) continue;
    if (inside.compression === "none" || (kind !== "kernel" && kind !== "initrd")) continue;
    const inner = inside.inner.compression;
    const own = compress !== undefined && compress !== "none";
    const data = { name, file: input.name, outer: inside.compression, inner, own };
    report(diagnose("compressed-twice", data, input.span));
  }
};
