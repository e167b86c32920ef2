// How large what is read whole may be, and how much of it there may be: every limit that the language,
// its tables and the commands have, in one table. grammar/README.md, "How large things may be", has the
// same for people. Leaves out what is read in pieces (kernels, initrds, images): that has no limit here.
import { bytesOf, type Content } from "../image/index.js";

const KiB = 1024;
const MiB = 1024 * KiB;

/** What is read whole, in bytes. */
export const LARGEST = {
  flow: 4 * MiB,
  "client table": 32 * MiB,
  "sign key": 64 * KiB,
  "config.txt": 256 * KiB,
  "cmdline.txt": 64 * KiB,
  "bootconf.txt": 64 * KiB,
  "overlay_map.dtb": MiB,
  "device tree source": 16 * MiB,
  "boot script": 4 * MiB,
  /** What comes through a pipe, which cannot be read again. */
  stream: 256 * MiB,
} as const;

/** Something that is read whole. */
export type Whole = keyof typeof LARGEST;

/** Texts, in characters: a line of a flow or table, and a value once `{}` is replaced in it. */
export const LONGEST = { line: 64 * KiB, value: 4 * KiB } as const;

/** How many there may be. */
export const MOST = {
  /** Files in a chain of `include`, and files that a flow is made of. */
  chain: 32,
  files: 1000,
  /** Each has memory of its own on the board. */
  scripts: 1000,
  /** In one script, blocks and kernel arguments counted in: U-Boot reads 64 KiB of it. */
  statements: 16_384,
} as const;

/** All of `content`, or undefined where that is more than a `what` may have. */
export function readWhole(content: Content, what: Whole): Uint8Array | undefined {
  return content.size > LARGEST[what] ? undefined : bytesOf(content);
}

/** What to say of a file that `readWhole` refuses, for commands that have no place to show. */
export function tooLarge(path: string, what: Whole): string {
  const most = LARGEST[what];
  const size = most >= MiB ? `${most / MiB} MiB` : `${most / KiB} KiB`;
  return `${path}: is larger than a ${what} can be (${size})`;
}
