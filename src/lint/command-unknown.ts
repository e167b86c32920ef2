// A misspelt command, or one of another shell. A name that nothing in U-Boot is like may be a vendor's
// own command, and is not reported.
import { surveyed } from "../boards/index.js";
import { diagnoseScript, nearest } from "../diagnostics/index.js";
import { foreign, isCommand, knownCommands } from "./commands.js";
import type { Rule } from "./rules.js";

export const commandUnknown: Rule = ({ commands, board }, report) => {
  for (const { name, written, nameAt } of commands) {
    if (name === "") continue;
    const other = Object.hasOwn(foreign, written) ? foreign[written] : undefined;
    if (!other && (isCommand(written) || board?.commands.has(written))) continue;
    // `!` and `{` are the business of the dialects.
    const meant = /^[a-z]\w+$/i.test(written) ? likely(written) : undefined;
    if (!other && !meant) continue;
    report(diagnoseScript("command-unknown", { name: written, nearest: meant, other }, nameAt));
  }
};

/** What was most likely meant: rather a command that boot scripts use than one that few have seen. */
function likely(written: string): string | undefined {
  return nearest(written, usual) ?? nearest(written, knownCommands);
}

const usual = [...surveyed, "false", "fatls", "poweroff", "reset", "setenv", "true"];
