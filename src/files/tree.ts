// A folder of files that belong together, such as a build: what is new is staged in it first, then put
// in place by a journal (journal.ts), under a lock (lock.ts). Files of the folder that are not the
// build's are left alone, and no link in it is followed (beneath.ts). Leaves out fsync: what a lost
// machine spoils, the next build sees and writes again, since it compares every byte.
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { type Content, chunks } from "../image/index.js";
import { Beneath, linkRefused } from "./beneath.js";
import { finishJournal, isStill, putInPlace, writeJournal } from "./commit.js";
import { makeFolders, writeTo } from "./disk.js";
import { identities, identityOf } from "./identity.js";
import { isBelow, JOURNAL, type Removal } from "./journal.js";
import { LOCK, type Lock, lock } from "./lock.js";
import { isLeftover, temporaryName } from "./temporary.js";
import { uninterrupted } from "./uninterrupted.js";

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
  /** Of a former build, and changed by somebody since or an input now: they stay. */
  readonly kept: readonly string[];
}

/** How a tree is written. */
export interface TreeOptions {
  /** What a former build wrote, asked for when no other build is under way. */
  readonly former: () => readonly Removal[];
  /** Paths of files that are never written over and never removed: what the tree is made from. */
  readonly inputs?: Iterable<string>;
  /** Called after each file that was looked at. */
  readonly progress?: (done: number) => void;
  /** Called when another build holds the folder for long, with its process and machine. */
  readonly waiting?: (holder: string) => void;
}

/**
 * Makes `folder` hold `files`: rewrites those that differ, removes those of a former build that are no
 * longer there, and what builds left that were interrupted.
 * @throws when that is not possible; the folder is what it was then, unless the system refused a name
 * halfway: then the next build goes on from there.
 */
export function writeTree(
  folder: string,
  files: readonly TreeFile[],
  options: TreeOptions,
): TreeChange {
  const made = makeFolders(folder);
  try {
    using held = lock(folder, options.waiting);
    using below = new Beneath(folder);
    uninterrupted(() => finishJournal(below));
    removeLeftovers(below);
    return change(below, files, options, held);
  } catch (error) {
    for (const each of made.reverse()) removeIfEmpty(each);
    throw error;
  }
}

function change(
  folder: Beneath,
  files: readonly TreeFile[],
  { former, inputs = [], progress = () => {} }: TreeOptions,
  held: Lock,
): TreeChange {
  const stage = temporaryName();
  const known = identities(inputs);
  const written: string[] = [];
  const unchanged: string[] = [];
  folder.makeFolder(stage);
  try {
    for (const [index, { path, content }] of files.entries()) {
      if (holds(folder, path, content, known)) unchanged.push(path);
      else {
        folder.makeFolder(`${stage}/${dirname(path)}`);
        writeStaged(folder, `${stage}/${path}`, path, content, held);
        written.push(path);
      }
      held.touch();
      progress(index + 1);
    }
    const wanted = new Set(files.map(({ path }) => path));
    const old = former().filter(({ path }) => !wanted.has(path) && isBelow(path));
    const there = old.filter(({ path }) => isFile(folder, path));
    const removals = there.filter((each) => goes(folder, each, known));
    const going = new Set(removals.map(({ path }) => path));
    const kept = there.map(({ path }) => path).filter((path) => !going.has(path));
    commit(folder, { stage, moves: movesOf(folder, stage, written), removals }, held);
    return { written, unchanged, removed: [...going], kept };
  } finally {
    // With a journal it is still needed.
    if (!folder.stat(JOURNAL)) folder.removeAll(stage);
  }
}

/** From here on only names change. */
function commit(
  folder: Beneath,
  journal: { stage: string; moves: readonly string[]; removals: readonly Removal[] },
  held: Lock,
): void {
  const { stage, moves, removals } = journal;
  const paths = [...moves, ...removals.map(({ path }) => path)];
  if (paths.length === 0) return;
  for (const parent of new Set(paths.map((path) => dirname(path)))) probe(folder, stage, parent);
  held.check();
  uninterrupted(() => {
    if (paths.length > 1) writeJournal(folder, journal);
    putInPlace(folder, journal);
    if (paths.length > 1) folder.remove(JOURNAL);
  });
}

