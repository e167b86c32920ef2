// The syntax tree of a flow's declarations; statements and values are in syntax.ts.
import type { Span } from "../diagnostics/index.js";
import type { Argument, Block, Item, Name, Property, Text, Value } from "./syntax.js";
import type { TestStatement } from "./test-syntax.js";

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

/** A flow, or a part of one that is included. */
export interface SyntaxTree {
  readonly declarations: readonly Declaration[];
}
