// The transfer modes: octet as it is, and netascii, a text as telnet sends it: LF as CR LF and a
// lone CR as CR NUL. Converted whole, so that blocks have no carry to keep; large files are
// refused, and so is mail. RFC 1350 section 1, RFC 764.
import type { Content } from "./blocks.js";
import { shown } from "./events.js";
import { contentOf } from "./source.js";

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

/** Contents as the modes of requests send them; a text is converted once. */
export class Modes {
  readonly #texts = new WeakMap<Content, Content>();

  /** `content` as `mode` sends it, or why it cannot be sent. */
  content(mode: string, content: Content): Content | string {
    if (mode === "octet") return content;
    if (mode !== "netascii") return `mode ${shown(mode)} is not served`;
    if (content.size > NETASCII_LIMIT) return "too large for netascii: use octet (binary) mode";
    try {
      const text = this.#texts.get(content) ?? contentOf(netascii(content.read(0, content.size)));
      this.#texts.set(content, text);
      return text;
    } catch {
      return "the file was changed while it was read";
    }
  }
}
