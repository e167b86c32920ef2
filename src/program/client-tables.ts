// Clients from a table: CSV with a header line, or JSON, a list of objects. Every value keeps its
// place in the table, so that a bad one is shown where it stands.
import { CsvError, parse as parseCsv } from "csv-parse/sync";
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { diagnose, type Report, type Source, type Span } from "../diagnostics/index.js";
import { LONGEST } from "../files/index.js";
import type { Given } from "./program.js";

/** One client as the table gives it. */
export interface Row {
  readonly span: Span;
  readonly values: ReadonlyMap<string, Given>;
}

const COLUMN = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** The rows of a table; what it is, is told from its name. */
export function readTable(source: Source, report: Report): readonly Row[] {
  return source.name.toLowerCase().endsWith(".json")
    ? readJson(source, report)
    : readCsv(source, report);
}

function readCsv(source: Source, report: Report): readonly Row[] {
  const [header, ...rest] = csvRecords(source, report) ?? [];
  if (!header || !checkColumns(header, report)) return [];
  const columns = header.cells.map(({ text }) => text);
  const rows: Row[] = [];
  for (const { cells, span } of rest) {
    if (cells.length !== columns.length) {
      const data = { expected: columns.length, found: cells.length };
      report(diagnose("table-width", data, span));
      continue;
    }
    const values = new Map<string, Given>();
    for (const [index, cell] of cells.entries()) {
      if (isTooLong(cell, report)) continue;
      if (cell.text !== "") values.set(columns[index] ?? "", cell);
    }
    if (values.has("name")) rows.push({ span, values });
    else report(diagnose("table-no-name", { found: [] }, span));
  }
  return rows;
}

/** Reports a value that nothing on a board could take. */
function isTooLong({ text, span }: Given, report: Report): boolean {
  if (text.length <= LONGEST.value) return false;
  report(diagnose("text-too-long", { what: "the value", most: LONGEST.value }, span));
  return true;
}

interface CsvRecord {
  readonly span: Span;
  readonly cells: readonly Given[];
}

/** The lines of the table with their values, or undefined, reported. */
function csvRecords(source: Source, report: Report): readonly CsvRecord[] | undefined {
  const { text } = source;
  try {
    let offset = 0;
    // With `raw` the records are not what the types of csv-parse say.
    const records = parseCsv(text, {
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      comment: "#",
      comment_no_infix: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: LONGEST.line,
    }) as unknown as readonly { record: readonly string[]; raw: string }[];
    return records.map(({ record, raw }) => {
      // What is skipped before a line is counted to it.
      const content = withoutComments(raw).trimEnd();
      const start = Math.max(offset, text.indexOf(content, offset));
      offset = start + content.length;
      return {
        span: { source, start, end: offset },
        cells: cellsOf(record, { source, start, end: offset }),
      };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const open = error.code === "CSV_QUOTE_NOT_CLOSED" ? openQuote(text) : undefined;
    const line = (error as { lines?: number }).lines ?? 1;
    const where =
      open === undefined ? wholeLine(source, line) : { source, start: open, end: open + 1 };
    const detail = csvErrors[error.code] ?? error.message;
    report(diagnose("table-unreadable", { detail }, where));
    return undefined;
  }
}

/** What is left of `raw` after the empty lines and the comments that it begins with. */
function withoutComments(raw: string): string {
  const skipped = /[ \t]*(?:#.*)?[\r\n]/y;
  let start = 0;
  while (skipped.test(raw)) start = skipped.lastIndex;
  return raw.slice(start);
}

/** The quote that the rest of the table is inside of. */
function openQuote(text: string): number | undefined {
  let open: number | undefined;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (open !== undefined && text[at + 1] === '"') at++;
    else open = open === undefined ? at : undefined;
  }
  return open;
}

const csvErrors: Readonly<Record<string, string>> = {
  CSV_MAX_RECORD_SIZE: `a line has more than ${LONGEST.line} characters`,
  CSV_QUOTE_NOT_CLOSED: 'a `"` is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'there is something between a closing `"` and the next comma',
  INVALID_OPENING_QUOTE: 'a `"` inside a value: put the whole value in quotes, and that one twice',
};

/** The values of a line, each with its place: without its quotes, where it has some. */
function cellsOf(record: readonly string[], { source, start, end }: Span): readonly Given[] {
  const line = source.text.slice(start, end);
  const cell = /[ \t]*(?:"((?:[^"]|"")*)"|([^,]*?))[ \t]*(?:,|$)/dy;
  return record.map((text) => {
    const { indices } = cell.exec(line) ?? {};
    const [from, to] = indices?.[1] ?? indices?.[2] ?? [0, line.length];
    return { text, span: { source, start: start + from, end: start + to } };
  });
}

