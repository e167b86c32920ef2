// `fdt apply` of an overlay that refers to labels which the tree does not have, where both files are there.
import { diagnoseScript } from "../diagnostics/index.js";
import { labelsMissing } from "../faults/index.js";
import { onlyFileAt } from "./memory.js";
import type { Rule } from "./rule.js";

export const overlaySymbols: Rule = (script, report) => {
  let tree: ReturnType<typeof onlyFileAt>;
  let applied: NonNullable<ReturnType<typeof onlyFileAt>>[] = [];
  for (const { command, before } of script.moments) {
    const [verb, address] = command.args;
    if (command.name !== "fdt" || !verb || !address) continue;
    const file = onlyFileAt(address, before, script);
    if (/^addr(?:ess)?$/.test(verb.text)) {
      tree = file;
      applied = [];
    }
    if (verb.text !== "apply" || !tree || !file) continue;
    applied = [...applied, file];
    const missing = labelsMissing(tree.content, applied).find(({ overlay }) => overlay === file);
    if (!missing) continue;
    const { label, any } = missing;
    const data = { name: file.name, tree: tree.name, label, any };
    report(diagnoseScript("overlay-symbols", data, command.at));
  }
};
