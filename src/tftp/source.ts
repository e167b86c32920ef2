// Where the files come from: a closed manifest of names, a directory, or one after the other. No
// source can write. Leaves out how the bytes travel. RFC 1350 says nothing about names.
import type { Content } from "./blocks.js";

/** A file that is being served; the bytes stay the same until it is closed. */
export interface OpenFile {
  readonly content: Content;
  /** The descriptor behind `content` and how to tell that it changed; undefined without one. */
  readonly descriptor?: Descriptor;
  /** Ends one use; the last one frees what `content` holds. */
  close(): void;
}

/** A regular file that is open for reading, and what it was when it was opened. */
export interface Descriptor {
  readonly fd: number;
  /** The same for every opening of the same file in the same state. */
  readonly identity: string;
  readonly version: Version;
}

/** What changes when a file is written to. Times in ns. */
export interface Version {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly nlink: bigint;
}

/**
 * Why a name is not served. `unsettled`: written so recently that a change could go unseen; ask
 * again in a moment. `exhausted`: this machine has no descriptor or memory for it just now.
 */
export type Unavailable = "not found" | "access violation" | "unsettled" | "exhausted";

/** Names to files. */
export interface Source {
  /**
   * Opens the file of `name`, exactly as the client asked for it, for the client at `address`: what
   * one client gets may be older than what another gets. Never throws.
   */
  open(name: string, address: string): OpenFile | Unavailable;
}

/** How often and after how long a file is looked at that was just written to. */
export const SETTLE_TRIES = 10;
export const SETTLE_WAIT_MS = 20;

/** Opens a file as `source` does, and waits a moment for one that is being written. */
export async function openSettled(source: Source, name: string, address: string) {
  for (let tries = 0; ; tries++) {
    const file = source.open(name, address);
    if (file !== "unsettled" || tries >= SETTLE_TRIES) return file;
    await new Promise((done) => setTimeout(done, SETTLE_WAIT_MS));
  }
}

/** Most clients write a leading slash or none, and mean the same. */
export const withoutSlash = (name: string) => name.replace(/^\/+/, "");

/** `bytes` as content. */
export function contentOf(bytes: Uint8Array): Content {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/**
 * A closed manifest: these names and no others, compared exactly but for leading slashes. No path
 * is looked at when a request comes.
 */
export function manifest(files: Iterable<readonly [string, Uint8Array | Content]>): Source {
  const known = new Map<string, OpenFile>();
  for (const [name, file] of files) {
    const content = file instanceof Uint8Array ? contentOf(file) : file;
    known.set(withoutSlash(name), { content, close: () => {} });
  }
  return { open: (name) => known.get(withoutSlash(name)) ?? "not found" };
}

/** The first of `sources` that does not answer "not found". */
export function firstOf(...sources: readonly Source[]): Source {
  return {
    open(name, address) {
      for (const source of sources) {
        const file = source.open(name, address);
        if (file !== "not found") return file;
      }
      return "not found";
    },
  };
}
