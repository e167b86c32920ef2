// Gunzip as U-Boot does it: it stops at the end of the first member, and does not look at the checksum
// behind it. The one place where the simulator needs Node. Governed by lib/gunzip.c and RFC 1952.
import { inflateRawSync } from "node:zlib";
import { type Content, deflatedFrom, slice } from "../../image/index.js";

/** What inflate returns for more bytes than there is room for: Z_BUF_ERROR. */
export const TOO_LARGE = -5;
/** And for damaged data: Z_DATA_ERROR. */
const DAMAGED = -3;

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
