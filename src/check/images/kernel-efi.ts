// A kernel that only UEFI can start, such as the vmlinuz.efi of CONFIG_EFI_ZBOOT. An Image with an
// EFI stub is an Image all the same, and on x86 so is a bzImage.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";
import { insideOf } from "./payloads.js";

export const kernelEfi: StepCheck = ({ parts, board }, report) => {
  if (board.arch.startsWith("x86")) return;
  for (const { provision } of parts) {
    const { kind, name, input, wrapped } = provision;
    if (kind !== "kernel" || insideOf(provision)?.inner.kind !== "efi" || !input) continue;
    const command = wrapped ? "bootm" : board.boot.command;
    report(diagnose("kernel-efi", { name, file: input.name, command }, input.span));
  }
};
