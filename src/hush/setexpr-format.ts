// `setexpr name fmt format [value]…`: printf as BusyBox has it, with numbers that are read as
// hexadecimal. The result has at most 127 characters.
import type { Shell } from "./shell.js";

const room = 128;
const directive = /^([-+ #]?)(\*|\d*)(?:(\.)(\*|\d*))?([lLhz]*)/;
const letters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** The text that `format` makes of `values`; undefined after an error, which may be told. */
export function formatValues(
  format: string,
  values: readonly string[],
  shell: Shell,
): string | undefined {
  const left = [...values];
  let text = "";
  for (let at = 0; at < format.length; ) {
    const character = format[at] as string;
    if (character !== "\\" && character !== "%") {
      text += character;
      at += 1;
      continue;
    }
    if (character === "\\" && format[at + 1] === "c") break;
    const piece = character === "\\" ? escapeAt(format, at + 1) : directiveAt(format, at, left);
    if ("fault" in piece) {
      shell.write(`\`${piece.fault}': invalid format\n`);
      return undefined;
    }
    text += piece.text;
    if (piece.isLast) break;
    at = piece.end;
  }
  return text.length >= room ? undefined : untilNul(text);
}

/** A piece of the result and where its source ends. `isLast`: nothing may follow. */
interface Piece {
  readonly text: string;
  readonly end: number;
  readonly isLast?: boolean;
}

/** What begins with the % at `at`; it takes what it needs of the values that are `left`. */
function directiveAt(
  format: string,
  at: number,
  left: string[],
): Piece | { readonly fault: string } {
  const next = format[at + 1];
  if (next === "%") return { text: "%", end: at + 2 };
  if (next === "b") return { ...unescaped(left.shift() ?? ""), end: at + 2 };
  const [whole = "", flag = "", width = "", point, precision = "", sizes = ""] =
    directive.exec(format.slice(at + 1)) ?? [];
  const end = at + 1 + whole.length;
  const conversion = format[end] ?? "";
  const wide = starOr(width, left);
  const precise = point === undefined ? undefined : (starOr(precision, left) ?? 0);
  if (!/^[diouxXcs]$/.test(conversion)) {
    return { fault: format.slice(at, end - sizes.length) + format.slice(end) };
  }
  const text = convert(conversion, left.shift() ?? "", { flag, width, wide, precise });
  return { text, end: end + 1 };
}

const untilNul = (text: string) => text.split("\0", 1)[0] as string;

/** A width or precision: a number, or a value for a star. */
function starOr(text: string, left: string[]): number | undefined {
  if (text === "") return undefined;
  return Number.parseInt(text === "*" ? (left.shift() ?? "0") : text, 10) || 0;
}

interface Shape {
  readonly flag: string;
  /** As it is written: a 0 at its beginning fills. */
  readonly width: string;
  readonly wide: number | undefined;
  readonly precise: number | undefined;
}

function convert(conversion: string, value: string, shape: Shape): string {
  if (conversion === "c") return fill(value[0] ?? "\0", shape);
  if (conversion === "s") {
    const { precise } = shape;
    return fill(precise === undefined || precise < 0 ? value : value.slice(0, precise), shape);
  }
  const isSigned = conversion === "d" || conversion === "i";
  const number = numberOf(value.replace(/^[ \t-\r]+/, ""));
  const size = isSigned ? BigInt.asIntN(64, number) : BigInt.asUintN(64, number);
  return digits(conversion, size, shape);
}

/** A hexadecimal number with a sign, as far as it goes. */
function numberOf(text: string): bigint {
  const [, sign, hex = ""] = /^([-+]?)(?:0[xX])?([0-9a-fA-F]*)/.exec(text) ?? [];
  const size = hex === "" ? 0n : BigInt(`0x${hex}`);
  return sign === "-" ? -size : size;
}

const bases: Readonly<Record<string, number>> = { o: 8, x: 16, X: 16 };

function digits(conversion: string, value: bigint, shape: Shape): string {
  const { flag, width, wide = 0, precise = -1 } = shape;
  const base = bases[conversion] ?? 10;
  const isSigned = conversion === "d" || conversion === "i";
  let sign = "";
  if (isSigned) sign = value < 0n ? "-" : flag === "+" || flag === " " ? flag : "";
  if (flag === "#" && base === 8) sign = "0";
  if (flag === "#" && base === 16) sign = conversion === "X" ? "0X" : "0x";
  const bare = (value < 0n ? -value : value).toString(base);
  const cased = conversion === "X" ? bare.toUpperCase() : bare;
  const number = cased.padStart(precise, "0");
  const isZeroFilled = width.startsWith("0") && flag !== "-";
  if (isZeroFilled) return sign + number.padStart(wide - sign.length, "0");
  return fill(sign + number, shape);
}

function fill(text: string, { flag, wide = 0 }: Shape): string {
  return flag === "-" || wide < 0 ? text.padEnd(Math.abs(wide)) : text.padStart(wide);
}

/** What comes after a backslash: up to three octal digits or a letter; else the backslash itself. */
function escapeAt(text: string, at: number): Piece {
  const [octal = ""] = /^[0-7]{1,3}/.exec(text.slice(at)) ?? [];
  if (octal !== "") {
    const fitting = Number.parseInt(octal, 8) > 255 ? octal.slice(0, 2) : octal;
    return { text: String.fromCharCode(Number.parseInt(fitting, 8)), end: at + fitting.length };
  }
  const letter = letters[text[at] ?? ""];
  return letter === undefined ? { text: "\\", end: at } : { text: letter, end: at + 1 };
}

/** For %b: the text, up to a \c that ends everything. */
function unescaped(value: string): { readonly text: string; readonly isLast: boolean } {
  let text = "";
  for (let at = 0; at < value.length; ) {
    if (value[at] !== "\\") text += value[at++];
    else {
      if (value[at + 1] === "c") return { text, isLast: true };
      const skipped = /^0[0-7]/.test(value.slice(at + 1)) ? 2 : 1;
      const code = escapeAt(value, at + skipped);
      text += code.text;
      at = code.end;
    }
  }
  return { text, isLast: false };
}
