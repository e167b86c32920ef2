// The list of what a folder becomes, written when everything is staged beside it and before the first
// name changes. Whoever comes next goes on from there: `finish` puts the rest in place, and readers take
// what is staged still for what it will be. So a folder is what it was, or what it becomes, to all who
// look here first; programs that do not, see names change one after the other (docs/builds.md).
import * as fs from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isLocked, pause } from "./lock.js";
import { isTemporary } from "./temporary.js";

/** The journal's name in its folder. */
export const JOURNAL = ".ubootc.journal";

/** How long a reader waits for a build that is putting its files in place, in ms. */
const WAIT_MS = 5000;

/** A file that goes, if it is still what was written. */
export interface Removal {
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What has to be done, paths below the folder joined by `/`. */
export interface Journal {
  /** The folder with what is new. */
  readonly stage: string;
  /** Files and whole folders of the stage that take their places. */
  readonly moves: readonly string[];
  readonly removals: readonly Removal[];
}

/** The name of a component that is neither hidden nor leads elsewhere. */
const isPlain = (part: string) => part !== "" && !part.startsWith(".") && !/[\\\0]/.test(part);

/** Whether `path` leads to something below a folder, as far as its text goes. */
export const isBelow = (path: unknown): path is string =>
  typeof path === "string" && path.split("/").every(isPlain);

/** A journal out of a file that anybody may have written. */
export function parseJournal(text: string): Journal | undefined {
  try {
    const { stage, moves, removals }: Partial<Journal> = JSON.parse(text);
    if (typeof stage !== "string" || !isTemporary(stage)) return undefined;
    if (!Array.isArray(moves) || !moves.every(isBelow)) return undefined;
    if (!Array.isArray(removals) || !removals.every(isRemoval)) return undefined;
    return { stage, moves, removals };
  } catch {
    return undefined;
  }
}

function isRemoval(value: unknown): value is Removal {
  const { path, sha256 } = (value ?? {}) as Partial<Removal>;
  return isBelow(path) && typeof sha256 === "string";
}

/** What a build that was interrupted left to do in a folder. */
export interface Pending {
  /** Where what is new of it lies, for `path`; it may hold nothing there. */
  staged(path: string): string;
  /** Whether the file at `path` is about to go. */
  goes(path: string): boolean;
}

/**
 * What is pending where `path` is, in a folder above it or in itself; waits for a build that is just
 * putting its files in place. `"unsettled"` when that does not end.
 */
export function pendingAt(path: string, waitMs = WAIT_MS): Pending | "unsettled" | undefined {
  const whole = resolve(path);
  for (let folder = whole; ; folder = dirname(folder)) {
    const found = pendingIn(folder, waitMs);
    if (found || dirname(folder) === folder) return found;
  }
}

function pendingIn(folder: string, waitMs: number): Pending | "unsettled" | undefined {
  const end = performance.now() + waitMs;
  let text = journalIn(folder);
  for (; text !== undefined && isLocked(folder); text = journalIn(folder)) {
    if (performance.now() >= end) return "unsettled";
    pause();
  }
  const journal = text === undefined ? undefined : parseJournal(text);
  if (!journal) return undefined;
  const inside = (path: string) => relative(folder, resolve(path)).replaceAll(sep, "/");
  const going = new Set(journal.removals.map((each) => each.path));
  return {
    staged: (path) => join(folder, journal.stage, inside(path)),
    goes: (path) => going.has(inside(path)),
  };
}

/** The text of the journal in `folder`; undefined where there is none, or it cannot be read. */
function journalIn(folder: string): string | undefined {
  const path = join(folder, JOURNAL);
  try {
    return fs.lstatSync(path).isFile() ? fs.readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
