// More words than U-Boot hands to a command (CONFIG_SYS_MAXARGS), such as kernel arguments without
// quotes.
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

export const tooManyArguments: Rule = ({ commands, board }, report) => {
  if (!board) return;
  const most = board.limits.maxargs;
  for (const { args, at } of commands) {
    const count = args.length + 1;
    if (count <= most) continue;
    report(diagnoseScript("too-many-arguments", { count, most, board: board.id }, at));
  }
};
