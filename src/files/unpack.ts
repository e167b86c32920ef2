// Compressed files as a stream of what is in them, a piece at a time: an image of a disk is far
// larger than memory. Formats: those that images for boards are published in and that libraries
// without native code unpack. Others can be unpacked by their own tool and piped in.
import { pipeline, Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import xz from "xz-decompress";
import { type Content, chunks, type Packing, slice } from "../image/index.js";

/** What `unpack` knows. */
export type Unpackable = Extract<Packing, "gzip" | "xz" | "zstd">;

/** Compressed data that is damaged or that the library for it cannot read. */
export class UnpackError extends Error {}

const formats: Readonly<Record<Unpackable, (packed: Content) => AsyncIterable<Uint8Array>>> = {
  gzip: unpackGzip,
  xz: unpackXz,
  zstd: unpackZstd,
};

/** Whether `unpack` knows `packing`. */
export const isUnpackable = (packing: Packing): packing is Unpackable =>
  Object.hasOwn(formats, packing);

/**
 * What `packed` holds, in pieces; reads on only as far as it is asked to.
 * @throws `UnpackError` where the data is damaged or cut, and what reading `packed` throws.
 */
export async function* unpack(packed: Content, packing: Unpackable): AsyncGenerator<Uint8Array> {
  const noted = notingErrors(packed);
  try {
    yield* formats[packing](noted.content);
  } catch (error) {
    if (noted.error()) throw noted.error();
    throw new UnpackError(reasonOf(packing, error));
  }
}

/** The pieces of `content`, each for the reader to keep. */
function* copies(content: Content): Generator<Uint8Array> {
  for (const piece of chunks(content)) yield piece.slice();
}

/** `content`, and what reading it threw: streams hand errors on as their own. */
function notingErrors(content: Content) {
  let thrown: unknown;
  const read: Content["read"] = (...place) => {
    try {
      return content.read(...place);
    } catch (error) {
      thrown = error;
      throw error;
    }
  };
  return { content: { size: content.size, read }, error: () => thrown };
}

/** Both streams end together, whichever fails or is left first. */
function unpackGzip(packed: Content): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  // What went wrong is thrown to the reader of `gunzip` too.
  pipeline(Readable.from(copies(packed)), gunzip, () => {});
  return gunzip;
}

async function* unpackXz(packed: Content): AsyncGenerator<Uint8Array> {
  const reader = new xz.XzReadableStream(pulled(packed)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Left between the last piece and the end, the library frees its memory twice, and throws.
    await reader.cancel().catch(() => {});
  }
}

/**
 * The pieces of `content`, each when it is asked for, and none after the stream was left:
 * `Readable.toWeb` goes on delivering then, and that throws where nobody can catch it.
 */
function pulled(content: Content): ReadableStream<Uint8Array> {
  const pieces = copies(content);
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void pieces.return(undefined),
  });
}

/** The library unpacks all that it is given at once, and four bytes can stand for 128 KiB. */
async function* unpackZstd(packed: Content): AsyncGenerator<Uint8Array> {
  const PIECE = 1 << 10;
  const unpacked: Uint8Array[] = [];
  const stream = new Decompress((piece) => unpacked.push(piece.slice()));
  for (let offset = 0; offset < packed.size; offset += PIECE) {
    const piece = slice(packed, offset, PIECE).read(0, PIECE);
    stream.push(piece, offset + PIECE >= packed.size);
    yield* unpacked.splice(0);
  }
}

/** What the number that xz fails with means (xz.h of XZ Embedded, enum xz_ret). */
const XZ_CODES: Readonly<Record<string, string>> = {
  4: "needs more memory than it may have",
  5: "is no xz file",
  6: "uses a filter or a checksum that is not supported",
  7: "is damaged",
  8: "is damaged or cut",
};

function reasonOf(packing: Unpackable, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = packing === "xz" ? /error code (\d+)/.exec(message)?.[1] : undefined;
  return `cannot be unpacked: ${(code && XZ_CODES[code]) ?? message}`;
}
