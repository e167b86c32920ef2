// Compresses payloads, the same bytes on every machine: pako is zlib in JavaScript, so nothing
// depends on the zlib that a runtime happens to link. One row per format; the others that U-Boot
// unpacks have no encoder in portable JavaScript that is kept up.
import { Deflate, Inflate, Z_SYNC_FLUSH } from "pako";
import { type Content, chunks, concatenate, contentOf } from "./content.js";
import type { Compression } from "./ids.js";

/** Compresses `content`; the result is held in memory, the content is not. */
export type Compressor = (content: Content) => Content;

/** The compressions that can be done and not only named. */
export const compressors = {
  none: (content) => content,
  gzip: (content) => gzip(content),
} satisfies Partial<Record<Compression, Compressor>>;

/** A level of gzip: 1 is the fastest, 9 the smallest. */
export type GzipLevel = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** `content` as gzip (RFC 1952) without name or time: the same bytes for the same content. */
export function gzip(content: Content, level: GzipLevel = 9): Content {
  const deflate = new Deflate({ gzip: true, level });
  const packed: Content[] = [];
  deflate.onData = (piece) => packed.push(contentOf(piece));
  for (const piece of chunks(content)) deflate.push(piece, false);
  deflate.push(new Uint8Array(0), true);
  return concatenate(packed);
}

/**
 * The first `length` bytes of what `content` holds as gzip; fewer when it holds or yields fewer.
 * Reads no more than it needs and never throws on damaged data.
 */
export function gunzipStart(content: Content, length: number): Uint8Array {
  const result = new Uint8Array(length);
  let filled = 0;
  const inflate = new Inflate({ windowBits: 31, chunkSize: 1 << 14 });
  inflate.onData = (piece) => {
    const used = piece.subarray(0, length - filled);
    result.set(used, filled);
    filled += used.length;
  };
  // Small pieces, the first ones very small: a piece of zeros unpacks to a thousand times its size.
  let piece = 1 << 7;
  for (let offset = 0; offset < content.size && filled < length && !inflate.ended; ) {
    inflate.push(content.read(offset, piece), Z_SYNC_FLUSH);
    offset += piece;
    piece = Math.min(2 * piece, 1 << 12);
  }
  return result.subarray(0, filled);
}
