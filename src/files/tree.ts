// A folder of files that belong together, such as a build: written beside first and then put in
// place all at once, so that an interrupted build leaves the old one. Files of the folder that
// are not the build's are left alone.
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { type Content, chunks } from "../image/index.js";
import { openFile, writeContent } from "./disk.js";

/** A file of the tree. */
export interface TreeFile {
  /** Below the folder, components joined by `/`. */
  readonly path: string;
  readonly content: Content;
  readonly sha256: string;
}

/** What writing a tree did. */
export interface TreeChange {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes `folder` hold `files`: rewrites those that differ, removes those of `former` that are no
 * longer there. `progress` is called after each file that was looked at.
 * @throws what the file system throws; then every file in `folder` is whole, old or new.
 */
export function writeTree(
  folder: string,
  files: readonly TreeFile[],
  former: readonly string[],
  progress: (done: number) => void = () => {},
): TreeChange {
  const beside = join(folder, `.ubootc-${randomBytes(6).toString("hex")}`);
  const written: string[] = [];
  const unchanged: string[] = [];
  try {
    for (const [index, file] of files.entries()) {
      if (holds(join(folder, file.path), file)) unchanged.push(file.path);
      else {
        const target = join(beside, file.path);
        fs.mkdirSync(dirname(target), { recursive: true });
        const problem = writeContent(target, file.content);
        if (problem) throw new Error(problem.message);
        written.push(file.path);
      }
      progress(index + 1);
    }
    // From here on only names change: nothing can interrupt it but the loss of the machine.
    for (const path of written) {
      const target = join(folder, path);
      fs.mkdirSync(dirname(target), { recursive: true });
      fs.renameSync(join(beside, path), target);
    }
  } finally {
    fs.rmSync(beside, { recursive: true, force: true });
  }
  const wanted = new Set(files.map(({ path }) => path));
  const removed = former.filter((path) => !wanted.has(path) && isBelow(path));
  for (const path of removed) fs.rmSync(join(folder, path), { force: true });
  return { written, unchanged, removed };
}

/** Whether the file at `path` is `file` already. */
function holds(path: string, { content, sha256 }: TreeFile): boolean {
  const { file } = openFile(path);
  if (!file) return false;
  try {
    if (file.size !== content.size) return false;
    const hash = createHash("sha256");
    for (const piece of chunks(file)) hash.update(piece);
    return hash.digest("hex") === sha256;
  } finally {
    file.close();
  }
}

/** A list of former files may have been edited: nothing outside the folder is ever removed. */
function isBelow(path: string): boolean {
  return path.split("/").every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part));
}
