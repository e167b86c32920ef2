// What was most likely meant by a value of the wrong form, guessed from the words for the right one. A
// form whose words say all there is to say has no row.
import type { Typed } from "./edit.js";
import { nearest } from "./nearest.js";

/** A value as it is, and the words for what was expected. */
export interface Misformed {
  readonly expected: string;
  readonly found: string;
}

interface Row {
  readonly expected: RegExp;
  readonly found: RegExp;
  /** What to type for the parts of what was found; undefined where only a person knows. */
  readonly text?: (parts: RegExpExecArray, expected: string) => string | undefined;
  readonly help: string | ((text: string, found: string) => string);
}

const write = (text: string) => `write \`${text}\``;
const yes = new Map([
  ["true", "yes"],
  ["on", "yes"],
  ["1", "yes"],
  ["false", "no"],
  ["off", "no"],
  ["0", "no"],
]);

const rows: readonly Row[] = [
  // --- addresses and sizes
  {
    expected: /^an address such as 0x/,
    found: /^(\d+)([KMG])i?B?$/i,
    text: ([, digits, unit = ""]) =>
      `0x${(Number(digits) * 1024 ** (" KMG".indexOf(unit.toUpperCase()) || 0)).toString(16)}`,
    help: write,
  },
  {
    expected: /^an address such as 0x/,
    found: /^(?:\$|0h|#|&h)?([0-9a-f]{1,13})h?$/i,
    text: ([, digits]) => `0x${digits}`,
    help: (text) => `write \`${text}\` if it is hexadecimal: addresses are`,
  },
  {
    expected: /^a size of memory/,
    found: /^(\d{1,2})$/,
    text: ([, digits]) => (Number(digits) <= 16 ? `${digits}G` : `${digits}M`),
    help: (text) => `write the unit: \`${text}\``,
  },
  {
    expected: /^a size (?:of memory|with its unit)/,
    found: /^(\d{1,6})$/,
    text: ([, digits]) => `${digits}M`,
    help: (text) => `write the unit: \`${text}\``,
  },
  {
    expected: /^a size/,
    found: /^(\d+(?:\.\d+)?)\s*([KMGT])i?B?(?:yte)?s?$/i,
    text: ([, digits, unit = ""]) => {
      const power = "KMGT".indexOf(unit.toUpperCase());
      if (/^\d+$/.test(digits ?? "") && power < 3) return `${digits}${unit.toUpperCase()}`;
      const smaller = Number(digits) * 1024;
      return Number.isInteger(smaller) && power > 0 ? `${smaller}${"KMG"[power - 1]}` : undefined;
    },
    help: write,
  },

  // --- addresses of machines
  {
    expected: /an IPv4 address/,
    found: /^(?:[a-z]+:\/\/)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[:/].*)?$/i,
    text: ([, ...octets]) =>
      octets.every((each) => Number(each) < 256) ? octets.map(Number).join(".") : undefined,
    help: write,
  },
  {
    expected: /an IPv4 address/,
    found: /^[0-9a-f]*:[0-9a-f:]*$/i,
    help: "boards are served over IPv4: write such an address of the machine",
  },
  {
    expected: /an IPv4 address/,
    found: /^(?:[a-z]+:\/\/)?([a-z][\w-]*(?:\.[\w-]+)*)\.?(?:[:/].*)?$/i,
    help: (_text, found) =>
      `scripts ask no name server: write the address, as \`getent hosts ${found.replace(/^[a-z]+:\/\/|[:/].*$/gi, "")}\` prints it`,
  },
  {
    expected: /^a MAC address/,
    found:
      /^([0-9a-f]{2})[-:. ]?([0-9a-f]{2})[-:. ]?([0-9a-f]{2})[-:. ]?([0-9a-f]{2})[-:. ]?([0-9a-f]{2})[-:. ]?([0-9a-f]{2})$/i,
    text: ([, ...octets]) => octets.join(":").toLowerCase(),
    help: write,
  },
  {
    expected: /^a range of/,
    found: /^(\d[\d.]*\d)\s*(?:-|to|\.{3}|,)\s*(\d[\d.]*\d)$/,
    text: ([, first = "", last = ""]) =>
      `${first}..${last.includes(".") ? last : first.replace(/\d+$/, last)}`,
    help: write,
  },
  {
    expected: /^a subnet/,
    found: /^(\d+\.\d+\.\d+)\.\d+(?:\/24|\/255\.255\.255\.0)?$/,
    text: ([, start]) => `${start}.0/24`,
    help: (text) => `write \`${text}\`: its first address and how many bits it has`,
  },

  // --- times
  {
    expected: /^a duration/,
    found: /^(\d+(?:\.\d+)?)\s*(s(?:ec(?:ond)?s?)?)?$/i,
    text: ([, number]) => `${number}s`,
    help: (text) => `write the unit, without a space: \`${text}\``,
  },
  {
    expected: /^a duration/,
    found: /^(\d+(?:\.\d+)?)\s*(?:m|mins?|minutes?)$/i,
    text: ([, number]) => `${number}min`,
    help: write,
  },
  {
    expected: /^a duration/,
    found: /^(\d+)\s*(?:h|hours?)$/i,
    text: ([, number]) => `${Number(number) * 60}min`,
    help: write,
  },
  {
    expected: /^a lease/,
    found: /^(\d+)\s*(s|m|min|h|d)?[a-z]*$/i,
    text: ([, number, unit = "s"]) =>
      unit !== "s" || Number(number) >= 120
        ? `${number}${unit === "m" ? "min" : unit.toLowerCase()}`
        : undefined,
    help: write,
  },

  // --- words and numbers
  {
    expected: /^yes or no$/,
    found: /^(?:true|false|on|off|0|1)$/i,
    text: ([found]) => yes.get(found.toLowerCase()),
    help: write,
  },
  {
    expected: /^[\w.-]+(?: or [\w.-]+)+$/,
    found: /^.+$/,
    text: ([found], expected) => nearest(found, expected.split(" or ")),
    help: write,
  },
  {
    expected: /between \d+ and \d+$/,
    found: /^\d+$/,
    text: ([found], expected) => {
      const [least = 0, most = 0] = [...expected.matchAll(/\d+/g)].slice(-2).map(Number);
      return `${Math.min(most, Math.max(least, Number(found)))}`;
    },
    help: write,
  },
];

function rowFor({ expected, found }: Misformed) {
  for (const row of rows) {
    const parts = row.expected.test(expected) ? row.found.exec(found) : null;
    if (!parts) continue;
    const text = row.text?.(parts, expected);
    if (row.text && text === undefined) continue;
    return { row, text };
  }
  return undefined;
}

/** What to type instead, as far as it can be guessed. */
export function valueHint(misformed: Misformed): string | undefined {
  const { row, text = "" } = rowFor(misformed) ?? {};
  return typeof row?.help === "function" ? row.help(text, misformed.found) : row?.help;
}

/** The same in the flow, where the value is written out at its place. */
export const valueEdits: Typed<Misformed> = (misformed, [place]) => {
  const text = rowFor(misformed)?.text;
  if (text === undefined || place === undefined) return [];
  const written = place.source.text.slice(place.start, place.end);
  const plain = /^\d[\w.:/+@-]*$|^[A-Za-z][\w-]*$/.test(text) && !written.startsWith('"');
  if (written !== misformed.found && written !== `"${misformed.found}"`) return [];
  return [{ span: place, text: plain ? text : `"${text}"` }];
};
