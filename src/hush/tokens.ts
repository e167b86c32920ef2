// The door to the generated parser: a text as tokens. grammar/hush.peggy says what a word is.
import { parse } from "./grammar.js";
import type { Dialect, Token } from "./tree.js";

export interface TokenOptions {
  readonly dialect: Dialect;
  /** The old parser's second reading of a command: `$ ; & |` are ordinary. */
  readonly again?: boolean;
  /** What separates words for the old parser, from IFS. Default: blank, tab and newline. */
  readonly blanks?: string;
}

/** Splits `text`: any text gives tokens, and together they are the text. */
export function tokenize(text: string, options: TokenOptions): readonly Token[] {
  return parse(text, options) as Token[];
}
