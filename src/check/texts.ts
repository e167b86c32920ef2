// Statements and steps as a person wrote them.
import type { Span } from "../diagnostics/index.js";

/** The first line of a statement as it was written. */
export function written({ span: { source, start, end } }: { readonly span: Span }): string {
  const line = source.text.slice(start, end).split("\n")[0] ?? "";
  return line.replace(/\s*\{?\s*$/, "");
}
