// CRC-32 where there is no Node. The same contract as crc32-node.ts; `#crc32` in package.json
// chooses between the two.
import library from "crc-32";

/**
 * CRC-32 of `bytes`, unsigned: reflected polynomial 0xEDB88320, start and final XOR 0xFFFFFFFF.
 * `seed` is the CRC-32 of what came before, to go on from there.
 */
export function crc32(bytes: Uint8Array, seed = 0): number {
  return library.buf(bytes, seed) >>> 0;
}
