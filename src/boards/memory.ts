// Arithmetic on a board's memory: what U-Boot takes for itself, and what is left for a boot flow.
// It does not place anything. Governed by common/board_f.c and lib/lmb.c.
import type { Board, Region, Share } from "./board.js";

export const MiB = 0x100000;

/** What U-Boot occupies besides stack, heap and frame buffer; generous, and asked for nowhere. */
const imageAllowance = 8 * MiB;

/** What of a board's configuration decides the size of relocated U-Boot, in bytes. */
export interface Relocation {
  /** SYS_MALLOC_LEN. */
  readonly malloc: number;
  /** STACK_SIZE; LMB refuses downloads into the whole of it. */
  readonly stack?: number;
  /** The frame buffer that a video driver reserves in DRAM. */
  readonly video?: number;
}

/**
 * The share of relocated U-Boot: code, device tree, page tables, heap, stack. It moves itself to
 * the end of the DRAM it was told of, so this is a size and not an address.
 */
export function relocatedUBoot({ malloc, stack = 16 * MiB, video = 0 }: Relocation): Share {
  const parts = [
    `stack ${inMiB(stack)}`,
    `heap ${inMiB(malloc)}`,
    ...(video > 0 ? [`frame buffer ${inMiB(video)}`] : []),
    `${inMiB(imageAllowance)} for code, device tree and page tables`,
  ];
  return {
    size: Math.ceil((stack + malloc + video) / MiB) * MiB + imageAllowance,
    why: `U-Boot after relocation: ${parts.join(", ")}`,
    source: "common/board_f.c, lib/lmb.c, STACK_SIZE and SYS_MALLOC_LEN in Kconfig",
  };
}

const inMiB = (bytes: number) => `${Math.ceil(bytes / MiB)} MiB`;

/** The stretches of DRAM that neither firmware nor U-Boot holds, in ascending order. */
export function freeMemory({ memory }: Board): readonly Region[] {
  const end = memory.base + memory.size - memory.reservedTop.size;
  const free: Region[] = [];
  let start = memory.base;
  for (const taken of [...memory.reserved].sort((a, b) => a.start - b.start)) {
    if (taken.start > start) free.push({ start, size: Math.min(taken.start, end) - start });
    start = Math.max(start, taken.start + taken.size);
    if (start >= end) return free;
  }
  return [...free, { start, size: end - start }];
}
