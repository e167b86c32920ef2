// A line of the shell inside of something else, such as the `uboot` line of a flow: its commands, and what
// the line itself says of each.
import type { Board } from "../boards/index.js";
import { type Dialect, parse } from "../hush/index.js";
import { locateIn, wordsOf } from "./command.js";
import { commandsOf } from "./script.js";
import { walk } from "./walk.js";

/** A command of a line. */
export interface LineCommand {
  /** Its name in full, and what it is given. */
  readonly words: readonly string[];
  /** Its name as it was written. */
  readonly written: string;
  /** Whether it is run whatever happened before it in the line. */
  readonly always: boolean;
}

/** The commands in `text`, in its order. */
export function lineCommands(
  text: string,
  dialect: Dialect,
  board?: Board,
): readonly LineCommand[] {
  const source = { name: "", text: `${text}\n` };
  const { steps } = parse(source.text, dialect).tree;
  const { moments } = walk(steps, locateIn(source), dialect, board);
  const always = new Set(moments.flatMap((each) => (each.always ? each.command.at.start : [])));
  return commandsOf(source, steps).map((command) => ({
    words: wordsOf(command),
    written: command.written,
    always: always.has(command.at.start),
  }));
}
