// `saveenv` in the way of every boot. Under a condition somebody has thought about when; and a script
// that starts nothing sets a board up, once.

import { diagnoseScript } from "../diagnostics/index.js";
import { savesEnvironment } from "../faults/index.js";
import { fileName } from "../ground/index.js";
import { wordsOf } from "./command.js";
import { isBoot } from "./commands.js";
import type { Rule } from "./rule.js";

export const saveWear: Rule = ({ moments, commands, source }, report) => {
  if (!commands.some(({ name }) => isBoot(name) || name === "boot" || name === "sysboot")) return;
  const name = fileName(source.name);
  for (const { command, always } of moments) {
    if (always && savesEnvironment(wordsOf(command)))
      report(diagnoseScript("save-wear", { name }, command.at));
  }
};
