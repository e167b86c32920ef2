// A command that the board's U-Boot was not built with. What a defconfig was not asked for is not
// known, and not reported.
import { commandOption, commandState } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import { foreignTo } from "../../faults/index.js";
import type { ShellCheck } from "../checks.js";
import { commandsOf } from "../commands.js";
import { givenOf } from "../images/payloads.js";

const STARTS = /^(?:boot[imz]|zboot)$/;

export const commandMissing: ShellCheck = (script, report, { program }) => {
  const { board } = script;
  // A kernel for another architecture needs another command, and is said to be one.
  const { parts } = script.analysis;
  const foreign = parts.some(
    ({ provision }) =>
      provision.input && foreignTo(givenOf(provision, provision.input), board) !== undefined,
  );
  for (const { words, span } of commandsOf(script)) {
    const [first = "", second = ""] = words;
    const command = [first, `${first} ${second}`].find(
      (each) => commandState(board, each) === "disabled",
    );
    if (command === undefined || (foreign && STARTS.test(command))) continue;
    const option = commandOption(command);
    const where = span ?? program.scripts.get(script.name)?.span;
    report(diagnose("command-missing", { command, option, board: board.id }, where));
  }
};
