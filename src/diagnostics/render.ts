// Diagnostics as text for a person, laid out as compilers do it: the line, the guilty stretch
// underlined, notes, one line of help. Colour is the caller's decision.
import stringWidth from "string-width";
import type { Diagnostic, Label } from "./diagnostic.js";
import { lineText, positionOf } from "./source.js";

/** How to lay out. */
export interface RenderOptions {
  /** Whether to colour with ANSI escapes. Default: no. */
  readonly color?: boolean;
}

const TAB = 4;
const styles = { error: 31, warning: 33, note: 36, help: 32, frame: 34, bold: 1 } as const;

/** `diagnostic` as text, its last line ended. */
export function render(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const { severity, code, message, labels, notes, help } = diagnostic;
  const paint = (style: keyof typeof styles, text: string) =>
    options.color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
  const gutter = Math.max(1, ...labels.map((label) => `${lineOf(label)}`.length));
  const lines = [`${paint(severity, `${severity}[${code}]`)}: ${paint("bold", message)}`];
  let file = "";
  for (const [index, label] of labels.entries()) {
    const { source, start } = label.span;
    const { line, column } = positionOf(source, start);
    const bar = paint("frame", `${" ".repeat(gutter)} |`);
    if (source.name !== file || index === 0) {
      lines.push(`${" ".repeat(gutter)}${paint("frame", "-->")} ${source.name}:${line}:${column}`);
      lines.push(bar);
    } else {
      lines.push(paint("frame", `${" ".repeat(gutter)}...`));
    }
    file = source.name;
    const { text, underline } = excerpt(label);
    lines.push(`${paint("frame", `${`${line}`.padStart(gutter)} |`)} ${text}`);
    const style = index === 0 ? severity : "frame";
    lines.push(`${bar} ${paint(style, `${underline}${label.text ? ` ${label.text}` : ""}`)}`);
  }
  for (const note of notes) lines.push(`${paint("note", "note")}: ${note}`);
  if (help) lines.push(`${paint("help", "help")}: ${help}`);
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

const lineOf = ({ span }: Label) => positionOf(span.source, span.start).line;

/** The label's line with tabs expanded, and the marks that go under it. */
function excerpt({ span: { source, start, end } }: Label) {
  const { line, column } = positionOf(source, start);
  const raw = lineText(source, line);
  const before = expandTabs(raw.slice(0, column - 1));
  const through = expandTabs(raw.slice(0, column - 1 + (end - start)));
  const marks = Math.max(1, stringWidth(through) - stringWidth(before));
  return { text: expandTabs(raw), underline: " ".repeat(stringWidth(before)) + "^".repeat(marks) };
}

function expandTabs(text: string): string {
  return text.replaceAll("\t", " ".repeat(TAB));
}
