// Runs cases of a family on a real board and on the virtual one, and counts.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type RealBoard, type Seen, virtual } from "./boards.js";
import { environment } from "./environment.js";
import type { Family } from "./family.js";
import { images } from "./images.js";
import { memory } from "./memory.js";
import { numbers } from "./numbers.js";
import { randomOf } from "./random.js";
import { shell } from "./shell.js";
import { storage } from "./storage.js";
import { trees } from "./trees.js";

export const families: readonly Family[] = [
  trees,
  environment,
  storage,
  images,
  memory,
  numbers,
  shell,
];

/** A case that did not do the same. */
export interface Difference {
  readonly seed: number;
  readonly script: string;
  readonly real: Seen;
  readonly virtual: Seen;
}

export interface Count {
  readonly family: string;
  readonly board: string;
  readonly equal: number;
  readonly different: readonly Difference[];
  /** How many ended otherwise than at the prompt, by how. */
  readonly otherwise: ReadonlyMap<string, number>;
}

/** Runs `count` cases of `family`, the first of which has the number `seed`. */
export async function compare(
  family: Family,
  board: RealBoard,
  { seed, count, place }: { readonly seed: number; readonly count: number; readonly place: string },
): Promise<Count> {
  const otherwise = new Map<string, number>();
  const note = (how: string) => otherwise.set(how, (otherwise.get(how) ?? 0) + 1);
  const cases = Array.from({ length: count }, (_, index) => {
    const lines = family.make(randomOf(seed + index), board.ground);
    const script = `${lines.join("\n")}\n`;
    return { seed: seed + index, script, virtual: virtual(board, script) };
  }).flatMap((each) => {
    if (typeof each.virtual !== "string") return [{ ...each, virtual: each.virtual }];
    note(each.virtual);
    return [];
  });
  mkdirSync(place, { recursive: true });
  const seen = await board.run(
    cases.map(({ script }) => script),
    place,
  );
  rmSync(place, { recursive: true, force: true });
  const different: Difference[] = [];
  let equal = 0;
  for (const [index, each] of cases.entries()) {
    const real = seen[index];
    if (!real) note("lost on the real board");
    else if (isSame(real, each.virtual)) equal++;
    else different.push({ ...each, real });
  }
  return { family: family.name, board: board.name, equal, different, otherwise };
}

/** What is no ASCII differs with the console's encoding. */
const plain = (console: string) => console.replaceAll(/[^\0-\x7f]+/g, "?");

const isSame = (a: Seen, b: Seen) => plain(a.console) === plain(b.console) && a.status === b.status;

/** What the counts say, and the first differences of each. */
export function report(
  { family, board, equal, different, otherwise }: Count,
  most: number,
): string {
  const ends = [...otherwise].map(([how, count]) => `${count} ${how}`).join(", ");
  const head = `${family}, ${board}: ${equal} equal, ${different.length} different${ends && `; ${ends}`}`;
  const rows = different.slice(0, most).map(({ seed, script, real, virtual }) => {
    const [a, b] = [
      `${plain(real.console)}[${real.status}]`,
      `${plain(virtual.console)}[${virtual.status}]`,
    ].map((text) => text.split("\n"));
    const at = a?.findIndex((line, index) => line !== b?.[index]) ?? 0;
    const shown = (lines: readonly string[] = []) =>
      lines.slice(Math.max(0, at - 2), at + 3).join("\n    ");
    return `--- ${seed}\n${script}  real:\n    ${shown(a)}\n  virtual:\n    ${shown(b)}`;
  });
  return [head, ...rows].join("\n");
}

/** A place of its own for each board and family. */
export const placeOf = (root: string, board: RealBoard, family: Family): string =>
  join(root, `${board.name}-${family.name}`.replaceAll(/\W+/g, "-"));
