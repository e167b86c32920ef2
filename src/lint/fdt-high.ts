// `fdt_high` as all ones, copied from old articles (boot/image-fdt.c).
import { diagnoseScript } from "../diagnostics/index.js";
import { limitsIn } from "./limits.js";
import type { Rule } from "./rule.js";

export const fdtHigh: Rule = (script, report) => {
  for (const { limit, at } of limitsIn(script, "fdt_high")) {
    report(diagnoseScript("fdt-high", limit, at));
  }
};
