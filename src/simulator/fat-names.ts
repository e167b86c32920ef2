// How FAT finds a name: without regard to case, by slashes of both kinds, with dots for folders. Left out:
// short names, and file systems whose folders are not known. Governed by fat_itr_resolve in fs/fat/fat.c.
import type { Partition } from "./world.js";

/** What a path leads to; `name` is its own, components joined by `/`, empty for the root. */
export type Resolved =
  | { readonly kind: "file" | "folder"; readonly name: string }
  /** The error: ENOENT, or ENOTDIR where a folder is wanted and a file is there. */
  | { readonly kind: "missing"; readonly error: -2 | -20 };

const missing = { kind: "missing", error: -2 } as const;

/** Follows `path` from the root; `wants` a folder only, or either. */
export function resolve(partition: Partition, path: string, wants?: "folder"): Resolved {
  let at: string[] = [];
  const parts = path.split(/[/\\]/);
  for (const [index, part] of parts.entries()) {
    if (part === "" || (at.length === 0 && /^\.\.?$/.test(part))) continue;
    const found = entryOf(partition, at.join("/"), part);
    if (!found) return missing;
    if (found.size !== undefined) {
      if (index < parts.length - 1) return missing;
      if (wants === "folder") return { kind: "missing", error: -20 };
      return { kind: "file", name: [...at, found.name].join("/") };
    }
    if (found.name === "..") at = at.slice(0, -1);
    else if (found.name !== ".") at = [...at, found.name];
  }
  return { kind: "folder", name: at.join("/") };
}

function entryOf(partition: Partition, folder: string, name: string) {
  const wanted = name.toLowerCase();
  return partition.list?.(folder)?.find((each) => each.name.toLowerCase() === wanted);
}

/** A path as U-Boot parts it to write there: without the slashes at its end. */
export function parted(path: string): { readonly folder: string; readonly name: string } {
  const [, folder = "", name = ""] =
    /^(?:(.*?)[/\\]+)?([^/\\]*)$/s.exec(path.replace(/[/\\]+$/, "")) ?? [];
  return { folder: folder || "/", name };
}

/** Whether FAT has no such names. */
export const isIllegal = (name: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is not allowed.
  name.length >= 256 || name.endsWith(".") || /[\x00-\x1f<>:"/\\|?*]/.test(name);
