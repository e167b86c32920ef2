// A file of a snapshot.
import type { Content } from "../image/index.js";
import type { Provision } from "../program/index.js";

/** A file of a snapshot. */
export interface Served {
  readonly name: string;
  readonly content: Content;
  readonly kind: "script" | Provision["kind"];
  /** The client it is for, where it is for one. */
  readonly client?: string;
  /**
   * Whether asking for it begins a boot: no other script that is served leads to it, or a board's
   * own firmware asks for it first.
   */
  readonly begins: boolean;
  /** For a script or a config.txt: what has to be fetched for each way on, as names. */
  readonly ways: readonly (readonly string[])[];
}
