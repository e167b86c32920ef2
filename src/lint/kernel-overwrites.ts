// Starting a kernel writes over the initrd or the device tree that it is started with.
import { diagnoseScript } from "../diagnostics/index.js";
import { writtenOver } from "../faults/index.js";
import { overlap, range } from "../memory/index.js";
import { arrangementsIn } from "./memory.js";
import type { Rule } from "./rule.js";

export const kernelOverwrites: Rule = (script, report) => {
  for (const { boot, kernel, landing, files } of arrangementsIn(script)) {
    if (!kernel || !landing) continue;
    for (const victim of files.filter((each) => each !== kernel)) {
      const hit = writtenOver({ landing }, victim);
      if (!hit || overlap(kernel, victim)) continue;
      const loaded = victim.part.loaded[0]?.command.at ?? victim.part.argument.at;
      const labels = [
        { span: boot.command.at, text: `writes ${range(hit)}` },
        { span: loaded, text: `\`${victim.name}\` is at ${range(victim)}` },
      ];
      const data = { name: kernel.name, other: victim.name };
      report(diagnoseScript("kernel-overwrites", data, labels));
    }
  }
};
