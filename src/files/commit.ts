// A journal (journal.ts) carried out: written, done, and finished by the next one who builds there.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import type { Beneath } from "./beneath.js";
import { JOURNAL, type Journal, parseJournal } from "./journal.js";

/** Writes `journal`, so that it is there whole or not at all. */
export function writeJournal(folder: Beneath, journal: Journal): void {
  const { O_WRONLY, O_CREAT, O_EXCL } = fs.constants;
  const beside = `${journal.stage}/${JOURNAL}`;
  const fd = folder.open(beside, O_WRONLY | O_CREAT | O_EXCL);
  try {
    fs.writeFileSync(fd, JSON.stringify(journal));
  } finally {
    fs.closeSync(fd);
  }
  folder.rename(beside, JOURNAL);
}

/** Does what is left to do of `journal`; done twice it changes nothing. */
export function putInPlace(folder: Beneath, { stage, moves, removals }: Journal): void {
  for (const path of moves) {
    if (folder.stat(`${stage}/${path}`)) folder.rename(`${stage}/${path}`, path);
  }
  for (const { path, sha256 } of removals) if (isStill(folder, path, sha256)) folder.remove(path);
}

/** Puts in place what an interrupted build left to do. @throws when that cannot be done. */
export function finishJournal(folder: Beneath): void {
  const there = folder.stat(JOURNAL);
  if (!there) return;
  if (!there.isFile()) throw new Error(`${folder.nameOf(JOURNAL)}: is not a file: remove it`);
  const fd = folder.open(JOURNAL, fs.constants.O_RDONLY);
  try {
    const journal = parseJournal(fs.readFileSync(fd, "utf8"));
    if (journal) putInPlace(folder, journal);
  } finally {
    fs.closeSync(fd);
  }
  folder.remove(JOURNAL);
}

/** Whether the file at `path` is one of these bytes still. */
export function isStill(folder: Beneath, path: string, sha256: string): boolean {
  if (!folder.stat(path)?.isFile()) return false;
  const fd = folder.open(path, fs.constants.O_RDONLY);
  try {
    const hash = createHash("sha256");
    const piece = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const got = fs.readSync(fd, piece, 0, piece.length, null);
      if (got === 0) return hash.digest("hex") === sha256;
      hash.update(piece.subarray(0, got));
    }
  } finally {
    fs.closeSync(fd);
  }
}
