// A name that looks like one of U-Boot's commands, and is not one. A name that nothing in U-Boot is like may be
// a command of somebody's own build, and is not reported; what another shell has is foreign-shell's.
import { ownCommands, surveyed } from "../boards/index.js";
import { diagnoseScript, nearest } from "../diagnostics/index.js";
import { foreign, isCommand } from "./commands.js";
import type { Rule } from "./rule.js";

export const commandUnknown: Rule = ({ commands, board }, report) => {
  for (const { name, written, nameAt } of commands) {
    if (name === "" || Object.hasOwn(foreign, written)) continue;
    if (isCommand(written) || board?.commands.has(written)) continue;
    // `!` and `{` are the business of the dialects.
    const meant = /^[a-z]\w+$/i.test(written) ? likely(written) : undefined;
    if (!meant) continue;
    report(diagnoseScript("command-unknown", { name: written, nearest: meant }, nameAt));
  }
};

/** What was most likely meant: rather a command that boot scripts use than one that few have seen. */
function likely(written: string): string | undefined {
  return nearest(written, usual) ?? nearest(written, ownCommands);
}

const usual = [...surveyed, "false", "fatls", "poweroff", "reset", "setenv", "true"];
