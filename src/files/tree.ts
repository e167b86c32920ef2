// A folder of files that belong together, such as a build: written beside first and then put in
// place all at once, so that an interrupted build leaves the old one. Files of the folder that
// are not the build's are left alone.
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { type Content, chunks } from "../image/index.js";
import { writeTo } from "./disk.js";
import { isLeftover, temporaryName } from "./temporary.js";

/** A file of the tree. */
export interface TreeFile {
  /** Below the folder, components joined by `/`. */
  readonly path: string;
  readonly content: Content;
}

/** What writing a tree did. */
export interface TreeChange {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes `folder` hold `files`: rewrites those that differ, removes those of `former` that are no
 * longer there, and what builds left that were interrupted. `progress` is called after each file
 * that was looked at.
 * @throws when that is not possible; then every file in `folder` is whole, old or new.
 */
export function writeTree(
  folder: string,
  files: readonly TreeFile[],
  former: readonly string[],
  progress: (done: number) => void = () => {},
): TreeChange {
  makeFolder(folder);
  removeLeftovers(folder);
  const beside = join(folder, temporaryName());
  const parents = new Set<string>();
  const written: string[] = [];
  const unchanged: string[] = [];
  try {
    for (const [index, { path, content }] of files.entries()) {
      const parent = dirname(path);
      if (!parents.has(parent)) {
        checkWay(folder, parent);
        fs.mkdirSync(join(beside, parent), { recursive: true });
        parents.add(parent);
      }
      if (holds(join(folder, path), content)) unchanged.push(path);
      else {
        writeTo(fs.openSync(join(beside, path), "wx"), content);
        written.push(path);
      }
      progress(index + 1);
    }
    // From here on only names change: nothing can interrupt it but the loss of the machine.
    if (written.length > 0) moveInto(beside, folder);
  } finally {
    fs.rmSync(beside, { recursive: true, force: true });
  }
  const wanted = new Set(files.map(({ path }) => path));
  const removed = former.filter((path) => !wanted.has(path) && remove(folder, path));
  return { written, unchanged, removed };
}

/** Why `folder` cannot be made with `writeFolder`: there is something. */
export function freshFolderProblem(folder: string): string | undefined {
  const there = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (!there) return undefined;
  if (!there.isDirectory()) return `${folder}: is there already, and is not a folder`;
  return fs.readdirSync(folder).length > 0
    ? `${folder}: is there already, and not empty`
    : undefined;
}

/**
 * Makes `folder`, which is not there or empty, with `files` in it: all of them or nothing.
 * @throws what the file system throws, and what reading a content throws.
 */
export function writeFolder(folder: string, files: readonly TreeFile[]): void {
  fs.mkdirSync(dirname(folder), { recursive: true });
  const beside = join(dirname(folder), temporaryName());
  try {
    fs.mkdirSync(beside);
    for (const { path, content } of files) {
      fs.mkdirSync(join(beside, dirname(path)), { recursive: true });
      writeTo(fs.openSync(join(beside, path), "wx"), content);
    }
    if (fs.existsSync(folder)) fs.rmdirSync(folder);
    fs.renameSync(beside, folder);
  } finally {
    fs.rmSync(beside, { recursive: true, force: true });
  }
}

function makeFolder(folder: string): void {
  const there = fs.statSync(folder, { throwIfNoEntry: false });
  if (there && !there.isDirectory()) throw new Error(`${folder}: is not a folder`);
  fs.mkdirSync(folder, { recursive: true });
}

function removeLeftovers(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (isLeftover(name)) fs.rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Whether the file at `path` has these bytes already. */
function holds(path: string, content: Content): boolean {
  const there = fs.statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new Error(`${path}: is a folder, and should become a file`);
  if (!there?.isFile() || there.size !== content.size) return false;
  const fd = fs.openSync(path, "r");
  try {
    let offset = 0;
    for (const piece of chunks(content)) {
      const old = Buffer.allocUnsafe(piece.length);
      if (fs.readSync(fd, old, 0, old.length, offset) < old.length) return false;
      if (!old.equals(piece)) return false;
      offset += piece.length;
    }
    return true;
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Asked for each folder before the first file is moved.
 * @throws when files cannot be moved to `directory` below `folder`.
 */
function checkWay(folder: string, directory: string): void {
  const { dev } = fs.statSync(folder);
  let path = folder;
  for (const name of directory.split("/")) {
    path = join(path, name);
    const there = fs.statSync(path, { throwIfNoEntry: false });
    if (!there && !fs.lstatSync(path, { throwIfNoEntry: false })) return;
    if (!there?.isDirectory()) throw new Error(`${path}: is not a folder`);
    if (there.dev !== dev) throw new Error(`${path}: is on another file system than ${folder}`);
  }
}

/** Moves what is in `from` into `to`; a folder that is not there yet goes in one piece. */
function moveInto(from: string, to: string): void {
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && fs.existsSync(target)) moveInto(source, target);
    else fs.renameSync(source, target);
  }
}

/** Removes a file of a former build. Its list may have been edited: nothing outside ever goes. */
function remove(folder: string, path: string): boolean {
  if (!path.split("/").every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part))) return false;
  const there = fs.lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (!there || there.isDirectory()) return false;
  fs.rmSync(join(folder, path));
  return true;
}
