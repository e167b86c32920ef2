// A script as shell, before it is printed.
import type { Board } from "../boards/index.js";
import type { Span } from "../diagnostics/index.js";
import type { List, Node } from "../hush/index.js";
import type { Analysis } from "../memory/index.js";
import type { Client } from "../program/index.js";
import type { Root } from "../steps/index.js";
import type { Artifact } from "./artifact.js";

/** A script of the flow as it goes to one board. */
export interface GeneratedScript {
  readonly name: string;
  readonly board: Board;
  /** Undefined for a script that all clients share. */
  readonly client?: Client;
  readonly root: Artifact["root"];
  readonly file: string;
  readonly tree: List;
  /** Where in the flow a node of the tree comes from. */
  readonly origins: Map<Node, Span>;
  /** What of the tree says on the console that the script failed. */
  readonly reports: ReadonlySet<Node>;
  /** What it was made from; clients that take the same branches share one. */
  readonly analysis: Analysis;
  /** The provisions it fetches, and the device each comes from. */
  readonly fetched: ReadonlyMap<string, ReadonlySet<Root>>;
}
