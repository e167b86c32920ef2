// `saveenv` in the way of every boot. Behind a condition somebody has thought about when.
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rules.js";

export const saveWear: Rule = ({ moments, source }, report) => {
  const name = source.name.split(/[\\/]/).at(-1) ?? source.name;
  for (const { command, always } of moments) {
    const saves =
      command.name === "saveenv" || (command.name === "env" && command.args[0]?.text === "save");
    if (saves && always) report(diagnoseScript("save-wear", { name }, command.at));
  }
};
