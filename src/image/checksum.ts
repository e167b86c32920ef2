// Checksums over content of any size, a piece at a time.
import { crc32 } from "#crc32";
import { type Content, chunks } from "./content.js";

/** CRC-32 of all bytes of `content`, unsigned. */
export function crcOf(content: Content): number {
  let crc = 0;
  for (const piece of chunks(content)) crc = crc32(piece, crc);
  return crc;
}
