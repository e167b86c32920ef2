// Where the inputs of a flow come from: a disk, or memory. The compiler sees only this interface,
// so that a program can compile a flow that was never written to a file.
import { dirname, isAbsolute, join } from "node:path";
import { type Content, contentOf } from "../image/index.js";
import { type FileContent, type FileProblem, openFile, versionOf } from "./disk.js";

/** Opens inputs by path. */
export interface Files {
  open(path: string): Content | FileProblem;
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
