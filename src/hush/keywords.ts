// The words that make compound commands, and what may come after each: the same in both parsers,
// but for one.
import type { Dialect, Keyword } from "./tree.js";

interface Place {
  /** Whether it begins a compound command. */
  readonly opens?: boolean;
  /** Whether it ends one. */
  readonly closes?: boolean;
  /** The keywords that may be the next of the same compound command. */
  readonly follow: readonly Keyword[];
}

const places: ReadonlyMap<string, Place> = new Map<Keyword, Place>([
  ["if", { opens: true, follow: ["then"] }],
  ["then", { follow: ["elif", "else", "fi"] }],
  ["elif", { follow: ["then"] }],
  ["else", { follow: ["fi"] }],
  ["fi", { closes: true, follow: [] }],
  ["for", { opens: true, follow: ["in"] }],
  ["in", { follow: ["do"] }],
  ["while", { opens: true, follow: ["do"] }],
  ["until", { opens: true, follow: ["do"] }],
  ["do", { follow: ["done"] }],
  ["done", { closes: true, follow: [] }],
]);

/** Whether a command that begins with `text` is part of a compound command. */
export function isKeyword(text: string): text is Keyword {
  return places.has(text);
}

export const opens = (keyword: Keyword): boolean => places.get(keyword)?.opens ?? false;
export const closes = (keyword: Keyword): boolean => places.get(keyword)?.closes ?? false;

/** Whether `next` may come after `keyword`. `for x; do` is something to the modern parser only. */
export function follows(dialect: Dialect, keyword: Keyword, next: Keyword): boolean {
  return Boolean(
    places.get(keyword)?.follow.includes(next) ||
      (dialect === "modern" && keyword === "for" && next === "do"),
  );
}
