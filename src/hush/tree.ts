// The tree of a script as somebody wrote it: every form of both parsers, with positions. What the
// compiler writes is a small part of this and has its own, simpler nodes in syntax.ts.

/** Which of U-Boot's two parsers reads a text. */
export type Dialect = "old" | "modern";

/** A stretch of the source: offsets of its first character and of the one after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of text as the command gets it, that is without quotes and backslashes. */
export interface TextPart extends Span {
  readonly type: "text";
  readonly text: string;
  readonly quote: "none" | "backslash" | "single" | "double";
}

/** `$name` or `${name}`. The status is `$?` in the old and `?` in the modern parser. */
export interface VariablePart extends Span {
  readonly type: "variable";
  readonly name: string;
  readonly quote: "none" | "double";
}

export type WordPart = TextPart | VariablePart;

/** What becomes one argument, or several when a variable in it is split. */
export interface ScriptWord extends Span {
  readonly type: "word";
  readonly parts: readonly WordPart[];
}

export type Operator = ";" | "&" | "&&" | "||" | "|" | "(";

export type Broken = "single" | "double" | "name" | "endless-name" | "backslash";

/** A piece of the source. All of them in a row are the source, without a gap. */
export type Token =
  | ScriptWord
  | (Span & { readonly type: "blank" | "newline" })
  | (Span & { readonly type: "comment"; readonly text: string })
  | (Span & { readonly type: "operator"; readonly operator: Operator })
  /** From here on nothing can be read: what is missing is the end of quotes or of a name. */
  | (Span & { readonly type: "broken"; readonly what: Broken });

export type Keyword =
  | ("if" | "then" | "elif" | "else" | "fi")
  | ("for" | "in" | "while" | "until" | "do" | "done");

/** A command, assignment, or assignments before a command: what it is shows when it is expanded. */
export interface SimpleCommand extends Span {
  readonly type: "simple";
  readonly words: readonly ScriptWord[];
}

/** A keyword and what comes after it, up to the next keyword. */
export interface Section {
  /** `misplaced`: the old parser reads on after a keyword that has no place there. */
  readonly keyword: Keyword | "misplaced";
  /** Where the keyword is. */
  readonly at: Span;
  readonly body: Steps;
}

/** `if … fi`, `for … done` and their kind, as the row of their sections. */
export interface Compound extends Span {
  readonly type: "compound";
  readonly sections: readonly Section[];
  /** Its end is missing, and it runs all the same: once. */
  readonly partial?: boolean;
}

/** `{ …; }` or `( …; )`, which are the same: only the modern parser has them. */
export interface Group extends Span {
  readonly type: "group";
  readonly body: Steps;
}

export type ScriptCommand = SimpleCommand | Compound | Group;

/**
 * A command and the operator after it; a newline counts as `;`. The old parser has steps without
 * a command: in `false && ; echo` it is one of them that `&&` skips.
 */
export interface Step {
  readonly command?: ScriptCommand;
  /** Has `!` before it, which only the modern parser knows. */
  readonly inverted: boolean;
  readonly operator: ";" | "&" | "&&" | "||" | "|";
}

export type Steps = readonly Step[];

/** What is wrong, in the parser's terms. */
export type Fault =
  | { readonly kind: "broken"; readonly what: Broken }
  /** `&` or `|` by itself, `(`: an operator this parser does not have. */
  | { readonly kind: "operator"; readonly operator: string }
  /** A keyword where it cannot stand, or a `}` or `)` that closes nothing. */
  | { readonly kind: "misplaced"; readonly word: string }
  /** An argument after `fi` or `done`. */
  | { readonly kind: "argument"; readonly word: string }
  /** A compound command or group without its end: `word` began it. */
  | { readonly kind: "unfinished"; readonly word: string }
  /** `for` needs one variable, `in` in its place, and something to do. */
  | { readonly kind: "for" }
  /** What `for` names is no variable. */
  | { readonly kind: "variable" }
  /** Two `!` in a row. */
  | { readonly kind: "inversion" };

/** A fault and where it is. */
export type SyntaxFault = Fault & Span;

/** A whole script. */
export interface ScriptTree extends Span {
  readonly type: "script";
  readonly steps: Steps;
  readonly comments: readonly (Span & { readonly text: string })[];
}

/** What a word says when none of its parts is a variable; `quoted` when it shows quotes. */
export function literalText(word: ScriptWord): { text: string; quoted: boolean } | undefined {
  let text = "";
  for (const part of word.parts) {
    if (part.type === "variable") return undefined;
    text += part.text;
  }
  return { text, quoted: word.parts.some(({ quote }) => quote !== "none") };
}

/** From the first of `words` to the last. */
export function spanOf(words: readonly Span[]): Span {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}
