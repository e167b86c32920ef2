// A stretch of a stream in a file of its own, to be read in any order: memory stays small however
// large the stretch is. Blocks of zeros become holes.
import * as fs from "node:fs";
import { join } from "node:path";
import { named } from "./beneath.js";
import { type FileContent, fileContent } from "./disk.js";
import { temporaryName } from "./temporary.js";

const HOLE = 1 << 16;

/**
 * The bytes from `start` to `start + size` of `stream`; fewer where the stream ends before. It is read
 * to its end, where checksums are, and where who writes it is content. They are in a file in `folder` that nobody else sees and that is gone with
 * `close`.
 * @throws what the file system and `stream` throw.
 */
export async function spool(
  stream: AsyncIterable<Uint8Array>,
  { start, size }: { readonly start: number; readonly size: number },
  folder: string,
): Promise<FileContent> {
  const path = join(folder, temporaryName());
  const fd = fs.openSync(path, "wx+");
  // Where a file may lose its name while it is open, nothing can leave it behind.
  if (process.platform !== "win32") fs.rmSync(path);
  const close = () => {
    fs.closeSync(fd);
    fs.rmSync(path, { force: true });
  };
  try {
    let offset = -start;
    // The last byte that there is, so that a hole at the end has its length too.
    let end = 0;
    for await (const piece of stream) {
      const from = Math.max(0, -offset);
      const used = piece.subarray(from, Math.max(from, Math.min(piece.length, size - offset)));
      writeWithHoles(fd, used, offset + from);
      if (used.length > 0) end = offset + from + used.length;
      offset += piece.length;
    }
    if (end === 0) throw new Error("the image ends before the partition begins");
    fs.ftruncateSync(fd, end);
  } catch (error) {
    close();
    throw named(error, folder);
  }
  return { ...fileContent(path, fd), close };
}

function writeWithHoles(fd: number, bytes: Uint8Array, position: number): void {
  const zeros = Buffer.alloc(HOLE);
  for (let at = 0; at < bytes.length; at += HOLE) {
    const piece = bytes.subarray(at, at + HOLE);
    if (zeros.compare(piece, 0, piece.length, 0, piece.length) === 0) continue;
    for (let done = 0; done < piece.length; ) {
      done += fs.writeSync(fd, piece, done, piece.length - done, position + at + done);
    }
  }
}
