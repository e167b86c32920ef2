// Where the inputs of a flow come from: a disk, or memory. The compiler sees only this interface,
// so that a program can compile a flow that was never written to a file.
import { dirname, isAbsolute, join } from "node:path";
import { type Content, contentOf } from "../image/index.js";
import { type FileContent, type FileProblem, listFolder, openFile, versionOf } from "./disk.js";

/** Opens inputs by path. */
export interface Files {
  open(path: string): Content | FileProblem;
  /**
   * The files below the folder `path`, sorted, components joined by `/`; those whose name begins with
   * a dot are somebody else's. Where it is left out, there are no folders.
   */
  list?(path: string): readonly string[] | FileProblem;
}

/** Whether `opened` is a problem instead of the bytes. */
export function isProblem(opened: Content | FileProblem): opened is FileProblem {
  return "code" in opened;
}

/** Inputs that are held in memory; `held` maps paths to bytes or text (taken as UTF-8). */
export function memoryFiles(held: Readonly<Record<string, string | Uint8Array>>): Files {
  const files = new Map(Object.entries(held));
  return {
    open(path) {
      const bytes = files.get(path);
      if (bytes === undefined) {
        return { code: "missing", path, message: `${path}: no such file in memory` };
      }
      return contentOf(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
    },
    list(path) {
      const below = [...files.keys()].filter((name) => name.startsWith(`${path}/`));
      if (below.length > 0) return below.map((name) => name.slice(path.length + 1)).sort();
      return { code: "missing", path, message: `${path}: no such folder in memory` };
    },
  };
}

/** What a result depends on: every path that was opened, there or not, and its version then. */
export type Inputs = ReadonlyMap<string, string>;

/** Inputs on the disk, with the paths that were asked for. */
export interface DiskFiles extends Files {
  readonly asked: Inputs;
  /** Closes all of them. */
  close(): void;
}

/** Inputs on the disk. Each stays open, so that it is read as it was when it was opened. */
export function diskFiles(): DiskFiles {
  const asked = new Map<string, string>();
  const opened = new Map<string, FileContent>();
  return {
    asked,
    open(path) {
      const before = opened.get(path);
      if (before) return before;
      asked.set(path, versionOf(path));
      const { file, problem } = openFile(path);
      if (file) opened.set(path, file);
      return problem ?? file;
    },
    list(path) {
      const { names, folders, problem } = listFolder(path);
      for (const folder of folders) asked.set(folder, versionOf(folder));
      return problem ?? names;
    },
    close() {
      for (const file of opened.values()) file.close();
      opened.clear();
    },
  };
}

/** The path of `name` as written in the file `from`: relative to that file's folder. */
export function pathBeside(from: string, name: string): string {
  return isAbsolute(name) ? name : join(dirname(from), name);
}
