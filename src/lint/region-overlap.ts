// Two files of a boot share memory: what was loaded later has destroyed a part of the other. Of files
// whose sizes are known, and addresses that are.
import { diagnoseScript } from "../diagnostics/index.js";
import { overlap, range } from "../memory/index.js";
import { arrangementsIn } from "./memory.js";
import type { Rule } from "./rule.js";

export const regionOverlap: Rule = (script, report) => {
  for (const { files } of arrangementsIn(script)) {
    for (const [index, one] of files.entries()) {
      for (const other of files.slice(0, index)) {
        if (one.start === other.start || !overlap(one, other)) continue;
        const place = ({ part }: typeof one) => part.loaded[0]?.command.at ?? part.argument.at;
        const [later, first] = place(one).start > place(other).start ? [one, other] : [other, one];
        const data = { name: later.name, other: first.name, region: later, at: first };
        const labels = [
          { span: place(later), text: `loaded to ${range(later)}` },
          { span: place(first), text: `loaded to ${range(first)}` },
        ];
        report(diagnoseScript("region-overlap", data, labels));
      }
    }
  }
};
