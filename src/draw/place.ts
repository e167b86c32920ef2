// A statement as it is shown in a drawing: its line as it was written, and where that is.
import { shortPlace } from "../diagnostics/index.js";
import type { Statement } from "../language/index.js";

/** A line of the flow. */
export interface Place {
  /** `zero-client.boot:23`. */
  readonly place: string;
  /** `boot linux with pi3`: without the block behind it, blanks made single. */
  readonly text: string;
}

/** The first line of `statement`. */
export function placeOf(statement: Statement): Place {
  const { span } = statement;
  const inner = "body" in statement ? statement.body[0]?.span.start : undefined;
  const [line = ""] = span.source.text.slice(span.start, inner ?? span.end).split(/\r?\n/);
  const head =
    "body" in statement ? line.replace(/\{[^{}"]*\}?[^{}"]*$/, "") : line.replace(/\{\s*$/, "");
  return { place: shortPlace(span), text: head.trim().replace(/\s+/g, " ") };
}
