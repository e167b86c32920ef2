// Gunzip as U-Boot does it: it stops at the end of the first member, and does not look at the checksum
// after it. The one place where the simulator needs Node. Governed by lib/gunzip.c and RFC 1952.
import { inflateRawSync } from "node:zlib";
import { type Content, deflatedFrom, gunzipStart, slice } from "../../image/index.js";

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
    const bytes = inflateRawSync(deflated.read(0, deflated.size), { maxOutputLength: limit });
    // No Buffer, whose slices are no copies.
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ERR_BUFFER_TOO_LARGE" || code === "Z_BUF_ERROR" ? TOO_LARGE : DAMAGED;
  }
}

/** What did not unpack: what U-Boot says, and what it wrote before it found out. */
export interface Failed {
  readonly message: string;
  readonly bytes: Uint8Array;
}

/** The first member of `packed`, at most `limit` bytes of it. */
export function gunzip(packed: Content, limit: number): Uint8Array | Failed {
  const start = deflatedFrom(packed);
  if (start === undefined) {
    return { message: "Error: Bad gzipped data\n", bytes: new Uint8Array(0) };
  }
  const bytes = inflate(slice(packed, start), limit);
  if (typeof bytes !== "number") return bytes;
  const message = `Error: inflate() returned ${bytes}\n`;
  return { message, bytes: gunzipStart(packed, Math.min(limit, MOST_LEFT)) };
}

/** So much of a failure is kept, bytes. */
const MOST_LEFT = 1 << 24;
