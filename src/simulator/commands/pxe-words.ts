// The words of extlinux.conf and its like: lines, comments, words and the rest of a line.
// Governed by get_token in boot/pxe_utils.c.

/** Nothing more on the line. */
export const END_OF_LINE = Symbol("line");
/** Nothing more at all. */
export const END_OF_FILE = Symbol("file");

/** What is read next. */
export type Token = string | typeof END_OF_LINE | typeof END_OF_FILE;

/** Where complaints go. */
export interface Telling {
  print(text: string): void;
}

/** A text that is read word by word. */
export class Words<Reading extends Telling> {
  at = 0;

  constructor(
    public text: string,
    readonly reading: Reading,
  ) {}

  /** The next word, in small letters. */
  keyword(): Token {
    const token = this.#token(/[^\s]*/y);
    return typeof token === "string" ? token.toLowerCase() : token;
  }

  /** Gives `take` the rest of the line; false, and says so, where there is none. */
  literal(take: (text: string) => void, wanted = "string literal"): boolean {
    const start = this.at;
    const token = this.#token(/[^\n]*/y);
    if (typeof token === "string") {
      take(token);
      return true;
    }
    this.reading.print(`Expected ${wanted}: ${this.text.slice(start, this.at)}\n`);
    return false;
  }

  /** Gives `take` the decimal number at the start of the rest of the line. */
  integer(take: (value: number) => void): boolean {
    return this.literal((text) => take(Number(/^-?\d+/.exec(text)?.[0] ?? 0)), "string");
  }

  /** Goes to the end of the line. */
  skipLine(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  ignore(what: string, start: number): void {
    this.reading.print(`Ignoring ${what}: ${this.text.slice(start, this.at)}\n`);
    this.skipLine();
  }

  malformed(start: number): void {
    this.reading.print(`Ignoring malformed menu command: ${this.text.slice(start, this.at)}\n`);
  }

  #token(pattern: RegExp): Token {
    this.at += match(/[ \t]*(?:#[^\n]*)?/y, this.text, this.at).length;
    if (this.at >= this.text.length) return END_OF_FILE;
    if (this.text[this.at] === "\n") {
      this.at += 1;
      return END_OF_LINE;
    }
    const found = match(pattern, this.text, this.at);
    this.at += found.length;
    return found;
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
