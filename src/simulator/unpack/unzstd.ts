// Zstandard as far as it can be told: whole frames are unpacked, and what U-Boot says of damaged ones is
// not known. Governed by RFC 8878.
import { Decompress } from "fzstd";

/** The library unpacks all that it is given at once, and four bytes can stand for 128 KiB. */
const PIECE = 1 << 10;

/** What `packed` holds where that is whole and not more than `limit` bytes. */
export function unzstd(packed: Uint8Array, limit: number) {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((piece) => {
    pieces.push(piece.slice());
    size += piece.length;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
      if (size > limit) return undefined;
    }
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return { bytes, status: 0 };
}
