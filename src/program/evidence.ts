// Where a value came from that stands somewhere else: a client table, a declaration, or the command
// line, which has no place of its own to point at.
import type { Label, Span } from "../diagnostics/index.js";
import type { Given } from "./program.js";

/** Labels and notes for a finding about a value. */
export interface Evidence {
  readonly labels: readonly Label[];
  readonly notes: readonly string[];
}

/** For a value that stands at `span`, as the author wrote it. */
export function writtenAt(span: Span): Evidence {
  return { labels: [{ span }], notes: [] };
}

/** For `given`, used at `use`: the place it was given comes first. */
export function givenAt(given: Given, use: Span): Evidence {
  return { labels: [{ span: given.span }, { span: use, text: "used here" }], notes: noteOn(given) };
}

/** For something at `span` that was put together from values given elsewhere. */
export function madeAt(span: Span, from: readonly Given[]): Evidence {
  const labels = [{ span }, ...from.map((each) => ({ span: each.span, text: "given here" }))];
  return { labels, notes: from.flatMap(noteOn) };
}

function noteOn({ define, text }: Given): string[] {
  return define === undefined
    ? []
    : [`the value comes from the command line: -D ${define}=${text}`];
}
