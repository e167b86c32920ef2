// Compressed files as a stream of what is in them, a piece at a time: an image of a disk is far
// larger than memory. Formats: those that images for boards are published in and that libraries
// without native code unpack. Others can be unpacked by their own tool and piped in.
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import xz from "xz-decompress";
import { type Content, chunks, type Packing, slice } from "../image/index.js";

/** What `unpack` knows. */
export type Unpackable = Extract<Packing, "gzip" | "xz" | "zstd">;

/** Compressed data that is damaged or that the library for it cannot read. */
export class UnpackError extends Error {}

const formats: Readonly<Record<Unpackable, (packed: Content) => AsyncIterable<Uint8Array>>> = {
  gzip: (packed) => Readable.from(copies(packed)).pipe(createGunzip()),
  xz: (packed) => new xz.XzReadableStream(Readable.toWeb(Readable.from(copies(packed)))),
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
