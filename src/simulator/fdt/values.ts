// Values of properties, as arguments and as the text of a variable. Governed by fdt_parse_prop,
// is_printable_string and fdt_value_env_set in cmd/fdt.c, which differ between releases.

import type { Shell } from "../../hush/index.js";
import { bytesOf, type Content, contentOf } from "../../image/index.js";
import { decimal, hex } from "../numbers.js";

type Since = Pick<Shell, "since">;

/** The strings of a value that is nothing but strings. Before 2023.04 blanks of all kinds count, and a first one may be empty. */
export function stringsIn(value: Content, shell: Since): string[] | undefined {
  const bytes = bytesOf(value);
  if (bytes.length === 0 || bytes.at(-1) !== 0) return undefined;
  const texts = String.fromCharCode(...bytes.subarray(0, -1)).split("\0");
  if (shell.since("2023.04"))
    return texts.every((text) => PRINTABLE.test(text)) ? texts : undefined;
  const printable = texts.every((text, at) => (text === "" ? at === 0 : SPACED.test(text)));
  return printable ? texts : undefined;
}

/** What U-Boot's isprint takes: Latin-1 too. */
const PRINTABLE = /^[\x20-\x7e\xa0-\xff]+$/;
const SPACED = /^[\t\n\v\f\r\x20-\x7e\xa0-\xff]+$/;

/** What `fdt get value` makes of a value. */
export type Told =
  | { readonly text: string }
  /** It fails, and the variable stays. */
  | { readonly message: string };

/** A value, or with `index` one string or cell of it, as `fdt get value` puts it into a variable. */
export function valueText(value: Content, index: string | undefined, shell: Since): Told {
  if (value.size === 0) return { text: "" };
  const at = index === undefined ? undefined : decimal(index);
  const strings = stringsIn(value, shell);
  if (strings) {
    const text = strings[at ?? 0];
    return text === undefined ? { message: "" } : { text };
  }
  const bytes = bytesOf(value);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cell = (offset: number) => `0x${hex(view.getUint32(offset), 8).toUpperCase()}`;
  if (bytes.length === 4) return { text: cell(0) };
  const cells = bytes.length % 4 === 0;
  if (cells && at !== undefined && shell.since("2023.04")) {
    return 4 * at >= bytes.length ? { message: "" } : { text: cell(4 * at) };
  }
  return row(bytes, view, shell);
}

/** All of it in digits: since 2026.04 as it is stored, before as numbers of the processor. */
function row(bytes: Uint8Array, view: DataView, shell: Since): Told {
  if (shell.since("2026.04")) return { text: [...bytes].map((byte) => hex(byte, 2)).join("") };
  if (bytes.length % 4 !== 0 || bytes.length > LONGEST_ROW) {
    return { message: "error: unprintable value\n" };
  }
  const cells = Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(4 * at, true));
  return { text: cells.map((each) => hex(each, 8)).join("") };
}

/** Before 2026.04, bytes: as much as a SHA-1 is. */
const LONGEST_ROW = 20;

/** The value that the words after `fdt set path prop` mean; `?` keeps a cell of `before`. */
export function parseValue(
  words: readonly string[],
  before: Content | undefined,
): Content | { readonly message: string } {
  const [first = ""] = words;
  if (words.length === 0) return contentOf(new Uint8Array(0));
  if (first.startsWith("<")) return parseCells(words, before);
  if (first.startsWith("[")) return parseBytes(words);
  return contentOf(new TextEncoder().encode(words.map((word) => `${word}\0`).join("")));
}

function parseCells(words: readonly string[], before: Content | undefined) {
  const old = before ? bytesOf(before) : new Uint8Array(0);
  const bytes: number[] = [];
  let [rest = "", ...more] = [words[0]?.slice(1), ...words.slice(1)];
  while (!rest.startsWith(">")) {
    if (rest === "") {
      const next = more.shift();
      if (next === undefined) return { message: "Unexpected character '\0'\n" };
      rest = next;
      continue;
    }
    const [digits = "", hexadecimal, octal, plain] = CELL.exec(rest) ?? [];
    if (digits === "") return { message: `Sorry, I could not convert "${rest}"\n` };
    const at = bytes.length;
    if (digits === "?") bytes.push(...[0, 1, 2, 3].map((each) => old[at + each] ?? 0));
    else bytes.push(...word(cellOf(hexadecimal, octal, plain)));
    rest = rest.slice(digits.length).replace(/^ +/, "");
  }
  return contentOf(Uint8Array.from(bytes));
}

/** A cell at the start of a text: 0x and what are digits, 0 and octal ones, or decimal ones. */
const CELL = /^(?:\?|0[xX]([0-9a-fA-F]*)|(0[0-7]*)|([1-9]\d*))/;

function cellOf(hexadecimal?: string, octal?: string, plain?: string): bigint {
  if (hexadecimal !== undefined) return BigInt(`0x${hexadecimal || "0"}`);
  return octal === undefined ? BigInt(plain ?? 0) : BigInt(`0o${octal}`);
}

/** The lowest 32 bits. */
function word(value: bigint): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, Number(BigInt.asUintN(32, value)));
  return bytes;
}

function parseBytes(words: readonly string[]) {
  const bytes: number[] = [];
  let [rest = "", ...more] = [words[0]?.slice(1), ...words.slice(1)];
  while (!rest.startsWith("]")) {
    rest = rest.replace(/^ +/, "");
    if (rest === "") {
      const next = more.shift();
      if (next === undefined) return { message: "Unexpected character '\0'\n" };
      rest = next;
      continue;
    }
    const [digits, number] = /^(?:0[xX])?([0-9a-fA-F]*)/.exec(rest) ?? [];
    if (!digits) return { message: `Unexpected character '${rest[0]}'\n` };
    bytes.push(Number(BigInt(`0x${number || "0"}`) & 0xffn));
    rest = rest.slice(digits.length);
  }
  return contentOf(Uint8Array.from(bytes));
}
