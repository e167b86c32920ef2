// A run of the plan to a script as a tree: one at a time, so that thousands are never held together.
import type { Board } from "../boards/index.js";
import { statementsOf } from "../language/index.js";
import type { Plan, Run } from "../memory/index.js";
import { boardsOf, type Program, type Script } from "../program/index.js";
import type { Artifact } from "./artifact.js";
import type { GeneratedScript } from "./generated.js";
import { scriptTree } from "./shell/script.js";

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
