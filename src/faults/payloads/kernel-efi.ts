// A kernel that only UEFI can start, such as the vmlinuz.efi of CONFIG_EFI_ZBOOT. An Image with an
// EFI stub is an Image all the same, and on x86 so is a bzImage.
import { finding } from "../../diagnostics/index.js";
import type { StartFault } from "../given.js";

export const kernelEfi: StartFault = (given, { board, command: written }) => {
  const { kind, name, file, wrapped, inside } = given;
  if (board.arch.startsWith("x86") || kind !== "kernel" || inside.inner.kind !== "efi") {
    return undefined;
  }
  const command = written ?? (wrapped ? "bootm" : board.boot.command);
  return finding("kernel-efi", { name, file, command });
};
