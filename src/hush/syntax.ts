// The tree of a U-Boot script, as far as ubootc writes it: only forms that mean the same in the
// old and the modern parser. What they cannot both do (mixed && and ||, `exit`, `!`, groups) has no
// node here.

/** A stretch of text, or the value of a variable when the script runs. */
export type Part = string | { readonly variable: string };

/** One argument, whatever is in it. */
export type Word = readonly Part[];

/** A command with its arguments. */
export interface Command {
  readonly type: "command";
  readonly words: readonly Word[];
}

/**
 * A variable of the shell itself, not of the environment. The value is never empty: `x=` removes
 * the variable in recent versions and does nothing in 2023.01.
 */
export interface Assignment {
  readonly type: "assignment";
  readonly name: string;
  readonly value: Word;
}

/** `a || b || c` or `a && b && c`: the operands in turn until one succeeds, or fails. */
export interface Chain {
  readonly type: "or" | "and";
  readonly operands: readonly Simple[];
}

/** What stands in a chain. */
export type Simple = Command | Assignment | Raw;

/** A condition: its status decides. */
export type Condition = Command | Chain | Raw;

/** Without `otherwise` its own status must not be relied on. */
export interface If {
  readonly type: "if";
  readonly condition: Condition;
  readonly body: List;
  readonly otherwise: List;
}

/**
 * The body once for each value. A word without variables is one value; one with a variable is split where
 * the variable's value has spaces.
 */
export interface For {
  readonly type: "for";
  readonly variable: string;
  readonly values: readonly Word[];
  readonly body: List;
}

/** The body as long as the condition succeeds. */
export interface While {
  readonly type: "while";
  readonly condition: Condition;
  readonly body: List;
}

/** A line that the shell skips. */
export interface Comment {
  readonly type: "comment";
  readonly text: string;
}

/** Text that somebody else answers for, on one line. */
export interface Raw {
  readonly type: "raw";
  readonly text: string;
}

export type Node = Command | Assignment | Chain | If | For | While | Comment | Raw;

/** Nodes one after the other; a failing one stops nothing. */
export type List = readonly Node[];

/** A word without variables. */
export const literal = (text: string): Word => [text];

/** The value of the variable `name`. */
export const variable = (name: string): Word => [{ variable: name }];

/** A command from words and plain strings. */
export function command(...words: (Word | string)[]): Command {
  const toWord = (word: Word | string): Word => (typeof word === "string" ? [word] : word);
  return { type: "command", words: words.map(toWord) };
}

/** `name=value`. */
export function assign(name: string, value: Word | string): Assignment {
  return { type: "assignment", name, value: typeof value === "string" ? [value] : value };
}

/** `operands` joined by `||`. */
export const or = (...operands: Simple[]): Chain => ({ type: "or", operands });
/** `operands` joined by `&&`. */
export const and = (...operands: Simple[]): Chain => ({ type: "and", operands });

/** `if condition; then body; else otherwise; fi`. */
export function when(condition: Condition, body: List, otherwise: List = []): If {
  return { type: "if", condition, body, otherwise };
}
