// More words than U-Boot hands to a command (CONFIG_SYS_MAXARGS), such as kernel arguments without
// quotes.
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

/** What no board of the catalogue has more of (common/Kconfig). */
const LARGEST = 64;

export const tooManyArguments: Rule = ({ commands, board }, report) => {
  const most = board?.limits.maxargs ?? LARGEST;
  for (const { args, at } of commands) {
    const count = args.length + 1;
    if (count <= most) continue;
    report(
      diagnoseScript("too-many-arguments", { count, most, ...(board && { board: board.id }) }, at),
    );
  }
};
