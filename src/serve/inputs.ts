// Inputs as they were when a snapshot was taken: held in memory, so that a file that is rebuilt in
// place is still served whole. What is too large for that is read from its descriptor, and then a
// change ends the transfer (see `ReadError`).
import { type DiskFiles, diskFiles, isProblem } from "../files/index.js";
import { bytesOf, type Content, contentOf } from "../image/index.js";

/** The largest input that is held, and how much of all inputs is, in bytes. */
export interface Room {
  readonly file: number;
  readonly all: number;
}

const ROOM: Room = { file: 64 << 20, all: 256 << 20 };

/** Inputs, with the bytes that are held of them by path. */
export interface HeldFiles extends DiskFiles {
  readonly held: ReadonlyMap<string, Uint8Array>;
}

/**
 * Inputs on the disk as they are now. Those that are the same as in `before`, what an earlier
 * snapshot holds, take no memory of their own.
 */
export function heldFiles(
  before: ReadonlyMap<string, Uint8Array> = new Map(),
  room: Room = ROOM,
): HeldFiles {
  const disk = diskFiles();
  const held = new Map<string, Uint8Array>();
  const contents = new Map<string, Content>();
  let left = room.all;
  const hold = (path: string, file: Content): Content => {
    if (file.size > room.file || file.size > left) return file;
    left -= file.size;
    const read = bytesOf(file);
    const known = before.get(path);
    const bytes = known && Buffer.compare(known, read) === 0 ? known : read;
    held.set(path, bytes);
    return contentOf(bytes);
  };
  return {
    asked: disk.asked,
    held,
    open(path) {
      const known = contents.get(path);
      if (known) return known;
      const file = disk.open(path);
      if (isProblem(file)) return file;
      const content = hold(path, file);
      contents.set(path, content);
      return content;
    },
    list: (path) => disk.list?.(path) ?? [],
    close: () => disk.close(),
  };
}
