// Kernel arguments in single quotes, with a variable that is never looked up.
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

export const expandedNever: Rule = ({ commands }, report) => {
  for (const { name, args, text } of commands) {
    const [variable, ...values] = args;
    if (name !== "setenv" || variable?.text !== "bootargs") continue;
    for (const { word } of values) {
      const found = word.parts.find(
        (part) => part.type === "text" && part.quote === "single" && /\$\{?\w/.test(part.text),
      );
      if (found?.type !== "text") continue;
      const [named = ""] = /\$(?:\{[^}]*\}|\w+)/.exec(found.text) ?? [];
      const fixed = text.replaceAll("'", '"');
      report(
        diagnoseScript("expanded-never", { variable: named, fixed, quoted: true }, variable.at),
      );
    }
  }
};
