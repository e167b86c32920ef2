// A run of the plan to a script as a tree: one at a time, so that thousands are never held together.
import type { Board } from "../boards/index.js";
import type { Report, Span } from "../diagnostics/index.js";
import type { List, Node } from "../hush/index.js";
import { type Analysis, boardsOf, type Plan, type Run } from "../memory/index.js";
import { type Client, type Program, type Script, walk } from "../program/index.js";
import type { Artifact } from "./artifact.js";
import type { Root } from "./shell/devices.js";
import { scriptTree } from "./shell/script.js";
import { clientFile, fileWord, plainText } from "./shell/words.js";

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

/** Compiles the script of one run; undefined when its file cannot be named, which is reported. */
export function generate(plan: Plan, run: Run, report: Report): GeneratedScript | undefined {
  const { program } = plan;
  const { script, board, client, scope, analysis } = run;
  const file = client
    ? clientFile(script.file, client, scope, report)
    : plainText(fileWord({ program, script, board }, scope, report) ?? []);
  const { tree, origins, fetched } = scriptTree(program, run, usesShell(program), report);
  if (!file) return undefined;
  const root = rootOf(script, board, program);
  const whose = client ? { client } : {};
  return { name: script.name, board, root, file, tree, origins, analysis, fetched, ...whose };
}

/** The name of the file that `run` is compiled to, without compiling it; problems are not said. */
export function fileNameOf({ program }: Plan, run: Run): string | undefined {
  const { script, board, client, scope } = run;
  const quiet = () => {};
  if (client) return clientFile(script.file, client, scope, quiet);
  return plainText(fileWord({ program, script, board }, scope, quiet) ?? []);
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
    found = false;
    for (const { body } of program.scripts.values()) {
      walk(body, ({ type }) => {
        found ||= type === "shell";
      });
    }
    leaving.set(program, found);
  }
  return found;
}
