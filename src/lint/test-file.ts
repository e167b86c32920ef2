// `test -f FILE` and its kind. U-Boot's `test` has no such operators: two words that are not empty are
// true, whatever they say; `-e` needs a device, too (cmd/test.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

export const testFile: Rule = ({ moments }, report) => {
  for (const { command } of moments) {
    if (command.name !== "test") continue;
    const [first, second, ...rest] = command.args.filter(({ text }) => text !== "!");
    const more = rest[0]?.text;
    const ends = more === undefined || more === "-a" || more === "-o";
    if (!first || !second || !ends || !/^-[bcdefghkprsuwxL]$/.test(first.text)) continue;
    const data = { operator: first.text, file: second.text };
    report(diagnoseScript("test-file", data, { ...first.at, end: second.at.end }));
  }
};
