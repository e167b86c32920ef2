// The table of scripts as text: reading it, writing it, and which of a row's results is a shell's.
// table/README.md says how a row looks.
import type { Dialect } from "../../src/hush/index.js";

/** A shell that runs the table. */
export interface Target {
  readonly dialect: Dialect;
  /** As in "2023.01". */
  readonly release: string;
  readonly bits: 32 | 64;
}

/** What a script did. */
export interface Result {
  /** All it wrote. */
  readonly console: string;
  /** What `source` returned, or why it did not return. */
  readonly end: string;
}

export interface Row {
  readonly section: string;
  /** What stands above the row, without the dashes. */
  readonly remarks: readonly string[];
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Scripts in memory, by the variable that holds the address. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly results: readonly { readonly label: string; readonly shown: string }[];
}

/** Control characters, and a blank where it would be lost, as Unicode's pictures of them. */
const pictured = (text: string) =>
  text
    .replaceAll("\n", "⏎")
    .replace(/\p{Cc}/gu, (c) => (c < " " ? String.fromCodePoint(0x2400 + c.charCodeAt(0)) : "␡"));

const plain = (shown: string) =>
  shown
    .replaceAll("⏎", "\n")
    .replaceAll("␡", "\x7f")
    .replace(/[␀-␠]/g, (c) => String.fromCodePoint(c.charCodeAt(0) - 0x2400));

const keepBlanks = (line: string) => line.replace(/^ | $/g, "␠");

/** A result on one line. */
export function shownResult({ console, end }: Result): string {
  const lines = console.split("\n");
  const rest = lines.pop() ?? "";
  const all = [...lines, ...(rest === "" ? [] : [`${rest}⊣`])].map((line) =>
    line === "" ? "␠" : keepBlanks(pictured(line)),
  );
  return [all.join(" / "), end === "0" ? "" : `→ ${end}`].filter((each) => each !== "").join(" ");
}

/** The rows of a chapter of the table. */
export function readTable(document: string): Row[] {
  const rows: Row[] = [];
  let section = "";
  let remarks: string[] = [];
  for (const line of document.split("\n")) {
    if (line.trim() === "") continue;
    if (line.startsWith("== ")) section = line.slice(3);
    else if (line.startsWith("-- ")) remarks.push(line.slice(3));
    else if (line.startsWith("  ")) {
      const [, label = "", shown = ""] = /^ +(.*?) *›(?: (.*))?$/.exec(line) ?? [];
      const row = rows.at(-1) as Row & { results: { label: string; shown: string }[] };
      row.results.push({ label, shown });
    } else {
      rows.push(rowOf(line, section, remarks));
      remarks = [];
    }
  }
  return rows;
}

function rowOf(line: string, section: string, remarks: readonly string[]): Row {
  const [, text = "", given = ""] = /^(.*?)((?: +❲[^❳]*❳)*)$/.exec(line) ?? [];
  const variables = [...given.matchAll(/❲([^=]*)=([^❳]*)❳/g)].map(
    ([, name = "", value = ""]) => [name, plain(value)] as const,
  );
  const isScript = ([name]: readonly [string, string]) => name.startsWith("@");
  return {
    section,
    remarks,
    text: plain(text),
    environment: Object.fromEntries(variables.filter((each) => !isScript(each))),
    scripts: Object.fromEntries(
      variables.filter(isScript).map(([name, value]) => [name.slice(1), value]),
    ),
    results: [],
  };
}

/** What the table says of `row` on `target`: the first of its results whose label is true. */
export function resultFor({ results }: Row, target: Target): string | undefined {
  return results.find(({ label }) => labelHolds(label, target))?.shown;
}

function labelHolds(label: string, { dialect, release, bits }: Target): boolean {
  return label.split(" ").every((word, index, words) => {
    if (word === "since") return release >= (words[index + 1] ?? "");
    if (word === "before") return release < (words[index + 1] ?? "");
    if (word === "old" || word === "modern") return word === dialect;
    if (word.endsWith("-bit")) return Number.parseInt(word, 10) === bits;
    return true;
  });
}

type Seen = readonly { readonly target: Target; readonly shown: string }[];

/** A chapter as it stands in its file, with `results` in place of those of the rows. */
export function writeTable(document: string, results: (row: Row) => Seen): string {
  const rows = readTable(document);
  const lines: string[] = [];
  let at = 0;
  for (const line of document.split("\n")) {
    if (/^ +.*›/.test(line)) continue;
    lines.push(line);
    if (line.trim() === "" || /^(?:==|--) /.test(line)) continue;
    lines.push(...resultLines(results(rows[at++] as Row)));
  }
  return lines.join("\n");
}

/** Labels in the order they are tried. */
const labels = [
  ...["old 32-bit", "old before 2023.04", "old since 2023.04", "old"],
  ...["modern before 2025.01", "modern"],
];

/** As few lines as say everything. */
function resultLines(seen: Seen): string[] {
  let rest = seen;
  const lines: { label: string; shown: string }[] = [];
  while (kinds(rest) > 1) {
    const splits = labels
      .map((label) => ({
        label,
        under: rest.filter(({ target }) => labelHolds(label, target)),
        others: rest.filter(({ target }) => !labelHolds(label, target)),
      }))
      .filter(({ under, others }) => kinds(under) === 1 && others.length > 0);
    const apart = splits.find(({ under, others }) =>
      others.every(({ shown }) => shown !== under[0]?.shown),
    );
    const { label, under, others } = (apart ?? splits.at(-1)) as (typeof splits)[number];
    lines.push({ label, shown: under[0]?.shown ?? "" });
    rest = others;
  }
  const [last] = rest;
  const isOne = rest.every(({ target }) => target.dialect === last?.target.dialect);
  const label = lines.length > 0 && isOne ? (last?.target.dialect ?? "") : "";
  lines.push({ label, shown: last?.shown ?? "" });
  const width = Math.max(...lines.map((line) => line.label.length));
  return lines.map((line) =>
    `    ${line.label.padEnd(width)}${width > 0 ? " " : ""}› ${line.shown}`.trimEnd(),
  );
}

const kinds = (seen: Seen) => new Set(seen.map(({ shown }) => shown)).size;
