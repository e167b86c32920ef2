// Diagnostics on the terminal: as text, or as JSON for tools.
import {
  type Diagnostic,
  type Judged,
  positionOf,
  render,
  type Span,
} from "../diagnostics/index.js";

/** Past this many, the rest is only counted: nobody reads ten thousand of a kind. */
const MOST = 50;

/** Whether `stream` wants colour (https://no-color.org). */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}

/** Writes `diagnostics` to standard error; errors make the process exit with 1. */
export function reportAll(diagnostics: readonly Diagnostic[]): void {
  const color = wantsColor(process.stderr);
  const width = process.stderr.isTTY ? process.stderr.columns : undefined;
  for (const diagnostic of diagnostics.slice(0, MOST)) {
    process.stderr.write(`${render(diagnostic, { color, ...(width && { width }) })}\n`);
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (diagnostics.length > MOST) {
    process.stderr.write(`… and ${diagnostics.length - MOST} more\n`);
  }
  if (errors > 0) {
    process.stderr.write(`${errors} ${errors === 1 ? "error" : "errors"}\n`);
    process.exitCode = 1;
  }
}

/** Writes only what is an error: for commands that show something else. */
export function reportErrors(diagnostics: readonly Diagnostic[]): void {
  reportAll(diagnostics.filter(({ severity }) => severity === "error"));
}

/** What was found as plain objects, places as line and column from 1. */
export function plainFindings({ diagnostics, allowed }: Judged) {
  return {
    diagnostics: diagnostics.map(plainDiagnostic),
    allowed: allowed.map(({ diagnostic, allowance: { why, span } }) => ({
      ...plainDiagnostic(diagnostic),
      allowed: { why, ...plainSpan(span) },
    })),
  };
}

function plainDiagnostic({ code, severity, message, labels, notes, help, edits }: Diagnostic) {
  return {
    code,
    severity,
    message,
    labels: labels.map(({ span, text }) => ({ ...plainSpan(span), text })),
    notes,
    help,
    edits: edits?.map(({ span, text }) => ({ ...plainSpan(span), text })),
  };
}

function plainSpan({ source, start, end }: Span) {
  return {
    file: source.name,
    start: { ...positionOf(source, start), offset: start },
    end: { ...positionOf(source, end), offset: end },
  };
}
