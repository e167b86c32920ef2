// A command that the board's U-Boot was not built with. What a defconfig was not asked for is not
// known, and not reported.
import { diagnose } from "../../diagnostics/index.js";
import { foreignTo, missingOn } from "../../faults/index.js";
import { commandsOf } from "../commands.js";
import type { ShellCheck } from "../contract.js";
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
    const missing = missingOn(board, words);
    if (!missing || (foreign && STARTS.test(missing.command))) continue;
    const where = span ?? program.scripts.get(script.name)?.span;
    report(diagnose("command-missing", { ...missing, board: board.id }, where));
  }
};
