// A command that the board's U-Boot is built without. What the catalogue does not know is not reported.
import { commandOption, commandState } from "../boards/index.js";
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rules.js";

export const commandMissing: Rule = ({ commands, board }, report) => {
  if (!board) return;
  for (const { name, args, nameAt } of commands) {
    const both = `${name} ${args[0]?.text ?? ""}`;
    const command = [name, both].find((each) => commandState(board, each) === "disabled");
    // To start a kernel there is always one that the board has: see wrong-boot-command.
    if (command === undefined || /^(?:booti|bootz|zboot)$/.test(command)) continue;
    const option = commandOption(command);
    report(diagnoseScript("command-missing", { command, option, board: board.id }, nameAt));
  }
};
