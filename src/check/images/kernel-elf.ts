// vmlinux itself, the ELF file: no boot command of U-Boot for Linux reads its headers.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";
import { architectureOf, insideOf } from "./payloads.js";

/** What Linux builds for U-Boot instead. */
const images: ReadonlyMap<string | undefined, string> = new Map([
  ["arm", "arch/arm/boot/zImage"],
  ["arm64", "arch/arm64/boot/Image.gz"],
  ["riscv", "arch/riscv/boot/Image.gz"],
  ["ppc", "arch/powerpc/boot/uImage"],
  ["x86", "arch/x86/boot/bzImage"],
  ["x86_64", "arch/x86/boot/bzImage"],
]);

export const kernelElf: FlowCheck = ({ program }, report) => {
  for (const provision of program.provisions.values()) {
    const inside = insideOf(provision);
    const { kind, name, input } = provision;
    if (kind !== "kernel" || inside?.inner.kind !== "elf" || !input) continue;
    const better = images.get(architectureOf(inside.inner));
    const within = inside.header !== undefined;
    report(diagnose("kernel-elf", { name, file: input.name, within, better }, input.span));
  }
};
