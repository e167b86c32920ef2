// `initrd_high` as all ones (boot/image-board.c).
import { diagnoseScript } from "../diagnostics/index.js";
import { limitsIn } from "./limits.js";
import type { Rule } from "./rule.js";

export const initrdHigh: Rule = (script, report) => {
  for (const { limit, at } of limitsIn(script, "initrd_high")) {
    report(diagnoseScript("initrd-high", limit, at));
  }
};
