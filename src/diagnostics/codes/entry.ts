// What a row of the table of codes has, and the words that many of them need.
export type Severity = "error" | "warning";

/** One row of the table: `D` is what the words need to know. */
export interface Entry<D> {
  readonly severity: Severity;
  /** Found by a check: a judgement, which `-W` and `allow` can change. */
  readonly check?: true;
  /** One line: what is wrong, with the names and numbers of the case. */
  readonly message: (data: D) => string;
  /** What to type instead; undefined when there is nothing better to say than the message. */
  readonly help?: (data: D) => string | undefined;
  /** The same where it is found in a script that was written by hand, and the help would not fit. */
  readonly byHand?: (data: D) => string | undefined;
  /** The page of `ubootc explain`: why this is a fault, and what to do, in a few sentences. */
  readonly explain: string;
}

/** The row of something that nobody can mean. */
export const code = <D>(entry: Entry<D>) => entry;

/** The row of something that a check finds: a judgement. */
export const check = <D>(entry: Entry<D>): Entry<D> => ({ ...entry, check: true });

/** `a, b or c`, with `last` in front of the last one. */
export const list = (words: readonly string[], last: string): string =>
  words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
export const oneOf = (words: readonly string[]): string => list(words, "or");
export const quoted = (words: readonly string[]): string =>
  oneOf(words.map((each) => `\`${each}\``));

/** The paragraphs of a page of `ubootc explain`. */
export const page = (...paragraphs: readonly string[]): string => paragraphs.join("\n\n");

/** A character or word as it is named; those that cannot be seen, by their number. */
export const named = (found: string): string => {
  if (found === " " || found === "\t") return "a space";
  const unseen = /^[\p{C}\p{Z}]/u.test(found) || found === "\ufffd";
  const number = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return unseen ? `a character that cannot be seen (U+${number})` : `\`${found}\``;
};

/** As much of a long text as fits into a message. */
export const shortened = (text: string): string => {
  const MOST = 60;
  return text.length <= MOST ? text : `${text.slice(0, MOST - 10)}…${text.slice(-9)}`;
};

/** A name that means nothing, with the one that was probably meant. */
export interface Misspelt {
  name: string;
  nearest?: string | undefined;
}
export const didYouMean = ({ nearest }: { nearest?: string | undefined }) =>
  nearest && `did you mean \`${nearest}\`?`;
