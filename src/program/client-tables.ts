// Clients from a table: CSV with a header line, or JSON, a list of objects. Every value keeps its
// place in the table, so that a bad one is shown where it stands.
import { CsvError, parse as parseCsv } from "csv-parse/sync";
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { diagnose, type Report, type Source, type Span } from "../diagnostics/index.js";
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
  const { text } = source;
  let records: { record: string[]; raw: string; info: { bytes: number } }[];
  try {
    records = parseCsv(text, {
      raw: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      comment: "#",
      comment_no_infix: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as { lines?: number }).lines ?? 1;
    report(diagnose("table-unreadable", { detail: error.message }, wholeLine(source, line)));
    return [];
  }
  let offset = 0;
  const located = records.map(({ record, raw }) => {
    const start = text.indexOf(raw.trimEnd(), offset);
    offset = start + raw.trimEnd().length;
    return { record, start, end: offset };
  });
  const [header, ...rest] = located;
  if (!header) return [];
  const columns = header.record;
  if (!checkColumns(source, columns, header, report)) return [];
  const rows: Row[] = [];
  for (const { record, start, end } of rest) {
    if (record.length !== columns.length) {
      const data = { expected: columns.length, found: record.length };
      report(diagnose("table-width", data, { source, start, end }));
      continue;
    }
    const values = new Map<string, Given>();
    let at = start;
    for (const [index, value] of record.entries()) {
      const name = columns[index] as string;
      const found = value === "" ? at : Math.max(at, text.indexOf(value, at));
      const cell = { source, start: found, end: Math.min(end, found + value.length) };
      at = cell.end;
      if (value !== "") values.set(name, { text: value, span: cell });
    }
    rows.push({ span: { source, start, end }, values });
  }
  return rows;
}

function checkColumns(
  source: Source,
  columns: readonly string[],
  { start, end }: { start: number; end: number },
  report: Report,
): boolean {
  const span = { source, start, end };
  const wrong = columns.find((name) => !COLUMN.test(name));
  const twice = columns.find((name, index) => columns.indexOf(name) < index);
  if (wrong !== undefined) report(diagnose("table-column-name", { name: wrong }, span));
  else if (twice !== undefined) report(diagnose("table-column-twice", { name: twice }, span));
  else if (!columns.includes("name")) report(diagnose("table-no-name", { found: columns }, span));
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
  const root = parseTree(source.text, errors, { allowTrailingComma: true });
  const spanOf = ({ offset, length }: { offset: number; length: number }): Span => ({
    source,
    start: offset,
    end: offset + Math.max(1, length),
  });
  for (const error of errors) {
    const detail = printParseErrorCode(error.error);
    report(diagnose("table-unreadable", { detail }, spanOf(error)));
  }
  if (errors.length > 0 || !root) return [];
  if (root.type !== "array") {
    report(diagnose("table-not-a-list", {}, spanOf(root)));
    return [];
  }
  const rows: Row[] = [];
  for (const item of root.children ?? []) {
    const values = item.type === "object" ? jsonValues(item, spanOf, report) : undefined;
    if (values?.has("name")) rows.push({ span: spanOf(item), values });
    else if (values) report(diagnose("table-no-name", { found: [...values.keys()] }, spanOf(item)));
    else report(diagnose("table-not-a-list", {}, spanOf(item)));
  }
  return rows;
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
      values.set(name, { text: String(value.value), span: spanOf(value) });
    } else if (value.type !== "null") {
      report(diagnose("table-value", { name, found: value.type }, spanOf(value)));
    }
  }
  return values;
}
