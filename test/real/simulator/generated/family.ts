// What a family of cases is: lines for U-Boot's shell, made from a seed, that need nothing but the files
// of pool.ts and the memory from `base` on.
import type { Random } from "./random.js";

/** Where the cases run. */
export interface Ground {
  /** The device with the files: `virtio 0`, `host 0`. */
  readonly device: string;
  /** The first of a MiB of memory that is theirs. */
  readonly base: number;
}

export interface Family {
  readonly name: string;
  /** The lines of one case; what they use is set by themselves. */
  make(random: Random, ground: Ground): readonly string[];
}

/** An address in the cases' memory, as U-Boot reads it. */
export const at = ({ base }: Ground, offset = 0): string => (base + offset).toString(16);

/** Loads a file of the pool. */
export const load = (ground: Ground, name: string, offset = 0): string =>
  `load ${ground.device}:1 ${at(ground, offset)} ${name}`;

/** Variables that cases use, none of which is set before. */
export const names = ["a", "b", "c", "x", "y"] as const;

/** `text` as one word of the shell. */
export const quoted = (text: string): string =>
  text.includes("'") ? `"${text.replace(/["\\$]/g, "\\$&")}"` : `'${text}'`;
