// Operators that `test` does not have, and operands that are not numbers (cmd/test.c).
import { diagnoseScript } from "../diagnostics/index.js";
import { variablesIn } from "./command.js";
import type { Rule } from "./rule.js";

export const testOperator: Rule = ({ commands }, report) => {
  for (const { name, args, text } of commands) {
    if (name !== "test") continue;
    args.forEach(({ text: operator, at }, index) => {
      const sides = [args[index - 1], args[index + 1]];
      if (operator === "==" && sides.every(Boolean)) {
        report(diagnoseScript("test-operator", { operator, fixed: text.replace("==", "=") }, at));
      }
      if (operator !== "-eq" && operator !== "-ne") return;
      const isText = sides.some(
        (side) => side && variablesIn(side.word).length === 0 && /^[a-z_]/i.test(side.text),
      );
      if (!isText) return;
      const fixed = text.replace(operator, operator === "-eq" ? "=" : "!=");
      report(diagnoseScript("test-operator", { operator, fixed }, at));
    });
  }
};
