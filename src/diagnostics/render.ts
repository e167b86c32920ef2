// Diagnostics as text for a person, laid out as compilers do it: the lines, the guilty stretch
// underlined, notes, one line of help. Colour and width are the caller's decision.
import { isKeyText } from "../ground/index.js";
import type { Diagnostic, Label } from "./diagnostic.js";
import { excerpt, type Mark, visible } from "./excerpt.js";
import { lineText, positionOf, type Source } from "./source.js";

/** How to lay out. */
export interface RenderOptions {
  /** Whether to colour with ANSI escapes. Default: no. */
  readonly color?: boolean;
  /** Columns of the terminal: longer source lines are cut. Default: as long as makes any sense. */
  readonly width?: number;
}

const styles = { error: 31, warning: 33, note: 36, help: 32, frame: 34, bold: 1 } as const;
type Style = keyof typeof styles;

/** Without a width: a table on a single line can have megabytes. */
const WIDEST = 1000;
/** Room for something to be seen, however narrow the terminal. */
const NARROWEST = 20;

/** `diagnostic` as text, its last line ended. */
export function render(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const { severity, code, message, labels, notes, help } = diagnostic;
  const paint = (style: Style, text: string) =>
    options.color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
  const files = filesOf(labels);
  const gutter = Math.max(
    1,
    ...files.flatMap(({ lines }) => lines.map(({ line }) => `${line}`.length)),
  );
  const room = Math.max(NARROWEST, (options.width ?? WIDEST) - gutter - 3);
  const bar = (text: string, number = "") =>
    `${paint("frame", `${number.padStart(gutter)} |`)}${text === "" ? "" : ` ${text}`}`;

  const result = [`${paint(severity, `${severity}[${code}]`)}: ${paint("bold", visible(message))}`];
  for (const { source, first, lines } of files) {
    const { line, column } = positionOf(source, first);
    const place = `${visible(source.name)}:${line}:${column}`;
    result.push(`${" ".repeat(gutter)}${paint("frame", "-->")} ${place}`);
    // A build's log is read by many.
    if (isKeyText(source.text)) continue;
    result.push(bar(""));
    let before: number | undefined;
    for (const { line, marks } of lines) {
      if (before !== undefined && line > before + 1) result.push(paint("frame", "..."));
      const [text, ...under] = excerpt(lineText(source, line), marks, room, (guilty, words) =>
        paint(guilty ? severity : "frame", words),
      );
      result.push(bar(text.trimEnd(), `${line}`), ...under.map((row) => bar(row)));
      before = line;
    }
  }
  for (const note of notes) result.push(`${paint("note", "note")}: ${visible(note)}`);
  if (help) result.push(`${paint("help", "help")}: ${visible(help)}`);
  return `${result.join("\n")}\n`;
}

interface MarkedLine {
  readonly line: number;
  readonly marks: Mark[];
}

interface MarkedFile {
  readonly source: Source;
  /** Where the first label in it begins. */
  readonly first: number;
  /** From the top to the bottom. */
  readonly lines: MarkedLine[];
}

/** The labels by file and line, the file of the guilty place first. */
function filesOf(labels: readonly Label[]): readonly MarkedFile[] {
  const files: MarkedFile[] = [];
  for (const [index, label] of labels.entries()) {
    const { source, start } = label.span;
    const known = files.find((each) => each.source.name === source.name);
    const file = known ?? { source, first: start, lines: [] };
    if (!known) files.push(file);
    for (const { line, mark } of marksOf(label, index === 0)) {
      const shown = file.lines.find((each) => each.line === line);
      if (shown) shown.marks.push(mark);
      else file.lines.push({ line, marks: [mark] });
    }
  }
  for (const { lines } of files) lines.sort((a, b) => a.line - b.line);
  return files;
}

/** A label on one line is one mark; on several, its first line and its last one. */
function marksOf({ span: { source, start, end }, text = "" }: Label, guilty: boolean) {
  const first = positionOf(source, start);
  const last = positionOf(source, Math.max(start, end - 1));
  const words = visible(text);
  const from = first.column - 1;
  if (first.line === last.line) {
    const mark: Mark = { start: from, end: from + (end - start), text: words, guilty };
    return [{ line: first.line, mark }];
  }
  const whole = lineText(source, first.line);
  const closing = lineText(source, last.line);
  const margin = /^\s*/.exec(closing.slice(0, last.column - 1))?.[0].length ?? 0;
  return [
    { line: first.line, mark: { start: from, end: whole.length, text: "", guilty } },
    { line: last.line, mark: { start: margin, end: last.column, text: words, guilty } },
  ];
}
