// CRC-32 where there is Node: zlib's own, several times faster than any JavaScript.
import { crc32 as zlibCrc32 } from "node:zlib";

/**
 * CRC-32 of `bytes`, unsigned: reflected polynomial 0xEDB88320, start and final XOR 0xFFFFFFFF.
 * `seed` is the CRC-32 of what came before, to go on from there.
 */
export function crc32(bytes: Uint8Array, seed = 0): number {
  return zlibCrc32(bytes, seed);
}
