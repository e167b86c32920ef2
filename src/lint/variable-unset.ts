// An address from a variable that the board's default environment does not have, and that the script
// does not set: the word vanishes, and the next one is taken for the address.

import { diagnoseScript, nearest } from "../diagnostics/index.js";
import { loadForm, usedWords } from "./commands.js";
import { addressVariables } from "./memory.js";
import type { Rule } from "./rule.js";
import { isSet } from "./state.js";

export const variableUnset: Rule = ({ moments, board }, report) => {
  if (!board) return;
  const known = addressVariables(board);
  for (const { command, before } of moments) {
    const texts = command.args.map(({ text }) => text);
    const form = loadForm(command.name, texts);
    const words = form ? [form.address] : [...usedWords(command.name, texts).keys()];
    for (const index of words) {
      const argument = command.args[index];
      const name = /^\$\{(\w+_addr(?:_r)?|scriptaddr|loadaddr)\}/.exec(argument?.text ?? "")?.[1];
      if (!argument || name === undefined || known.has(name)) continue;
      if (before.imported || isSet(before, name)) continue;
      const close = nearest(name, known);
      const data = { name, board: board.id, nearest: close };
      report(diagnoseScript("variable-unset", data, argument.at));
    }
  }
};
