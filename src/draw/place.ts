// A statement as it is shown in a drawing: its line as it was written, and where that is.
import { type Span, shortPlace } from "../diagnostics/index.js";

/** A line of the flow. */
export interface Place {
  /** `zero-client.boot:23`. */
  readonly place: string;
  /** `boot linux with pi3`: without the block after it, blanks made single. */
  readonly text: string;
}

/** A statement or a step. */
interface Written {
  readonly span: Span;
  readonly body?: readonly { readonly span: Span }[];
}

/** The first line of a statement. */
export function placeOf({ span, body }: Written): Place {
  const inner = body?.[0]?.span.start;
  const [line = ""] = span.source.text.slice(span.start, inner ?? span.end).split(/\r?\n/);
  const head = body ? line.replace(/\{[^{}"]*\}?[^{}"]*$/, "") : line.replace(/\{\s*$/, "");
  return { place: shortPlace(span), text: head.trim().replace(/\s+/g, " ") };
}
