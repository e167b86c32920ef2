// The nodes of what stands in a test, as it was written.
import type { Bare, Device, Item, Name, Reference, SetStatement, Text, Value } from "./syntax.js";

/** Whose boards are switched on. */
export interface WhoStatement extends Item<"who"> {
  readonly clients: readonly Name[];
}
export interface StartStatement extends Item<"start"> {
  readonly script: Name;
}
/** `fault tftp "x" timeout after 4K times 2`: what goes wrong. */
export interface FaultStatement extends Item<"fault"> {
  /** `dhcp`, a protocol, `server`, `environment` or a device as after `from`. */
  readonly subject: Name;
  /** `0:1` of a device, the address of a server. */
  readonly where?: Bare;
  /** The file, by its own name or by its name in the flow, or a variable. */
  readonly what?: Text | Name;
  /** The word for how it fails, or the text that a variable has. */
  readonly failure: Name | Text;
  readonly after?: Value;
  readonly times?: Bare;
}
export interface ExpectBootStatement extends Item<"expect-boot"> {
  readonly kernel: Reference;
  readonly with: readonly Reference[];
  readonly from?: Device;
}
export interface ExpectEndStatement extends Item<"expect-end"> {
  readonly end: "prompt" | "reset" | "poweroff" | "fail";
  /** After `fail`. */
  readonly text?: Text;
}
export interface ExpectBootargsStatement extends Item<"expect-bootargs"> {
  readonly exactly: boolean;
  readonly text: Text;
}
export interface ExpectConsoleStatement extends Item<"expect-console"> {
  readonly absent: boolean;
  readonly text: Text;
}
export interface WithinStatement extends Item<"within"> {
  readonly duration: Bare;
}
export interface PacketsStatement extends Item<"packets"> {
  readonly count: Bare;
}

/** What stands in a test. */
export type TestStatement =
  | WhoStatement
  | StartStatement
  | FaultStatement
  | SetStatement
  | ExpectBootStatement
  | ExpectEndStatement
  | ExpectBootargsStatement
  | ExpectConsoleStatement
  | WithinStatement
  | PacketsStatement;
