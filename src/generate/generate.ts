// A run of the plan to a script as a tree: one at a time, so that thousands are never held together.
import type { Board } from "../boards/index.js";
import type { Span } from "../diagnostics/index.js";
import type { List, Node } from "../hush/index.js";
import { statementsOf } from "../language/index.js";
import type { Analysis, Plan, Run } from "../memory/index.js";
import { boardsOf, type Client, type Program, type Script } from "../program/index.js";
import type { Root } from "../steps/index.js";
import type { Artifact } from "./artifact.js";
import { scriptTree } from "./shell/script.js";

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
  /** What it was made from; clients that take the same branches share one. */
  readonly analysis: Analysis;
  /** The provisions it fetches, and the device each comes from. */
  readonly fetched: ReadonlyMap<string, ReadonlySet<Root>>;
}

/** Compiles the script of one run. */
export function generate({ program }: Plan, run: Run): GeneratedScript {
  const { script, board, client, analysis, file } = run;
  const made = scriptTree(program, run, usesShell(program));
  const root = rootOf(script, board, program);
  return { name: script.name, board, root, file, analysis, ...made, ...(client && { client }) };
}

/** Scripts for all go to a folder of the board's own where boards differ. */
function rootOf(script: Script, board: Board, program: Program): Artifact["root"] {
  const several = !script.forEachClient && boardsOf(program).size > 1;
  return several && script.place === "sdcard" ? `sdcard/${board.id}` : script.place;
}

const leaving = new WeakMap<Program, boolean>();

/** Whether any script of the flow can leave for the prompt. */
function usesShell(program: Program): boolean {
  let found = leaving.get(program);
  if (found === undefined) {
    const all = [...program.scripts.values()].flatMap(({ body }) => statementsOf(body));
    found = all.some(({ type }) => type === "shell");
    leaving.set(program, found);
  }
  return found;
}
