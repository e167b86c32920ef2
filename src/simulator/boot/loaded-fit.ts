// A FIT as the boot commands hand it on.
import type { Content, ReadFit, VerifiedFit } from "../../image/index.js";

/** A FIT that lies in memory. */
export interface LoadedFit {
  readonly address: number;
  readonly content: Content;
  readonly fit: ReadFit;
  /** After the last byte of the tree. */
  readonly end: number;
  readonly verified: () => VerifiedFit;
}
