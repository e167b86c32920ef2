// Compressed files as a stream of what is in them, a piece at a time: an image of a disk is far
// larger than memory. Formats: those that images for boards are published in and that libraries
// without native code unpack. Others can be unpacked by their own tool and piped in.
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Content, chunks, type Packing, slice } from "../image/index.js";
import { unpackXz } from "./unpack-xz.js";
import { unpackZstd } from "./unpack-zstd.js";

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
 * What `packed` holds, in pieces; reads on only as far as it is asked to. Who reads to the end has seen
 * every checksum and everything in the file: streams, members and frames that follow one another.
 * @throws `UnpackError` where the data is damaged or cut, and what reading `packed` throws.
 */
export async function* unpack(packed: Content, packing: Unpackable): AsyncGenerator<Uint8Array> {
  const noted = notingErrors(packed);
  try {
    yield* formats[packing](noted.content);
  } catch (error) {
    if (noted.error()) throw noted.error();
    throw new UnpackError(`cannot be unpacked: ${error instanceof Error ? error.message : error}`);
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

/**
 * Members one after the other, and zeros at the end, as tapes have them. Both streams end together,
 * whichever fails or is left first.
 */
async function* unpackGzip(packed: Content): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // What went wrong is thrown to the reader of `gunzip` too.
  pipeline(Readable.from(copies(packed)), gunzip, () => {});
  yield* gunzip;
  // It stops where no further member begins, and says nothing.
  for (const piece of chunks(slice(packed, gunzip.bytesWritten, packed.size))) {
    if (piece.some((byte) => byte !== 0))
      throw new Error("is followed by something that is not gzip");
  }
}
