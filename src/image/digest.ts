// The digests that hash nodes of a FIT carry (U-Boot common/hash.c), over content of any size.
import { crc32 } from "#crc32";
import { hasher } from "#crypto";
import { type Content, chunks } from "./content.js";
import { viewOf } from "./layout.js";

/** A cryptographic hash, as signatures use them. */
export type HashName = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

/** A hash that is being computed. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The digest of everything so far; to be called once. */
  digest(): Uint8Array;
}

/** The `algo` of a hash node, with the length of its value in bytes. */
export const digestSizes = {
  "crc16-ccitt": 2,
  crc32: 4,
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
} as const;

/** The name of a digest. */
export type DigestName = keyof typeof digestSizes;

/** Whether `name` is a digest that can be computed. */
export function isDigest(name: string): name is DigestName {
  return Object.hasOwn(digestSizes, name);
}

/** All of `names` over `content`, which is read once. */
export function digestsOf(
  content: Content,
  names: Iterable<DigestName>,
): Map<DigestName, Uint8Array> {
  const running = [...new Set(names)].map((name) => [name, start(name)] as const);
  for (const piece of running.length > 0 ? chunks(content) : []) {
    for (const [, hash] of running) hash.update(piece);
  }
  return new Map(running.map(([name, hash]) => [name, hash.digest()]));
}

/** The hash `name` over `parts` one after the other. */
export function hashOf(name: HashName, parts: Iterable<Content>): Uint8Array {
  const hash = hasher(name);
  for (const part of parts) for (const piece of chunks(part)) hash.update(piece);
  return hash.digest();
}

function start(name: DigestName): Hasher {
  if (name === "crc16-ccitt") return crc16Hasher();
  return name === "crc32" ? crcHasher() : hasher(name);
}

/** CRC-16 with x^16 + x^12 + x^5 + 1 from 0, as U-Boot's lib/crc16-ccitt.c has it. */
function crc16Hasher(): Hasher {
  let crc = 0;
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        let high = (crc >> 8) ^ byte;
        high ^= high >> 4;
        crc = ((crc << 8) ^ (high << 12) ^ (high << 5) ^ high) & 0xffff;
      }
    },
    digest: () => Uint8Array.of(crc >> 8, crc & 0xff),
  };
}

/** CRC-32 as a hash: its value is stored most significant byte first. */
function crcHasher(): Hasher {
  let crc = 0;
  return {
    update: (bytes) => {
      crc = crc32(bytes, crc);
    },
    digest: () => {
      const bytes = new Uint8Array(4);
      viewOf(bytes).setUint32(0, crc);
      return bytes;
    },
  };
}
