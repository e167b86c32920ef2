// A source text with a name, and places in it. Positions are UTF-16 offsets, as in JavaScript
// strings; lines and columns are counted from 1.

/** A text that a person wrote: a flow, a client table. */
export interface Source {
  /** As it is shown: the path the person typed or wrote. */
  readonly name: string;
  readonly text: string;
}

/** A stretch of a source, `end` not included. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Line and column of an offset, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<Source, number[]>();

function startsOf(source: Source): number[] {
  let starts = lineStarts.get(source);
  if (!starts) {
    starts = [0];
    for (let at = source.text.indexOf("\n"); at >= 0; at = source.text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    lineStarts.set(source, starts);
  }
  return starts;
}

/** Where `offset` stands in `source`. */
export function positionOf(source: Source, offset: number): Position {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}

/** The text of line `line`, without its end. */
export function lineText(source: Source, line: number): string {
  const starts = startsOf(source);
  const end = starts[line] === undefined ? source.text.length : (starts[line] as number) - 1;
  return source.text.slice(starts[line - 1], end).replace(/\r$/, "");
}

/** `zero-client.boot:23`: the last part of the name and the line, for messages on a console. */
export function shortPlace(span: Span): string {
  let place = places.get(span);
  if (place === undefined) {
    const file = span.source.name.split(/[\\/]/).at(-1) ?? span.source.name;
    place = `${file}:${positionOf(span.source, span.start).line}`;
    places.set(span, place);
  }
  return place;
}

// Asked for the same statements again and again, once for each client.
const places = new WeakMap<Span, string>();
