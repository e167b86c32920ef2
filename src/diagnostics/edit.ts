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

/** What is to be typed for a finding, from what its words know and its places. */
export type Typed<D> = (data: D, places: readonly Span[]) => readonly Edit[];

const textAt = ({ source, start, end }: Span) => source.text.slice(start, end);

/** What takes the place of something that a pattern found. */
type By<D> = (found: RegExpExecArray, data: D) => string;

/** The first stretch that `pattern` finds in `place`, replaced. */
function replaced(place: Span, pattern: RegExp, textOf: (found: RegExpExecArray) => string) {
  const found = pattern.exec(textAt(place));
  if (!found) return undefined;
  const start = place.start + found.index;
  return { span: { ...place, start, end: start + found[0].length }, text: textOf(found) };
}

/** `textOf` its data in the place of the guilty stretch; nothing where that is undefined. */
export const instead =
  <D>(textOf: (data: D) => string | undefined): Typed<D> =>
  (data, [place]) => {
    const text = textOf(data);
    return place === undefined || text === undefined ? [] : [{ span: place, text }];
  };

/** `nearest` in the place of `name`, where the guilty stretch has that: quotes and braces stay. */
export const respelt: Typed<{ name: string; nearest?: string | undefined }> = (
  { name, nearest },
  [place],
) => {
  if (place === undefined || nearest === undefined) return [];
  const at = textAt(place).lastIndexOf(name);
  const start = place.start + at;
  return at < 0 ? [] : [{ span: { ...place, start, end: start + name.length }, text: nearest }];
};

/** The first stretch of any of the places that `pattern` finds, replaced. */
export const within =
  <D>(pattern: RegExp, textOf: By<D> = () => ""): Typed<D> =>
  (data, places) => {
    for (const place of places) {
      const edit = replaced(place, pattern, (found) => textOf(found, data));
      if (edit) return [edit];
    }
    return [];
  };

/** The lines of the guilty place, without the end of the last one. */
function linesOf({ source, start, end }: Span): Span {
  const { text } = source;
  const after = text.indexOf("\n", Math.max(start, end - 1));
  return {
    source,
    start: text.lastIndexOf("\n", start - 1) + 1,
    end: after < 0 ? text.length : after,
  };
}

/** What `pattern` finds on the lines of the guilty place, or of any of `places`, replaced. */
export const onLine =
  <D>(pattern: RegExp, textOf: By<D> = () => ""): Typed<D> =>
  (data, places) =>
    within(pattern, textOf)(data, places.map(linesOf));

/** The same in the declaration that begins on the first of these lines: up to the next one. */
export const inDeclaration =
  <D>(pattern: RegExp, textOf: By<D> = () => ""): Typed<D> =>
  (data, [place]) => {
    if (place === undefined) return [];
    const { source, start } = linesOf(place);
    const next = /\n(?=[^\s}])|$/.exec(source.text.slice(start))?.index ?? 0;
    return within(pattern, textOf)(data, [{ source, start, end: start + next }]);
  };

/** The same in the whole text of the guilty place. */
export const inText =
  <D>(patternOf: (data: D) => RegExp, textOf: By<D> = () => ""): Typed<D> =>
  (data, [place]) => {
    if (place === undefined) return [];
    const { source } = place;
    return within(patternOf(data), textOf)(data, [{ source, start: 0, end: source.text.length }]);
  };

/** With a line of text before the one that the guilty place begins on, as far in as that. */
export const lineBefore =
  <D>(textOf: (data: D) => string | undefined): Typed<D> =>
  (data, [place]) => {
    const text = textOf(data);
    if (place === undefined || text === undefined) return [];
    const line = linesOf(place);
    const margin = /^[ \t]*/.exec(textAt(line))?.[0] ?? "";
    return [{ span: { ...line, end: line.start }, text: `${margin}${text}\n` }];
  };

/** Without the lines of the guilty place, or only the place where something else stands on them. */
export const lineOut: Typed<unknown> = (_data, [place]) => {
  if (place === undefined) return [];
  const { source, start, end } = linesOf(place);
  const before = source.text.slice(start, place.start);
  const after = source.text.slice(place.end, end);
  const alone = before.trim() === "" && /^\s*(?:#.*)?$/.test(after);
  const line = { source, start, end: Math.min(end + 1, source.text.length) };
  return [{ span: alone ? line : place, text: "" }];
};

/** Without the property whose name or value the guilty place is. */
export const propertyOut: Typed<unknown> = (_data, [place]) => {
  if (place === undefined) return [];
  const { text } = place.source;
  const value = /^(?:"(?:[^"\\]|\\.)*"|[^\s,{}]+)/;
  const key = /[A-Za-z]\w*[ \t]+$/.exec(text.slice(0, place.start))?.[0] ?? "";
  const isValue = value.exec(text.slice(place.start))?.[0].length === place.end - place.start;
  const named = /^[A-Za-z]\w*[ \t]+/.exec(text.slice(place.start))?.[0] ?? "";
  const end =
    isValue && !/^\s*[{,]?\s*$/.test(key) && !named
      ? place.end
      : place.start +
        named.length +
        (value.exec(text.slice(place.start + named.length))?.[0].length ?? 0);
  const start = named === "" ? place.start - key.length : place.start;
  const rest = /^[ \t]*,?[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  return [{ span: { ...place, start, end: end + rest }, text: "" }];
};

/** A property more in the braces of the board's declaration, which are made where it has none. */
export const sayOfBoard =
  <D extends { board: string }>(propertyOf: (data: D) => string): Typed<D> =>
  (data, [place]) => {
    if (place === undefined) return [];
    const { source } = place;
    const declared = new RegExp(`^[ \\t]*board[ \\t]+${data.board}\\b([^{}#\\n]*)(\\{)?`, "m");
    const found = declared.exec(source.text);
    if (!found) return [];
    const end = found.index + found[0].trimEnd().length;
    const property = propertyOf(data);
    const text = found[2] === undefined ? ` { ${property} }` : ` ${property} `;
    return [{ span: { source, start: end, end }, text }];
  };