function checkColumns({ cells, span }: CsvRecord, report: Report): boolean {
  const wrong = cells.find(({ text }) => !COLUMN.test(text));
  const twice = cells.find(
    ({ text }, index) => cells.findIndex((each) => each.text === text) < index,
  );
  const found = cells.map(({ text }) => text);
  if (wrong) report(diagnose("table-column-name", { name: wrong.text }, wrong.span));
  else if (twice) report(diagnose("table-column-twice", { name: twice.text }, twice.span));
  else if (!found.includes("name")) report(diagnose("table-no-name", { found }, span));
  else return true;
  return false;
}

function wholeLine(source: Source, line: number): Span {
  let start = 0;
  for (let count = 1; count < line; count++) start = source.text.indexOf("\n", start) + 1;
  const end = source.text.indexOf("\n", start);
  return { source, start, end: end < 0 ? source.text.length : end };
}

function readJson(source: Source, report: Report): readonly Row[] {
  const errors: ParseError[] = [];
  const deep = tooDeep(source.text);
  if (deep !== undefined) {
    const span = { source, start: deep, end: deep + 1 };
    report(diagnose("table-not-a-list", {}, span));
    return [];
  }
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  const spanOf = ({ offset, length }: { offset: number; length: number }): Span => ({
    source,
    start: offset,
    end: offset + Math.max(1, length),
  });
  const [error] = errors;
  if (error) {
    // Those that follow are most often for the same reason.
    const detail = jsonErrors[printParseErrorCode(error.error)] ?? "this is not JSON";
    report(diagnose("table-unreadable", { detail }, spanOf(error)));
  }
  if (error || !root) return [];
  if (root.type !== "array") {
    report(diagnose("table-not-a-list", {}, spanOf(root)));
    return [];
  }
  const rows: Row[] = [];
  for (const item of root.children ?? []) {
    let faulty = false;
    const note: Report = (diagnostic) => {
      faulty = true;
      report(diagnostic);
    };
    const values = item.type === "object" ? jsonValues(item, spanOf, note) : undefined;
    if (faulty) continue;
    if (values?.has("name")) rows.push({ span: spanOf(item), values });
    else if (values) report(diagnose("table-no-name", { found: [...values.keys()] }, spanOf(item)));
    else report(diagnose("table-not-a-list", {}, spanOf(item)));
  }
  return rows;
}

const jsonErrors: Readonly<Record<string, string>> = {
  ValueExpected: "a value is missing",
  PropertyNameExpected: "the name of a value, in double quotes, is missing",
  ColonExpected: "a `:` is missing",
  CommaExpected: "a `,` is missing",
  CloseBraceExpected: "a `}` is missing",
  CloseBracketExpected: "a `]` is missing",
  EndOfFileExpected: "there is something after the end of the list",
  UnexpectedEndOfString: 'a `"` is not closed',
  InvalidSymbol: "text stands in double quotes",
};

const kindOf = (type: string) => (/^[ao]/.test(type) ? `an ${type}` : `a ${type}`);

/** Where it goes deeper than a list of objects of lists can: the reader works by recursion. */
function tooDeep(text: string): number | undefined {
  const MOST = 20;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') inText = !inText;
    else if (inText) at += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > MOST) return at;
  }
  return undefined;
}

function jsonValues(
  item: Node,
  spanOf: (node: Node) => Span,
  report: Report,
): ReadonlyMap<string, Given> {
  const values = new Map<string, Given>();
  for (const property of item.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    if (!COLUMN.test(name)) report(diagnose("table-column-name", { name }, spanOf(key)));
    else if (values.has(name)) report(diagnose("table-column-twice", { name }, spanOf(key)));
    else if (value.type === "string" || value.type === "number") {
      const given = { text: String(value.value), span: spanOf(value) };
      if (!isTooLong(given, report)) values.set(name, given);
    } else if (value.type !== "null") {
      report(diagnose("table-value", { name, found: kindOf(value.type) }, spanOf(value)));
    }
  }
  return values;
}
