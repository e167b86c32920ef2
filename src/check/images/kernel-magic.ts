// A kernel without a header that the board's boot command refuses, since its magic is not there.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";
import { insideOf } from "./payloads.js";

/** What the boot commands look for (cmd/booti.c, cmd/bootz.c). */
const magics: Readonly<Record<string, string>> = {
  booti: "the magic of an Image at offset 56",
  bootz: "the magic of a zImage at offset 36",
};

export const kernelMagic: StepCheck = ({ parts, board }, report) => {
  const { command } = board.boot;
  const magic = magics[command];
  if (magic === undefined) return;
  for (const { provision } of parts) {
    const { kind, name, input, wrapped } = provision;
    const { inner, seen, header } = insideOf(provision) ?? {};
    if (kind !== "kernel" || !input || wrapped || header || !seen) continue;
    if (inner?.kind !== "unknown") continue;
    report(diagnose("kernel-magic", { name, file: input.name, command, magic }, input.span));
  }
};
