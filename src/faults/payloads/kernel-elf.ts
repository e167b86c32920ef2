// vmlinux itself, the ELF file: no boot command of U-Boot for Linux reads its headers.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";
import { architectureOf } from "../inside.js";

/** What Linux builds for U-Boot instead. */
const images: ReadonlyMap<string | undefined, string> = new Map([
  ["arm", "arch/arm/boot/zImage"],
  ["arm64", "arch/arm64/boot/Image.gz"],
  ["riscv", "arch/riscv/boot/Image.gz"],
  ["ppc", "arch/powerpc/boot/uImage"],
  ["x86", "arch/x86/boot/bzImage"],
  ["x86_64", "arch/x86/boot/bzImage"],
]);

export const kernelElf: FileFault = ({ kind, name, file, inside }) => {
  if (kind !== "kernel" || inside.inner.kind !== "elf") return undefined;
  const better = images.get(architectureOf(inside.inner));
  return finding("kernel-elf", { name, file, within: inside.header !== undefined, better });
};
