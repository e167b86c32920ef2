// Memory that bootm gives away while it boots: from the top downwards, around what is taken.
// Governed by lib/lmb.c, and by env_get_bootm_low and env_get_bootm_mapsize in boot/image-board.c.
import type { Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";

interface Taken {
  readonly start: number;
  readonly end: number;
}

/** Pages are given away whole. */
const PAGE = 0x1000;

/** What of a board's memory is still free during one boot. */
export class Regions {
  readonly #taken: Taken[] = [];
  /** After the last byte that is not U-Boot's own. */
  readonly #top: number;

  constructor(private readonly machine: Machine) {
    const { base, size, reserved, reservedTop } = machine.board.memory;
    this.#top = base + size - reservedTop.size;
    for (const each of reserved) this.reserve(each.start, each.size);
  }

  /** Takes `size` bytes from `start`; they may be taken already. */
  reserve(start: number, size: number): void {
    this.#taken.push({ start, end: start + size });
  }

  /** Takes the highest free `size` bytes that end at `below` or earlier; undefined: there are none. */
  allocate(size: number, below = Number.POSITIVE_INFINITY): number | undefined {
    let start = aligned(Math.min(below, this.#top) - size);
    while (start >= this.machine.board.memory.base) {
      const end = start + size;
      const hit = this.#taken.find((each) => each.start < end && each.end > start);
      if (!hit) {
        this.reserve(start, size);
        return start;
      }
      start = aligned(hit.start - size);
    }
    return undefined;
  }
}

const aligned = (address: number) => Math.floor(address / PAGE) * PAGE;

/** After the last byte that Linux has mapped when it starts: ramdisk and tree go below. */
export function mappedEnd({ board, environment }: Machine): number {
  const { memory, limits } = board;
  const number = (name: string) => {
    const text = environment.get(name);
    return text === undefined ? undefined : hexadecimal(text);
  };
  const low = number("bootm_low") ?? memory.base;
  const size = number("bootm_size") ?? memory.base + memory.size - low;
  return low + (number("bootm_mapsize") ?? limits.bootMapSize ?? size);
}

/** The value of `initrd_high` or `fdt_high`: all ones, as many as an address has, mean in place. */
export function highOf(
  { board, environment }: Machine,
  name: "initrd_high" | "fdt_high",
): number | "in-place" | undefined {
  const text = environment.get(name);
  if (text === undefined) return undefined;
  const ones = new RegExp(`^(?:0x)?f{${board.bits / 4}}$`, "i");
  return ones.test(text) ? "in-place" : hexadecimal(text);
}
