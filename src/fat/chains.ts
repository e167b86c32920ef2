// The chains of clusters that files and directories are stored in. No cluster is given out twice:
// so neither a chain nor a tree can be endless, and reading all of a volume costs no more than its
// size, whatever its table says.
import { type Content, contentOf } from "../image/index.js";
import type { Geometry } from "./geometry.js";

/** A stretch of a volume, in bytes. */
export interface Stretch {
  readonly start: number;
  readonly size: number;
}

/** The stretches of a chain, or why it cannot be followed. */
export type Chain =
  | { readonly stretches: readonly Stretch[]; readonly problem: undefined }
  | { readonly stretches: undefined; readonly problem: string };

/** Follows chains; remembers which clusters have been given out. */
export interface Chains {
  /** The first `size` bytes of the chain that begins at `first`; all of it where `size` is left out. */
  follow(first: number, size?: number): Chain;
}

/** The chains of `volume`. */
export function chainsOf(volume: Content, geometry: Geometry): Chains {
  const { bits, cluster, clusters, data } = geometry;
  const next = tableReader(volume, geometry);
  const taken = new Uint8Array(Math.ceil((clusters + 2) / 8));
  const take = (number: number): boolean => {
    const bit = 1 << (number & 7);
    const free = ((taken[number >> 3] ?? 0) & bit) === 0;
    taken[number >> 3] = (taken[number >> 3] ?? 0) | bit;
    return free;
  };
  const last = bits === 32 ? 0x0ffffff8 : bits === 16 ? 0xfff8 : 0xff8;
  return {
    follow(first, size) {
      const failed = (problem: string): Chain => ({ stretches: undefined, problem });
      const stretches: { start: number; size: number }[] = [];
      let number = first;
      for (let length = 0; size === undefined || length < size; length += cluster) {
        if (number >= last && length > 0) {
          if (size === undefined) break;
          return failed(`says it has ${size} bytes, and ends after ${length}`);
        }
        if (number < 2 || number >= clusters + 2) {
          return failed(`goes on in cluster ${number}, which there is not`);
        }
        if (!take(number)) return failed(`goes on in cluster ${number}, which is taken already`);
        const start = data + (number - 2) * cluster;
        const before = stretches.at(-1);
        if (before && before.start + before.size === start) before.size += cluster;
        else stretches.push({ start, size: cluster });
        number = next(number);
      }
      return { stretches, problem: undefined };
    },
  };
}

/** Reads entries of the table, a piece of it at a time. */
function tableReader(volume: Content, { bits, table }: Geometry): (cluster: number) => number {
  // Divisible by 3, so that no entry of 12 bits lies in two pieces.
  const PIECE = 3 << 14;
  let from = -1;
  let view: DataView = new DataView(new ArrayBuffer(0));
  return (cluster) => {
    const offset = bits === 12 ? cluster + (cluster >> 1) : cluster * (bits / 8);
    const start = offset - (offset % PIECE);
    if (start !== from) {
      // One byte more: an entry of 12 bits may begin with the last one.
      const bytes = volume.read(table + start, PIECE + 1);
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      from = start;
    }
    if (bits === 32) return view.getUint32(offset - start, true) & 0x0fffffff;
    const value = view.getUint16(offset - start, true);
    if (bits === 16) return value;
    return cluster & 1 ? value >> 4 : value & 0xfff;
  };
}

/** The first `size` bytes of `stretches` of `volume`, one after the other. */
export function contentOfStretches(
  volume: Content,
  stretches: readonly Stretch[],
  size: number,
): Content {
  const [only] = stretches;
  if (!only) return contentOf(new Uint8Array());
  const ends: number[] = [];
  let end = 0;
  for (const each of stretches) {
    end += each.size;
    ends.push(end);
  }
  return {
    size,
    read(offset, length, into) {
      const count = Math.max(0, Math.min(length, size - offset));
      const result = into?.subarray(0, count) ?? new Uint8Array(count);
      let index = firstAbove(ends, offset);
      for (let filled = 0; filled < count; index++) {
        const { start, size: whole } = stretches[index] as Stretch;
        const inside = offset + filled - ((ends[index] as number) - whole);
        const piece = volume.read(start + inside, Math.min(whole - inside, count - filled));
        result.set(piece, filled);
        filled += piece.length;
      }
      return result;
    },
  };
}

/** The index of the first number above `value` in `ascending`. */
function firstAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
