// The nodes of a flow as it was written. Nothing is looked up or read here: that is program/'s and steps/'s.
// grammar/ubootc.peggy makes them; grammar/README.md describes the language.
import type { Span } from "../diagnostics/index.js";

/** A word that names something: letters, digits, `_`, `-`. */
export interface Name {
  readonly type: "name";
  readonly span: Span;
  readonly name: string;
}

/** `{name}` or `{client.name}`: replaced when compiling. */
export interface Interpolation {
  readonly type: "interpolation";
  readonly span: Span;
  readonly path: readonly string[];
}

/** `${name}`: read by U-Boot when booting. */
export interface Variable {
  readonly type: "variable";
  readonly span: Span;
  readonly name: string;
}

/** `"…"`, taken apart. */
export interface Text {
  readonly type: "text";
  readonly span: Span;
  readonly parts: readonly (string | Interpolation | Variable)[];
}

/** An unquoted word that is not a mere name: `192.168.0.250`, `512M`, `0x80000`, `2s`, `0:1`. */
export interface Bare {
  readonly type: "bare";
  readonly span: Span;
  readonly text: string;
}

export type Value = Text | Bare | Name | Interpolation | Variable;

/** Something declared elsewhere, by its name or by a value known when compiling. */
export type Reference = Name | Interpolation;

/** `key value` inside the braces of a declaration. */
export interface Property {
  readonly span: Span;
  readonly key: Name;
  readonly value: Value;
}

/** What all nodes of declarations and statements have. */
export interface Item<T extends string> {
  readonly type: T;
  readonly span: Span;
  /** What stands before a declaration or a statement. */
  readonly allowances?: readonly Allow[];
}

/** `allow CODE "why"`: a finding that is known and meant. */
export interface Allow {
  readonly type: "allow";
  readonly span: Span;
  readonly code: Name;
  readonly why: string;
}

/** Where a statement gets its file from. */
export interface Device extends Item<"device"> {
  readonly kind: Name;
  /** `0:1` on storage, a directory with nfs and http, interface and number after `device`. */
  readonly where?: Value;
}

export type Block = readonly Statement[];

export interface NetworkStatement extends Item<"network"> {
  readonly properties: readonly Property[];
}
export interface PingStatement extends Item<"ping"> {
  readonly host: Value;
}
export interface LoadStatement extends Item<"load"> {
  readonly what: Reference;
  readonly to?: Value;
  readonly from?: Device;
}
/** `load "FILE" to ADDRESS`: a file that the build does not make, by the name that the board has for it. */
export interface FetchStatement extends Item<"fetch"> {
  readonly file: Text;
  readonly to: Value;
  readonly from?: Device;
}
/** A command of U-Boot that the language has a form for: what is done with what is in memory. */
export interface CallStatement extends Item<"call"> {
  readonly verb: CallVerb;
  /** The command's words; texts are as they are. */
  readonly words: readonly (string | Value | Device)[];
}
export type CallVerb = "boot" | "chain" | "import" | "fdt" | "part";
export interface ChainStatement extends Item<"chain"> {
  readonly script: Reference;
  readonly to?: Value;
  readonly from?: Device;
}
export interface BootStatement extends Item<"boot"> {
  readonly kernel: Reference;
  /** Of a FIT; chosen by the compiler when left out. */
  readonly config?: Value;
  readonly with: readonly Reference[];
}
/** `console X`, `root X`, `ip X`, or text as it is. */
export interface Argument {
  readonly span: Span;
  readonly key?: Name;
  readonly value: Value;
}
export interface BootargsStatement extends Item<"bootargs"> {
  readonly arguments: readonly Argument[];
}
export interface SetStatement extends Item<"set"> {
  readonly name: Name;
  readonly value: Value;
  /** A variable of the shell: nothing is stored. */
  readonly local?: true;
}
export interface UnsetStatement extends Item<"unset"> {
  readonly name: Name;
}
export interface IfStatement extends Item<"if"> {
  readonly condition: Test;
  readonly body: Block;
  readonly otherwise: Block;
}
export interface TryStatement extends Item<"try"> {
  readonly body: Block;
  /** What runs when all of the body succeeded; a failure in here is not caught. */
  readonly next: Block;
  readonly otherwise: Block;
}
export interface RetryStatement extends Item<"retry"> {
  /** Undefined for `retry forever`. */
  readonly count?: Bare;
  readonly pause?: Bare;
  readonly body: Block;
}
/** `for each NAME in VALUES`: once for each word. */
export interface EachStatement extends Item<"each"> {
  readonly name: Name;
  readonly values: Value;
  readonly body: Block;
}
export interface PrintStatement extends Item<"print"> {
  readonly text: Text;
}
export interface SleepStatement extends Item<"sleep"> {
  readonly duration: Bare;
}
export interface RunStatement extends Item<"run"> {
  readonly name: Name;
}
export interface FailStatement extends Item<"fail"> {
  readonly text: Text;
}
export interface UbootStatement extends Item<"uboot"> {
  readonly text: Text;
}
export type PlainStatement = Item<"dhcp" | "save" | "reset" | "poweroff" | "shell">;

export type Statement =
  | PlainStatement
  | NetworkStatement
  | PingStatement
  | LoadStatement
  | FetchStatement
  | CallStatement
  | ChainStatement
  | BootStatement
  | BootargsStatement
  | SetStatement
  | UnsetStatement
  | IfStatement
  | TryStatement
  | RetryStatement
  | EachStatement
  | PrintStatement
  | SleepStatement
  | RunStatement
  | FailStatement
  | UbootStatement;

/** What follows `if`. */
export type Test =
  | (Item<"and" | "or"> & { readonly left: Test; readonly right: Test })
  | (Item<"not"> & { readonly test: Test })
  | (Item<"defined"> & { readonly name: Name })
  | (Item<"exists"> & { readonly file: Text; readonly device: Device })
  | (Item<"compare"> & {
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly left: Value;
      readonly right: Value;
    });
