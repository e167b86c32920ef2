// Files as content, read in place, and content written so that a file is either the old one or the
// new one, never half of it. Leaves out directories and everything that waits for data.
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { type Content, chunks } from "../image/index.js";
import { linkRefused, named } from "./beneath.js";
import { pendingAt } from "./journal.js";
import { temporaryName } from "./temporary.js";

/** A file as content; it stays open until `close`, or until the process ends. */
export interface FileContent extends Content {
  /** Seconds since 1970 of its last change, rounded down. */
  readonly modified: number;
  close(): void;
}

/** A file that cannot be used, and why. */
export interface FileProblem {
  readonly code: "missing" | "not-a-file" | "empty" | "unreadable" | "unwritable";
  readonly path: string;
  readonly message: string;
}

/** A file that was opened cannot be read any more: another program cut or changed it. */
export class ReadError extends Error {}

/** A file, or why there is none. */
export type OpenedFile =
  | { readonly file: FileContent; readonly problem: undefined }
  | { readonly file: undefined; readonly problem: FileProblem };

/**
 * Opens a regular file that is not empty.
 * Reading it throws a `ReadError` when it changed since, so that nothing is made of two versions.
 */
export function openFile(path: string): OpenedFile {
  const failed = (code: FileProblem["code"], reason: string): OpenedFile => ({
    file: undefined,
    problem: { code, path, message: `${path}: ${reason}` },
  });
  let fd: number | undefined;
  const place = settled(path);
  if ("problem" in place) return failed(place.problem, place.reason);
  try {
    // Looked at before it is opened: opening a pipe would wait for somebody to write into it.
    const stats = fs.statSync(place.at);
    if (stats.isDirectory()) return failed("not-a-file", "is a directory");
    if (!stats.isFile()) return failed("not-a-file", "is not a regular file");
    if (stats.size === 0) return failed("empty", "is empty");
    fd = fs.openSync(place.at, "r");
    return { file: fileContent(path, fd), problem: undefined };
  } catch (error) {
    if (fd !== undefined) fs.closeSync(fd);
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return failed(missing ? "missing" : "unreadable", reasonOf(error));
  }
}

/** Where the file `path` is: elsewhere where a build was interrupted while it put files in place. */
function settled(
  path: string,
): { readonly at: string } | { readonly problem: FileProblem["code"]; readonly reason: string } {
  const pending = pendingAt(dirname(path));
  if (!pending) return { at: path };
  if (pending === "unsettled") {
    return { problem: "unreadable", reason: "a build is putting its files in place there" };
  }
  if (pending.goes(path)) return { problem: "missing", reason: "no such file or directory" };
  const staged = pending.staged(path);
  return { at: fs.existsSync(staged) ? staged : path };
}

/** What is below a folder: its files by their paths, and it with the folders in it. */
export interface FolderListing {
  readonly names: readonly string[];
  readonly folders: readonly string[];
  readonly problem: FileProblem | undefined;
}

/** Lists the files below `path`, sorted; names that begin with a dot are left out. */
export function listFolder(path: string): FolderListing {
  try {
    const { names, folders } = namesBelow(path);
    const pending = pendingAt(path);
    if (!pending || pending === "unsettled") return { names, folders, problem: undefined };
    const staged = pending.staged(path);
    const next = fs.existsSync(staged) ? namesBelow(staged).names : [];
    const all = new Set([...names, ...next]);
    const stay = [...all].filter((name) => !pending.goes(join(path, name)));
    return { names: stay.sort(), folders, problem: undefined };
  } catch (error) {
    const message = `${path}: ${reasonOf(error)}`;
    return { names: [], folders: [], problem: { code: "unreadable", path, message } };
  }
}

function namesBelow(path: string): { names: string[]; folders: string[] } {
  const names: string[] = [];
  const folders = [path];
  for (const folder of folders) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const below = `${folder}/${entry.name}`;
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory()) folders.push(below);
      else names.push(below.slice(path.length + 1));
    }
  }
  return { names: names.sort(), folders };
}

