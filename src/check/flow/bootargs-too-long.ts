// More kernel arguments than the kernel copies: it cuts off the end without a word. Sources:
// COMMAND_LINE_SIZE in asm/setup.h of each architecture in Linux.
import type { Architecture } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { ArgumentCheck } from "../contract.js";

/** With the final NUL. */
const COMMAND_LINE_SIZE: Partial<Record<Architecture, number>> = {
  arm: 1024,
  arm64: 2048,
  riscv: 1024,
  ppc: 2048,
  x86: 2048,
  x86_64: 2048,
};

export const bootargsTooLong: ArgumentCheck = ({ step, list }, { board }, report) => {
  const { arch } = board;
  const size = COMMAND_LINE_SIZE[arch];
  // What U-Boot puts in is not counted: this length is certain.
  const texts = list.map(({ text }) => text.replace(/\$\{[^}]*\}/g, ""));
  const { length } = texts.join(" ");
  if (size === undefined || length < size) return;
  report(diagnose("bootargs-too-long", { length, most: size - 1, arch }, step.span));
};
