// Which options a read request is granted: a pure function of what was asked and what is possible.
// RFC 2347 (OACK), 2348 (blksize), 2349 (timeout, tsize), 7440 (windowsize).
import type { Option, Options } from "./packet.js";

/** What is possible on the way to a client. */
export interface Limits {
  /** The largest IP packet of the interface, in bytes. */
  readonly mtu: number;
  readonly family: 4 | 6;
  /** The largest block and window that this client may have. */
  readonly blksize: number;
  readonly windowsize: number;
  /** The most data a window may hold, in bytes. */
  readonly windowBytes: number;
}

/** What a transfer runs with. */
export interface Terms {
  /** Data per block, in bytes. */
  readonly blksize: number;
  /** Blocks per acknowledgement. */
  readonly windowsize: number;
  /** The client's longest wait for a repeat, in seconds; undefined: ours. */
  readonly timeout: number | undefined;
  /** The options of the OACK, spelled as the client did; empty: no OACK, DATA 1 is the answer. */
  readonly granted: readonly Option[];
}

/** Blocks without blksize, RFC 1350. */
export const DEFAULT_BLKSIZE = 512;

/** RFC 2348: the range of blksize. */
export const MIN_BLKSIZE = 8;
export const MAX_BLKSIZE = 65464;

/** IP and UDP headers and the four bytes of DATA, in bytes. */
const overhead = { 4: 20 + 8 + 4, 6: 40 + 8 + 4 } as const;

/** RFC 1350 alone. */
const plain: Terms = { blksize: DEFAULT_BLKSIZE, windowsize: 1, timeout: undefined, granted: [] };

/**
 * The terms for a request with `options`.
 * @param size the exact length of the file in bytes; undefined when it is not told (netascii).
 */
export function negotiate(options: Options, size: number | undefined, limits: Limits): Terms {
  const asked = (name: string, least: number, most: number) =>
    inRange(decimal(options.get(name)?.value), least, most);

  // A larger block than RFC 2348 allows is still a wish for the largest one.
  const blksize = asked("blksize", MIN_BLKSIZE, Number.MAX_SAFE_INTEGER);
  // lwIP keeps the size it asked for when an OACK leaves blksize out, and cuts the file: a block
  // size that cannot be granted means no OACK at all.
  if (options.has("blksize") && blksize === undefined) return plain;

  const fitting = Math.min(limits.mtu - overhead[limits.family], limits.blksize, MAX_BLKSIZE);
  const block = blksize === undefined ? DEFAULT_BLKSIZE : Math.min(blksize, fitting);
  const windowsize = asked("windowsize", 1, 65535);
  const most = Math.max(1, Math.min(limits.windowsize, Math.floor(limits.windowBytes / block)));
  const window = windowsize === undefined ? 1 : Math.min(windowsize, most);
  const timeout = asked("timeout", 1, 255);

  const values = new Map<string, number | undefined>([
    ["blksize", blksize === undefined ? undefined : block],
    ["windowsize", windowsize === undefined ? undefined : window],
    ["timeout", timeout],
    // curl takes a tsize of 0 for a fault.
    ["tsize", size || undefined],
  ]);
  const granted = [...options].flatMap(([key, { name }]) => {
    const value = values.get(key);
    return value === undefined ? [] : [{ name, value: String(value) }];
  });
  return { blksize: block, windowsize: window, timeout, granted };
}

function decimal(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

function inRange(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
