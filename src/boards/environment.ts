// The default environment of a board as far as the catalogue knows it: what a simulated board
// starts with. Addresses are written as plain 0x numbers, which U-Boot reads as it reads its own
// spelling. Governed by include/env_default.h.
import type { Board } from "./board.js";

/** The variables and their texts. */
export function defaultEnvironment(board: Board): Record<string, string> {
  const { addresses, kernelCompSize, limits, boot, environment } = board;
  const text: Record<string, string | undefined> = {
    bootcmd: boot.bootcmd,
    bootdelay: String(boot.delay),
    preboot: boot.preboot,
    boot_targets: boot.targets?.join(" "),
    kernel_comp_size: hex(kernelCompSize),
    bootm_size: hex(limits.bootmSize),
    initrd_high: limits.initrdStays ? `0x${"f".repeat(board.bits / 4)}` : undefined,
    ...Object.fromEntries(Object.entries(addresses).map(([name, value]) => [name, hex(value)])),
    ...environment,
  };
  return Object.fromEntries(
    Object.entries(text).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const hex = (value: number | undefined) =>
  value === undefined ? undefined : `0x${value.toString(16).padStart(8, "0")}`;
