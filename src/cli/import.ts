// `ubootc import`: a first flow from a boot script that somebody wrote by hand.
import { existsSync } from "node:fs";
import { Command } from "commander";
import { findBoard } from "../boards/index.js";
import { openFile } from "../files/index.js";
import { importScript } from "../import/index.js";
import { readScripts } from "../lint/index.js";
import { unknownBoard } from "./boards.js";
import { finish } from "./finish.js";
import { writeText } from "./write.js";

interface Flags {
  readonly board?: string;
  readonly image?: string;
  readonly output?: string;
}

/** The command. */
export function importCommand(): Command {
  return new Command("import")
    .description("write a first flow from a boot script, with what could be recognised")
    .argument("<script>", "the script: text, boot.scr, or a FIT with one")
    .option("--board <id>", "the board that it is for")
    .option("--image <name>", "of a FIT: this script")
    .option("-o, --output <flow>", "write to this file instead of standard output")
    .action((path: string, flags: Flags) => finish("import", imported(path, flags)));
}

function imported(path: string, { board, image, output }: Flags): readonly string[] {
  if (board !== undefined && !findBoard(board)) return [unknownBoard(board)];
  if (path.endsWith(".boot")) return [`${path} is a flow already`];
  if (output !== undefined && existsSync(output)) return [`${output} is there already`];
  const { file, problem } = openFile(path);
  if (!file) return [problem.message];
  const found = readScripts(path, file, image === undefined ? {} : { image });
  if (typeof found === "string") return [`${path}: ${found}`];
  const [script, ...others] = found;
  if (!script || others.length > 0) {
    return [`${path}: has ${found.length} scripts; name one with --image`];
  }
  const text = importScript(script, board === undefined ? {} : { board });
  writeText("import", output ?? true, text);
  return [];
}
