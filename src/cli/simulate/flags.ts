// What `ubootc simulate` is told.
import type { SignFlags } from "../keys/key-means.js";
import type { Severities } from "../severity.js";

/** What the command is told. */
export interface SimulateFlags extends SignFlags {
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly client?: string;
  readonly start?: string;
  readonly fault: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly allFaults?: true;
  readonly depth: 1 | 2;
  readonly board?: string;
  readonly root?: string;
  readonly device: Readonly<Record<string, string>>;
  readonly command: ReadonlyMap<string, number>;
  readonly release?: string;
  readonly trace?: true;
  readonly json?: true;
}
