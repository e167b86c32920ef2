// Values of properties, as arguments and as the text of a variable. Governed by fdt_parse_prop,
// is_printable_string and fdt_value_env_set in cmd/fdt.c.
import { bytesOf, type Content, contentOf } from "../../image/index.js";
import { anyBase, hex, hexadecimal } from "../numbers.js";

/** The strings of a value that is nothing but strings. */
export function stringsIn(value: Content): string[] | undefined {
  const bytes = bytesOf(value);
  if (bytes.length === 0 || bytes.at(-1) !== 0 || bytes[0] === 0) return undefined;
  const texts = new TextDecoder("latin1").decode(bytes.subarray(0, -1)).split("\0");
  return texts.every((text) => /^[\x20-\x7e]+$/.test(text)) ? texts : undefined;
}

/** A value as `fdt get value` puts it into a variable: cells come out as memory holds them. */
export function valueText(value: Content, index = 0): string {
  const strings = stringsIn(value);
  if (strings) return strings[index] ?? "";
  const bytes = bytesOf(value);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length === 4) return `0x${hex(view.getUint32(0), 8)}`;
  if (bytes.length % 4 !== 0) return [...bytes].map((byte) => hex(byte, 2)).join("");
  return Array.from({ length: bytes.length / 4 }, (_, at) =>
    hex(view.getUint32(4 * at, true), 8),
  ).join("");
}

/** The value that the words behind `fdt set path prop` mean. */
export function parseValue(words: readonly string[]): Content | undefined {
  const all = words.join(" ").trim();
  if (all === "") return contentOf(new Uint8Array(0));
  if (all.startsWith("<")) {
    if (!all.endsWith(">")) return undefined;
    const cells = all.slice(1, -1).split(/\s+/).filter(Boolean);
    const bytes = new Uint8Array(4 * cells.length);
    const view = new DataView(bytes.buffer);
    for (const [at, cell] of cells.entries()) view.setUint32(4 * at, anyBase(cell) >>> 0);
    return contentOf(bytes);
  }
  if (all.startsWith("[")) {
    if (!all.endsWith("]")) return undefined;
    const bytes = all.slice(1, -1).split(/\s+/).filter(Boolean);
    return contentOf(Uint8Array.from(bytes, (byte) => hexadecimal(byte)));
  }
  return contentOf(new TextEncoder().encode(words.map((word) => `${word}\0`).join("")));
}
