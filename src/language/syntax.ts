// The nodes of a flow as it was written. Nothing is looked up or read here: that is program/'s and steps/'s.
// grammar/ubootc.peggy makes them; grammar/README.md describes the language.
import type { Span } from "../diagnostics/index.js";
import type { TestStatement } from "./test-syntax.js";

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

export interface BoardDeclaration extends Item<"board"> {
  readonly name: Name;
  readonly from?: Name;
  readonly properties: readonly Property[];
}

export interface ServerDeclaration extends Item<"server"> {
  readonly addresses: readonly Value[];
  readonly properties: readonly Property[];
}

export interface ParamDeclaration extends Item<"param"> {
  readonly name: Name;
  readonly value?: Value;
}

/** `kernel`, `dtb`, `overlay`, `initrd`, `file`: something that is provided to the board. */
export interface ProvisionDeclaration extends Item<"provision"> {
  readonly kind: "kernel" | "dtb" | "overlay" | "initrd" | "file";
  readonly name: Name;
  /** The input, or undefined for `from firmware`: what the board's firmware passed. */
  readonly from?: Text;
  readonly container?: "uimage";
  readonly as?: Text;
  readonly place?: Name;
  readonly properties: readonly Property[];
}

/** `fit NAME { … }`: an image tree of provisions, with configurations. */
export interface FitDeclaration extends Item<"fit"> {
  readonly name: Name;
  readonly as?: Text;
  readonly place?: Name;
  readonly items: readonly FitItem[];
}

/** What a FIT holds, or what one of its configurations is made of. */
export interface FitPart extends Item<"part"> {
  readonly kind: "kernel" | "dtb" | "overlay" | "initrd";
  readonly names: readonly Name[];
  /** The kernel is started where it lies in the file. */
  readonly noload: boolean;
}
export interface FitConfigItem extends Item<"config"> {
  readonly name: Text;
  readonly parts: readonly FitPart[];
  readonly properties: readonly Property[];
}
export type FitItem =
  | FitPart
  | FitConfigItem
  | SignDeclaration
  | (Item<"default"> & { readonly config: Text })
  | (Item<"hash"> & { readonly names: readonly Name[] })
  | (Item<"external"> & { readonly align?: Value; readonly position?: Value });

/** `sign "KEY"`: of a FIT, or of all FITs of the flow that have none of their own. */
export interface SignDeclaration extends Item<"sign"> {
  readonly key: Text;
  readonly properties: readonly Property[];
}

export interface NfsrootDeclaration extends Item<"nfsroot"> {
  readonly name: Name;
  readonly at: Text;
  readonly properties: readonly Property[];
}

/** Without a name it is `client *`, the defaults. */
export interface ClientDeclaration extends Item<"client"> {
  readonly name?: Name;
  readonly properties: readonly Property[];
}

/** `network { dhcp proxy SUBNET … }` or `network { dhcp range FIRST..LAST … }`: who gives addresses. */
export interface NetworkDeclaration extends Item<"network"> {
  readonly mode: "proxy" | "range";
  readonly range: Value;
  readonly properties: readonly Property[];
}

export interface ClientsDeclaration extends Item<"clients"> {
  readonly from: Text;
}

export interface ScriptDeclaration extends Item<"script"> {
  readonly name: Name;
  readonly place: Name;
  readonly file: Text;
  readonly forEachClient: boolean;
  readonly container?: "fit";
  readonly body: Block;
}

/** `test "…" { … }`: a simulated boot, and how it is to end. */
export interface TestDeclaration extends Item<"test"> {
  readonly title: Text;
  readonly body: readonly TestStatement[];
}

/** A line of config.txt: a filter such as `[pi4]`, or a setting. */
export interface ConfigLine {
  readonly span: Span;
  /** What stands between the brackets. */
  readonly filter?: string;
  readonly key?: Name;
  readonly value?: Value;
}

/** What the board's own firmware boots from, before U-Boot or without it. */
export interface FirmwareDeclaration extends Item<"firmware"> {
  readonly place: Name;
  readonly forEachClient: boolean;
  readonly files: readonly Text[];
  readonly config: readonly ConfigLine[];
  readonly cmdline?: readonly Argument[];
  readonly properties: readonly Property[];
}

/** Settings of the bootloader that a Raspberry Pi 4 or 5 has in its EEPROM. */
export interface EepromDeclaration extends Item<"eeprom"> {
  /** The settings it has now, as `rpi-eeprom-config` prints them. */
  readonly from?: Text;
  readonly properties: readonly Property[];
}

export interface IncludeDeclaration extends Item<"include"> {
  readonly from: Text;
}

export type Declaration =
  | BoardDeclaration
  | ServerDeclaration
  | ParamDeclaration
  | ProvisionDeclaration
  | FitDeclaration
  | SignDeclaration
  | NfsrootDeclaration
  | ClientDeclaration
  | ClientsDeclaration
  | NetworkDeclaration
  | ScriptDeclaration
  | FirmwareDeclaration
  | EepromDeclaration
  | TestDeclaration
  | IncludeDeclaration;

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

/** A flow, or a part of one that is included. */
export interface SyntaxTree {
  readonly declarations: readonly Declaration[];
}
