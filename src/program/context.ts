// What the parts of resolving share.
import type { Report } from "../diagnostics/index.js";
import type { Files } from "../files/index.js";
import type { KeyMeans } from "../image/index.js";
import type { Declaration } from "../language/index.js";
import type { Scope } from "./values.js";

/** The means to resolve a declaration. */
export interface Context {
  readonly files: Files;
  readonly scope: Scope;
  readonly report: Report;
  readonly keys: KeyMeans;
  /** Names that are declared with a mistake; added to. */
  readonly broken: Set<string>;
}

/** The declarations of one type, in order. */
export function of<T extends Declaration["type"]>(declarations: readonly Declaration[], type: T) {
  return declarations.filter(
    (each): each is Extract<Declaration, { type: T }> => each.type === type,
  );
}
