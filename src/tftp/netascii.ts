// The netascii mode: a text as telnet sends it, LF as CR LF and a lone CR as CR NUL. Converted
// whole, so that blocks have no carry to keep; large files are refused. RFC 1350, RFC 764.

/** The largest file that is converted, in bytes. */
export const NETASCII_LIMIT = 1 << 20;

const LF = 10;
const CR = 13;

/** `bytes` in netascii. */
export function netascii(bytes: Uint8Array): Uint8Array {
  const extra = bytes.reduce((sum, byte) => sum + (byte === LF || byte === CR ? 1 : 0), 0);
  const result = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    if (byte === LF) result[at++] = CR;
    result[at++] = byte;
    if (byte === CR) result[at++] = 0;
  }
  return result;
}
