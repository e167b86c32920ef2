// What has no size and can be read only once (the standard input, a pipe, /dev/null) as content. Leaves out
// sockets and folders.
import * as fs from "node:fs";
import { contentOf } from "../image/index.js";
import { failureOf, type OpenedFile, openFile } from "./disk.js";
import { LARGEST } from "./limits.js";

const STANDARD_INPUT = 0;

/**
 * `path` as `openFile` has it; what is no regular file is read to its end, and may be empty. "-" is the
 * standard input.
 */
export function openAny(path: string): OpenedFile {
  const kind = path === "-" ? undefined : fs.statSync(path, { throwIfNoEntry: false });
  if (path !== "-" && !kind?.isFIFO() && !kind?.isCharacterDevice()) return openFile(path);
  let fd: number | undefined;
  try {
    fd = path === "-" ? STANDARD_INPUT : fs.openSync(path, "r");
    return { file: readToEnd(fd), problem: undefined };
  } catch (error) {
    const message = `${path}: ${failureOf(error).replace(`${path}: `, "")}`;
    return { file: undefined, problem: { code: "unreadable", path, message } };
  } finally {
    if (fd !== undefined && fd !== STANDARD_INPUT) fs.closeSync(fd);
  }
}

/** @throws where it does not end in time, and what the file system throws. */
function readToEnd(fd: number) {
  const most = LARGEST.stream;
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    const piece = Buffer.alloc(1 << 16);
    const count = fs.readSync(fd, piece);
    if (count === 0) break;
    pieces.push(piece.subarray(0, count));
    size += count;
    if (size > most) throw new Error(`does not end within ${most >> 20} MiB`);
  }
  const content = contentOf(Buffer.concat(pieces));
  return { ...content, modified: Math.floor(Date.now() / 1000), close: () => {} };
}
