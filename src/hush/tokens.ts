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
  const { dialect, again, blanks } = options;
  const key = JSON.stringify([dialect, again ?? false, blanks ?? null, text]);
  const tokens = lately.get(key) ?? (parse(text, options) as Token[]);
  lately.delete(key);
  if (text.length <= REMEMBERED_LENGTH) lately.set(key, tokens);
  for (const oldest of lately.keys()) {
    if (lately.size <= REMEMBERED) break;
    lately.delete(oldest);
  }
  return tokens;
}

/** What was split last, the newest last: a script that tries for ever is read over and over. */
const lately = new Map<string, readonly Token[]>();
const REMEMBERED = 200;
/** In characters. */
const REMEMBERED_LENGTH = 20_000;
