// A file that a boot needs, and that is not in the folder the script loads from (`--root`). A load whose
// failure is provided for may be of a file that is not there.
import { diagnoseScript } from "../diagnostics/index.js";
import { bootsIn, onlyLoaded } from "./boots.js";
import { isWhole } from "./memory.js";
import type { Rule } from "./rule.js";

export const fileMissing: Rule = (script, report) => {
  const { find } = script;
  if (!find) return;
  for (const { kernel, initrd, dtb } of bootsIn(script)) {
    for (const part of [kernel, initrd, dtb]) {
      const { file, command } = onlyLoaded(part) ?? {};
      if (file === undefined || !command || !isWhole(file) || find(file)) continue;
      report(diagnoseScript("file-missing", { file }, command.at));
    }
  }
};
