// What a help says to type, as a change to a text: for editors, and for the test that a help that is
// followed leads to a flow that compiles. A help of which only a person knows the end has none.
import type { Source, Span } from "./source.js";

/** `text` in the place of what stands at `span`, which is empty where something is put in. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A change beside a place: so many characters before it and from it on, and what takes their place. */
export interface Change {
  readonly cut?: number;
  readonly eat?: number;
  readonly text: string;
}

/** `change` at `start` of `source`. */
export function editAt(source: Source, start: number, { cut = 0, eat = 0, text }: Change): Edit {
  return { span: { source, start: start - cut, end: start + eat }, text };
}

/** The text of `source` with all of `edits` that are of it, which do not touch each other. */
export function edited(source: Source, edits: readonly Edit[]): string {
  const own = edits.filter(({ span }) => span.source.name === source.name);
  return [...own]
    .sort((left, right) => right.span.start - left.span.start)
    .reduce(
      (text, { span, text: by }) => text.slice(0, span.start) + by + text.slice(span.end),
      source.text,
    );
}

/** What a row of the table says to type: its edits, from what its words know and its places. */
export type Typed<D> = (data: D, places: readonly Span[]) => readonly Edit[];

/** `textOf` its data in the place of the guilty stretch; nothing where that is undefined. */
export const instead =
  <D>(textOf: (data: D) => string | undefined): Typed<D> =>
  (data, [place]) => {
    const text = textOf(data);
    return place === undefined || text === undefined ? [] : [{ span: place, text }];
  };

/** The first stretch of a place that `pattern` finds, replaced by `textOf` what was found. */
export const within =
  <D>(pattern: RegExp, textOf: (found: RegExpExecArray, data: D) => string): Typed<D> =>
  (data, places) => {
    for (const { source, start, end } of places) {
      const found = pattern.exec(source.text.slice(start, end));
      if (!found) continue;
      const at = start + found.index;
      const span = { source, start: at, end: at + found[0].length };
      return [{ span, text: textOf(found, data) }];
    }
    return [];
  };

/** Without the first stretch of a place that `pattern` finds. */
export const without = <D>(pattern: RegExp): Typed<D> => within(pattern, () => "");

/** With a line of text before the one that the guilty place begins on, as far in as that. */
export const lineBefore =
  <D>(textOf: (data: D) => string | undefined): Typed<D> =>
  (data, [place]) => {
    const text = textOf(data);
    if (place === undefined || text === undefined) return [];
    const { source, start } = place;
    const line = source.text.lastIndexOf("\n", start - 1) + 1;
    const margin = /^[ \t]*/.exec(source.text.slice(line))?.[0] ?? "";
    return [{ span: { source, start: line, end: line }, text: `${margin}${text}\n` }];
  };

/** Without the lines of the guilty place, or only the place where something else stands on them. */
export const lineOut: Typed<unknown> = (_data, [place]) => {
  if (place === undefined) return [];
  const { source, start, end } = place;
  const { text } = source;
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const last = text.indexOf("\n", end);
  const after = last < 0 ? text.length : last;
  const alone =
    text.slice(first, start).trim() === "" && /^\s*(?:#.*)?$/.test(text.slice(end, after));
  const span = alone ? { source, start: first, end: Math.min(after + 1, text.length) } : place;
  return [{ span, text: "" }];
};
