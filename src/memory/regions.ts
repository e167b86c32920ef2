// Regions of a board's memory: which are free, and whether two share a byte.
import { type Board, freeMemory, type Region } from "../boards/index.js";
import { bytes } from "../diagnostics/index.js";
import { hex } from "../ground/index.js";
import { alignUp } from "./kernels.js";

/** Memory that a file is loaded to. */
export interface Placed extends Region {
  /** The environment variable that holds the start, where one does. */
  readonly variable?: string;
}

export const KiB = 0x400;
const MiB = 0x100000;

/** The variable of `target`, where it was written as one. */
export function variableOf({ variable }: { readonly variable?: string }) {
  return variable === undefined ? {} : { variable };
}

/** Where so many bytes of DTB and initrd end up. */
export function roomAtEnd(board: Board, bytes: number): Region {
  const size = alignUp(bytes + 64 * KiB, MiB);
  const windows = [board.limits.bootmSize, board.limits.bootMapSize].filter(
    (each) => each !== undefined,
  );
  const free = freeMemory(board).at(-1);
  const freeEnd = free ? free.start + free.size : board.memory.base + board.memory.size;
  const end = Math.min(freeEnd, ...windows.map((each) => board.memory.base + each));
  return { start: end - size, size };
}

/** `0x00080000..0x01fee000 (31.4 MiB)`: the end is not included. */
export function range({ start, size }: Region): string {
  return `${hex(start)}..${hex(start + size)} (${bytes(size)})`;
}

/** The first of `variables` that points at `size` bytes nobody holds. */
export function atVariable(
  board: Board,
  variables: readonly string[],
  size: number,
  taken: readonly Region[],
): Placed | undefined {
  const free = freeMemory(board);
  for (const variable of variables) {
    const start = board.addresses[variable];
    if (start === undefined) continue;
    const region = { start, size, variable };
    if (
      free.some((each) => contains(each, region)) &&
      !taken.some((each) => overlap(each, region))
    ) {
      return region;
    }
  }
  return undefined;
}

/** The lowest `size` bytes at or after `from` that nobody holds. */
export function atGap(
  board: Board,
  size: number,
  taken: readonly Region[],
  from = 0,
): Placed | undefined {
  const align = size >= MiB ? 2 * MiB : 64 * KiB;
  const ordered = [...taken].sort((a, b) => a.start - b.start);
  for (const free of freeMemory(board)) {
    let start = alignUp(Math.max(free.start, from), align);
    for (const each of ordered) {
      if (each.start >= start + size) break;
      start = Math.max(start, alignUp(each.start + each.size, align));
    }
    if (contains(free, { start, size })) return { start, size };
  }
  return undefined;
}

/** Whether two regions share a byte. */
export function overlap(a: Region, b: Region): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size;
}

function contains(outer: Region, inner: Region): boolean {
  return inner.start >= outer.start && inner.start + inner.size <= outer.start + outer.size;
}
