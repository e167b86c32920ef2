// `save` in the way of every boot: the environment is written to flash each time. Under an `if`
// somebody has thought about when.
import { diagnose } from "../../diagnostics/index.js";
import type { Block } from "../../language/index.js";
import type { FlowCheck } from "../checks.js";
import { rawCommands, rawText } from "../raw.js";

export const saveWear: FlowCheck = ({ program }, report) => {
  for (const { name, body } of program.scripts.values()) {
    for (const span of savesOf(body)) report(diagnose("save-wear", { name }, span));
  }
};

function savesOf(block: Block): readonly Block[number]["span"][] {
  return block.flatMap((statement) => {
    switch (statement.type) {
      case "save":
        return [statement.span];
      case "uboot": {
        const saves = rawCommands(statement).some(
          ([first, second]) => first === "saveenv" || (first === "env" && second === "save"),
        );
        return saves && !/\bif\b|&&|\|\|/.test(rawText(statement.text)) ? [statement.span] : [];
      }
      // An else is for when something failed, which is not every time.
      case "try":
      case "retry":
        return savesOf(statement.body);
      default:
        return [];
    }
  });
}
