// Gunzip as U-Boot does it: it stops at the end of the first member, and does not look at the checksum
// behind it. The one place where the simulator needs Node. Governed by lib/gunzip.c and RFC 1952.
import { inflateRawSync } from "node:zlib";
import { type Content, slice } from "../../image/index.js";

/** What inflate returns for more bytes than there is room for: Z_BUF_ERROR. */
export const TOO_LARGE = -5;
/** And for damaged data: Z_DATA_ERROR. */
const DAMAGED = -3;

/** The longest header that is looked at, bytes. */
const HEADER = 4096;

/** Where the deflated data of `packed` begins; undefined: it is no gzip. */
export function deflatedFrom(packed: Content): number | undefined {
  const header = packed.read(0, HEADER);
  const [first, second, method, flags = 0] = header;
  if (first !== 0x1f || second !== 0x8b || method !== 8 || (flags & 0xe0) !== 0) return undefined;
  let at = 10;
  if (flags & 4) at += 2 + (header[at] ?? 0) + 256 * (header[at + 1] ?? 0);
  for (const text of [8, 16]) if (flags & text) at = header.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

/** At most `limit` bytes that `deflated` holds: or why there are none. */
export function inflate(
  deflated: Content,
  limit: number,
): Uint8Array | typeof TOO_LARGE | typeof DAMAGED {
  try {
    return inflateRawSync(deflated.read(0, deflated.size), { maxOutputLength: limit });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ERR_BUFFER_TOO_LARGE" || code === "Z_BUF_ERROR" ? TOO_LARGE : DAMAGED;
  }
}

/** The first member of `packed`, at most `limit` bytes of it, or what is wrong, as U-Boot says it. */
export function gunzip(packed: Content, limit: number): Uint8Array | string {
  const start = deflatedFrom(packed);
  if (start === undefined) return "Error: Bad gzipped data\n";
  const bytes = inflate(slice(packed, start), limit);
  return typeof bytes === "number" ? `Error: inflate() returned ${bytes}\n` : bytes;
}
