// An axis of addresses that is true to scale as far as it can be read: what is empty or reserved is
// broken where it is large, and nothing is lower than a line of text.
import type { Region } from "../boards/index.js";
import { overlap } from "../memory/index.js";

/** What lies between two addresses at which anything begins or ends. */
export interface Stretch extends Region {
  readonly y: number;
  readonly height: number;
  /** Whether it is drawn shorter than it is. */
  readonly broken: boolean;
  /** Whether there is no memory. */
  readonly outside: boolean;
}

/** From addresses to pixels. */
export interface Axis {
  readonly stretches: readonly Stretch[];
  readonly height: number;
  /** Of an address at which something begins or ends. */
  readonly y: (address: number) => number;
}

/** Pixels that everything that is to scale has together, and that a MiB has at most. */
const SCALED = 300;
const LARGEST_MIB = 24;
/** For a line of text, and for the two that may stand beside reserved memory. */
const LOWEST = 21;
const LOWEST_RESERVED = 28;
const HIGHEST_FREE = 44;
const HIGHEST_RESERVED = 34;

/** An axis for `items`, which are to scale, and `reserved` memory, between the ends of all. */
export function axisOf(items: readonly Region[], reserved: readonly Region[], whole: Region): Axis {
  const ends = [...items, ...reserved, whole].flatMap(({ start, size }) => [start, start + size]);
  const addresses = [...new Set(ends)].sort((a, b) => a - b);
  const between = addresses.slice(1).map((end, index) => {
    const start = addresses[index] as number;
    const region = { start, size: end - start };
    const touches = (each: Region) => overlap(each, region);
    return { ...region, held: items.some(touches), reserved: reserved.some(touches) };
  });
  const total = between.reduce((sum, { held, size }) => sum + (held ? size : 0), 0);
  const scale = Math.min(SCALED / Math.max(1, total), LARGEST_MIB / 0x100000);
  const stretches: Stretch[] = [];
  let y = 0;
  for (const { start, size, held, reserved: taken } of between) {
    const most = held ? Number.POSITIVE_INFINITY : taken ? HIGHEST_RESERVED : HIGHEST_FREE;
    const least = held || !taken ? LOWEST : LOWEST_RESERVED;
    const height = Math.min(most, Math.max(least, size * scale));
    const outside = !overlap(whole, { start, size });
    stretches.push({ start, size, y, height, broken: size * scale > most, outside });
    y += height;
  }
  const at = new Map(stretches.map((each) => [each.start, each.y]));
  return {
    stretches,
    height: y,
    y: (address) => at.get(address) ?? (address <= whole.start ? 0 : y),
  };
}
