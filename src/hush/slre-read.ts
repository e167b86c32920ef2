// The regular expressions of U-Boot's `setexpr sub`, `setexpr gsub` and `test =~`, read: | . ^ $ * +
// ? *? +? ( ) [ ] \s \S \d \n \r \t \0. How they match is in slre.ts.

/** One piece of an expression. */
export type Piece =
  | { readonly kind: "text"; text: string }
  | { readonly kind: "class"; readonly inverted: boolean; readonly members: readonly Member[] }
  | { readonly kind: Single | "start" | "end" }
  | { readonly kind: "open" | "close"; readonly group: number }
  | { readonly kind: "either"; readonly first: Pieces; readonly second: Pieces }
  | { readonly kind: "repeat"; readonly by: Repetition; readonly body: Pieces };

export type Pieces = readonly Piece[];
export type Single = "any" | "space" | "nonspace" | "digit";
export type Repetition = "*" | "+" | "*?" | "+?" | "?";
/** Whether a character belongs to a class. */
export type Member = (character: string) => boolean;

/** Thrown where U-Boot goes round for ever. */
export class Endless extends Error {}

/** The kinds of single characters. */
export const belongs: Readonly<Record<Single, Member>> = {
  any: () => true,
  space: (character) => /[\t-\r ]/.test(character),
  nonspace: (character) => !/[\t-\r ]/.test(character),
  digit: (character) => /[0-9]/.test(character),
};

const kinds: Readonly<Record<string, Single>> = { s: "space", S: "nonspace", d: "digit" };
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", 0: "\0" };

/** Reads an expression. Since 2025.10 (`isNew`) classes know ranges and \s \S \d. */
export class SlreReader {
  /** What U-Boot has against the expression. */
  error: string | undefined;
  #at = 0;
  #groups = 0;

  constructor(
    private readonly source: string,
    private readonly isNew: boolean,
  ) {}

  /** @throws Endless */
  all(): Pieces {
    const pieces = this.#list(0);
    // What an unexpected ) leaves unread is tried again and again.
    if (this.#at < this.source.length) throw new Endless();
    return [{ kind: "open", group: 0 }, ...pieces, { kind: "close", group: 0 }];
  }

  /** Up to the end, or the bracket that closes group `level`. */
  #list(level: number): Pieces {
    let before: Pieces | undefined;
    let current: Piece[] = [];
    /** Where in `current` the piece begins that a repetition is for. */
    let last = 0;
    const whole = (): Pieces =>
      before ? [{ kind: "either", first: before, second: current }] : current;
    for (;;) {
      const character = this.source[this.#at];
      if (character === ")" && level === 0) this.error = "Unbalanced brackets";
      if (character === undefined || character === ")") return whole();
      this.#at += 1;
      if (character === "|") {
        before = whole();
        current = [];
        last = 0;
      } else if (character === "*" || character === "+" || character === "?") {
        this.#repeat(current, last, character);
      } else if (character === "^" || character === "$") {
        current.push({ kind: character === "^" ? "start" : "end" });
      } else {
        last = current.length;
        current.push(...this.#single(character));
      }
    }
  }

  #single(character: string): Pieces {
    switch (character) {
      case ".":
        return [{ kind: "any" }];
      case "[":
        return [this.#class()];
      case "\\": {
        const escaped = this.#escaped();
        return typeof escaped === "string"
          ? [{ kind: "text", text: escaped }]
          : [{ kind: escaped.kind }];
      }
      case "(":
        return this.#group();
    }
    const [text = ""] = /^[^|.^$*+?()[\\]+/.exec(this.source.slice(this.#at - 1)) ?? [];
    this.#at += text.length - 1;
    return [{ kind: "text", text }];
  }

  #group(): Pieces {
    this.#groups += 1;
    const group = this.#groups;
    const body = this.#list(group);
    if (this.source[this.#at] === ")") this.#at += 1;
    else this.error = "No closing bracket";
    return [{ kind: "open", group }, ...body, { kind: "close", group }];
  }

  #repeat(current: Piece[], last: number, sign: "*" | "+" | "?"): void {
    const isLazy = sign !== "?" && this.source[this.#at] === "?";
    if (isLazy) this.#at += 1;
    const by = (isLazy ? `${sign}?` : sign) as Repetition;
    const first = current[last];
    // Of a text only its last character is repeated, after all that came meanwhile.
    if (first?.kind === "text" && first.text.length > 1) {
      current.push({ kind: "repeat", by, body: [{ kind: "text", text: first.text.slice(-1) }] });
      first.text = first.text.slice(0, -1);
    } else {
      current.push({ kind: "repeat", by, body: current.splice(last) });
    }
  }

  /** What comes after a backslash: a character, or a kind of them. */
  #escaped(): string | { readonly kind: Single } {
    const character = this.source[this.#at++] ?? "\0";
    const kind = kinds[character];
    return kind ? { kind } : (controls[character] ?? character);
  }

  #class(): Piece {
    const inverted = this.source[this.#at] === "^";
    if (inverted) this.#at += 1;
    const members: Member[] = [];
    const start = this.#at;
    let before = "\0";
    for (;;) {
      const character = this.source[this.#at++];
      if (character === undefined) {
        this.#at -= 1;
        this.error = "No closing ']' bracket";
      }
      if (character === undefined || character === "]") break;
      const isRange =
        this.isNew && character === "-" && this.#at - 1 > start && this.source[this.#at] !== "]";
      const member =
        character === "\\" ? this.#escaped() : isRange ? this.source[this.#at++] : character;
      if (member === undefined) continue;
      if (typeof member !== "string") {
        if (this.isNew) members.push(belongs[member.kind]);
      } else if (isRange) {
        const first = before;
        members.push((each) => first <= each && each <= member);
      } else {
        members.push((each) => each === member);
      }
      before = typeof member === "string" ? member : "\0";
    }
    return { kind: "class", inverted, members };
  }
}