/** A text that changes when the file at `path` is written, replaced or removed. */
export function versionOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = fs.statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The opened file `fd` as content; errors call it `path`. */
export function fileContent(path: string, fd: number): FileContent {
  const opened = fs.fstatSync(fd, { bigint: true });
  const size = Number(opened.size);
  return {
    size,
    modified: Number(opened.mtimeNs / 1_000_000_000n),
    read(offset, length, into) {
      const count = Math.max(0, Math.min(length, size - offset));
      const bytes = into?.subarray(0, count) ?? new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        const more = fs.readSync(fd, bytes, filled, count - filled, offset + filled);
        if (more === 0) throw new ReadError(`${path}: was cut while it was read`);
        filled += more;
      }
      // After the read: only then is it known that these bytes belong to what was opened.
      const now = fs.fstatSync(fd, { bigint: true });
      if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs) {
        throw new ReadError(`${path}: changed while it was read`);
      }
      return bytes;
    },
    close: () => fs.closeSync(fd),
  };
}

/**
 * Writes `content` to `path`: beside it first, then in its place, with the rights the old file had.
 * A symbolic link stays one; a device or pipe is written as it is. On a problem, which a failing
 * read of `content` is too, the old file stays as it was.
 */
export function writeContent(path: string, content: Content): FileProblem | undefined {
  try {
    const old = fs.statSync(path, { throwIfNoEntry: false });
    if (!old) replaceFile(path, undefined, content);
    else if (old.isFile()) replaceFile(fs.realpathSync(path), old.mode, content);
    else writeTo(fs.openSync(path, "w"), content, path);
    return undefined;
  } catch (error) {
    return { code: "unwritable", path, message: `${path}: ${reasonOf(error)}` };
  }
}

/**
 * Writes `content` to the file `name` in `folder`, as `writeContent` does, where not a person but
 * something that was read chose the name: a link there is refused.
 */
export function writeInto(folder: string, name: string, content: Content): FileProblem | undefined {
  const path = join(folder, name);
  const there = fs.lstatSync(path, { throwIfNoEntry: false });
  if (!there || there.isFile()) return writeContent(path, content);
  const link = there.isSymbolicLink() ? fs.readlinkSync(path) : undefined;
  const message = link
    ? linkRefused(path, link)
    : `${path}: is there already, and is not a regular file`;
  return { code: "unwritable", path, message };
}

/** Writes `content` to `path`, with rights `mode`, where nothing is, not even a link: whole or not at all. */
export function writeNew(path: string, content: Content, mode: number): FileProblem | undefined {
  let fd: number | undefined;
  try {
    fd = fs.openSync(path, "wx", mode);
    writeTo(fd, content, path);
    return undefined;
  } catch (error) {
    if (fd !== undefined) fs.rmSync(path, { force: true });
    return { code: "unwritable", path, message: `${path}: ${reasonOf(error)}` };
  }
}

/** Makes the directory `path` with those above it, unless it is there. */
export function makeDirectory(path: string): FileProblem | undefined {
  try {
    makeFolders(path);
    return undefined;
  } catch (error) {
    return { code: "unwritable", path, message: `${path}: ${reasonOf(error)}` };
  }
}

/**
 * Makes the folder `path` with those above it, and returns which were not there, the topmost first.
 * Node's own `recursive` asks for ever where the system has no such names, as in /proc.
 */
export function makeFolders(path: string): string[] {
  const there = fs.statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) return [];
  if (there) throw new Error(`${path}: is not a folder`);
  const above = dirname(path);
  const made = above === path ? [] : makeFolders(above);
  try {
    fs.mkdirSync(path);
  } catch (error) {
    // Somebody else may have been faster.
    if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) return made;
    throw error;
  }
  return [...made, path];
}

function replaceFile(path: string, mode: number | undefined, content: Content): void {
  const beside = join(dirname(path), temporaryName());
  try {
    const fd = fs.openSync(beside, "wx");
    if (mode !== undefined) fs.fchmodSync(fd, mode);
    writeTo(fd, content, path);
    fs.renameSync(beside, path);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * Writes all of `content` to `fd`, which is `path`, and closes that; calls `step` now and then.
 * @throws what the file system throws, with `path`, and what reading `content` throws.
 */
export function writeTo(
  fd: number,
  content: Content,
  path: string,
  step: () => void = () => {},
): void {
  try {
    for (const piece of chunks(content)) {
      try {
        for (let at = 0; at < piece.length; ) at += fs.writeSync(fd, piece, at);
      } catch (error) {
        throw named(error, path);
      }
      step();
    }
  } finally {
    fs.closeSync(fd);
  }
}

/** What the system said, in its words but without the name of the call. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^E[A-Z0-9]+: (.*?),/.exec(message)?.[1] ?? message;
}

/** What went wrong with a file, for a person: its path, where the system named it, and why. */
export function failureOf(error: unknown): string {
  const path = error instanceof Error && "path" in error ? `${error.path}: ` : "";
  return path + reasonOf(error);
}
