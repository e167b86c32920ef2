// The small engine behind `setexpr sub`, `setexpr gsub` and `test =~`. It never goes back on an
// alternative, on a `?`, or on what a repetition has taken; a repetition takes as much (or as little)
// as lets the rest of its own list match. slre-read.ts reads the expressions.
import { belongs, Endless, type Member, type Piece, type Pieces, SlreReader } from "./slre-read.js";

/** An expression that can be matched, or what U-Boot has against it. */
export type Slre =
  | {
      readonly pieces: Pieces;
      /** Only looked for at the beginning. */
      readonly anchored: boolean;
      readonly isNew: boolean;
      readonly error: undefined;
    }
  | { readonly error: string };

/** The text of the match and of each group; a group that took no part is empty. */
export type Groups = readonly string[];

/** U-Boot never comes to an end. */
export type Forever = "endless";

/** How much an expression may take in U-Boot's form, bytes. */
const room = 256;

/** Reads an expression. `isNew`: since 2025.10. */
export function compileSlre(source: string, isNew: boolean): Slre | Forever {
  return unlessEndless(() => {
    const reader = new SlreReader(source, isNew);
    const pieces = reader.all();
    const error = sizeOf(pieces) + 1 > room ? "RE is too long (code overflow)" : reader.error;
    return error === undefined
      ? { pieces, anchored: !isNew && source.startsWith("^"), isNew, error }
      : { error };
  });
}

/** The first match of `slre` in `text`. */
export function matchSlre(
  slre: Slre & { readonly error: undefined },
  text: string,
): Groups | undefined | Forever {
  const matcher = new Matcher(text);
  const last = slre.anchored ? 0 : slre.isNew ? text.length : text.length - 1;
  return unlessEndless(() => {
    for (let at = 0; at <= last; at++) {
      matcher.at = at;
      if (matcher.list(slre.pieces, 0, true)) return matcher.groups;
    }
    return undefined;
  });
}

function unlessEndless<T>(body: () => T): T | Forever {
  try {
    return body();
  } catch (error) {
    if (error instanceof Endless) return "endless";
    throw error;
  }
}

type Repeat = Extract<Piece, { kind: "repeat" }>;

/** How long U-Boot's form of `pieces` is, bytes. */
function sizeOf(pieces: Pieces): number {
  const sizes = pieces.map((piece): number => {
    switch (piece.kind) {
      case "text":
      case "class":
        return 3;
      case "open":
      case "close":
        return 2;
      case "repeat":
        return 3 + sizeOf(piece.body);
      case "either":
        return 5 + sizeOf(piece.first) + sizeOf(piece.second);
      default:
        return 1;
    }
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

class Matcher {
  /** Where it stands. After a list that does not match: where that broke off. */
  at = 0;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  constructor(private readonly text: string) {}

  get groups(): Groups {
    return Array.from(this.#starts, (start, group) => {
      const length = this.#lengths[group] ?? 0;
      return start === undefined ? "" : this.text.slice(start, start + length);
    });
  }

  /** Matches `pieces` from number `first` on. Inside of repetitions groups are not `noted`. */
  list(pieces: Pieces, first: number, noted: boolean): boolean {
    for (let index = first; index < pieces.length; index++) {
      if (!this.#piece(pieces, index, noted)) return false;
    }
    return true;
  }

  #piece(pieces: Pieces, index: number, noted: boolean): boolean {
    const piece = pieces[index] as Pieces[number];
    const { at, text } = this;
    switch (piece.kind) {
      case "text":
        return text.startsWith(piece.text, at) && this.#advance(piece.text.length);
      case "class":
        return this.#single(
          (each) => piece.members.some((holds) => holds(each)) !== piece.inverted,
        );
      case "start":
        return at === 0;
      case "end":
        return at === text.length;
      case "open":
        if (noted) this.#starts[piece.group] = at;
        return true;
      case "close":
        if (noted) this.#lengths[piece.group] = at - (this.#starts[piece.group] ?? at);
        return true;
      case "either":
        return (
          this.list(piece.first, 0, noted) || this.#back(at) || this.list(piece.second, 0, noted)
        );
      case "repeat":
        return this.#repeat(piece, pieces, index, noted);
      default:
        return this.#single(belongs[piece.kind]);
    }
  }

  #repeat({ by, body }: Repeat, pieces: Pieces, index: number, noted: boolean): boolean {
    const { at } = this;
    if (by === "?") {
      if (!this.list(body, 0, noted)) this.#back(at);
      return true;
    }
    if (by.startsWith("+") && !this.list(body, 0, noted)) return false;
    if (by.endsWith("?")) this.#takeLittle(body, pieces, index);
    else this.#takeMuch(body, pieces, index);
    return true;
  }

  #takeMuch(body: Pieces, pieces: Pieces, index: number): void {
    let best = this.at;
    for (let before = this.at; this.list(body, 0, false); before = this.at) {
      if (this.at === before) throw new Endless();
      const taken = this.at;
      if (this.list(pieces, index + 1, false)) best = taken;
      this.#back(taken);
    }
    this.#back(best);
  }

  /** Once at least, if it can. It goes on from where the rest broke off. */
  #takeLittle(body: Pieces, pieces: Pieces, index: number): void {
    let taken = this.at;
    for (let before = this.at; this.list(body, 0, false); before = this.at) {
      taken = this.at;
      if (this.list(pieces, index + 1, false)) break;
      if (this.at === before) throw new Endless();
    }
    this.#back(taken);
  }

  #single(holds: Member): boolean {
    const character = this.text[this.at];
    return character !== undefined && holds(character) && this.#advance(1);
  }

  #advance(length: number): true {
    this.at += length;
    return true;
  }

  #back(at: number): false {
    this.at = at;
    return false;
  }
}