/**
 * What is moved for `written`: a folder that is not there yet goes in one piece. The manifest, which
 * lies beside the folders, comes last.
 */
function movesOf(folder: Beneath, stage: string, written: readonly string[]): readonly string[] {
  const there = new Map<string, boolean>();
  const isThere = (path: string): boolean => {
    const known = there.get(path) ?? (path === "." || folder.stat(path) !== undefined);
    there.set(path, known);
    return known;
  };
  const moves = written.map((path) => {
    let top = path;
    while (!isThere(dirname(top))) top = dirname(top);
    return top;
  });
  const depth = (path: string) =>
    path.includes("/") || folder.stat(`${stage}/${path}`)?.isDirectory() ? 0 : 1;
  return [...new Set(moves)].sort((a, b) => depth(a) - depth(b));
}

/** Asks whether names can be moved from the stage to `parent`, before the first is: rights, mounts. */
function probe(folder: Beneath, stage: string, parent: string): void {
  folder.checkWritable(parent);
  const name = temporaryName();
  try {
    // Of a file that is not there: the system says first that a rename cannot cross from one to the other.
    folder.rename(`${stage}/${name}`, `${parent}/${name}`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return;
    if (code !== "EXDEV") throw error;
    throw new Error(
      `${folder.nameOf(parent)}: is on another file system than ${folder.nameOf(".")}`,
    );
  }
}

function isFile(folder: Beneath, path: string): boolean {
  try {
    return folder.stat(path)?.isFile() === true;
  } catch {
    return false;
  }
}

/** Whether a file of a former build is to be removed: as it was written, and no input. */
function goes(folder: Beneath, { path, sha256 }: Removal, inputs: ReadonlySet<string>): boolean {
  const there = folder.stat(path);
  return there !== undefined && !inputs.has(identityOf(there)) && isStill(folder, path, sha256);
}

function writeStaged(
  folder: Beneath,
  at: string,
  path: string,
  content: Content,
  held: Lock,
): void {
  const { O_WRONLY, O_CREAT, O_EXCL } = fs.constants;
  const fd = folder.open(at, O_WRONLY | O_CREAT | O_EXCL);
  writeTo(fd, content, folder.nameOf(path), () => held.touch());
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
  makeFolders(dirname(folder));
  const beside = join(dirname(folder), temporaryName());
  try {
    fs.mkdirSync(beside);
    for (const { path, content } of files) {
      fs.mkdirSync(join(beside, dirname(path)), { recursive: true });
      writeTo(fs.openSync(join(beside, path), "wx"), content, join(folder, path));
    }
    if (fs.existsSync(folder)) fs.rmdirSync(folder);
    fs.renameSync(beside, folder);
  } finally {
    fs.rmSync(beside, { recursive: true, force: true });
  }
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    // It is somebody's by now.
  }
}

function removeLeftovers(folder: Beneath): void {
  for (const { name } of folder.list(".")) {
    // Of somebody who was killed while taking a lock over: we hold it now.
    if (isLeftover(name) || name.startsWith(`${LOCK}-`)) folder.removeAll(name);
  }
}

/**
 * Whether the file at `path` has these bytes already.
 * @throws when it cannot become a file of the tree.
 */
function holds(
  folder: Beneath,
  path: string,
  content: Content,
  inputs: ReadonlySet<string>,
): boolean {
  const there = folder.stat(path);
  if (!there) return false;
  const name = folder.nameOf(path);
  if (there.isSymbolicLink()) throw new Error(linkRefused(name, fs.readlinkSync(name)));
  if (there.isDirectory()) throw new Error(`${name}: is a folder, and should become a file`);
  if (!there.isFile()) throw new Error(`${name}: is there already, and is not a regular file`);
  if (inputs.has(identityOf(there))) {
    throw new Error(
      `${name}: is read by the flow, and the build would write over it: choose another folder with -o`,
    );
  }
  return there.size === content.size && isSame(folder, path, content);
}

function isSame(folder: Beneath, path: string, content: Content): boolean {
  const fd = folder.open(path, fs.constants.O_RDONLY);
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
