// A command that the board's U-Boot is built without. What the catalogue does not know is not reported.
import { diagnoseScript } from "../diagnostics/index.js";
import { missingOn } from "../faults/index.js";
import { wordsOf } from "./command.js";
import type { Rule } from "./rule.js";

export const commandMissing: Rule = ({ commands, board }, report) => {
  if (!board) return;
  for (const each of commands) {
    const missing = missingOn(board, wordsOf(each));
    // To start a kernel there is always one that the board has: see wrong-boot-command.
    if (!missing || /^(?:booti|bootz|zboot)$/.test(missing.command)) continue;
    report(diagnoseScript("command-missing", { ...missing, board: board.id }, each.nameAt));
  }
};
