// A file is loaded, nobody looks at whether that worked, and something uses the memory it was to come
// to. A transfer whose result nothing uses may fail as it likes.
import { diagnoseScript } from "../diagnostics/index.js";
import { usedWords } from "./commands.js";
import type { Rule } from "./rules.js";
import { addressOf } from "./values.js";

export const statusIgnored: Rule = ({ moments, board }, report) => {
  const reported = new Set<number>();
  for (const { command: use, before } of moments) {
    const texts = use.args.map(({ text }) => text);
    const words = [...usedWords(use.name, texts).keys()].map((index) => texts[index]);
    // Without an address it is the one of the last transfer.
    const keys = words.length > 0 ? words : [];
    for (const text of keys) {
      const loaded = before.memory.get(addressOf(text ?? "${loadaddr}", before, board).key) ?? [];
      for (const { command, unread } of loaded) {
        if (!unread || reported.has(command.at.start)) continue;
        reported.add(command.at.start);
        const labels = [{ span: command.at }, { span: use.at, text: "takes what is there" }];
        const data = { command: command.text, use: use.text };
        report(diagnoseScript("status-ignored", data, labels));
      }
    }
  }
};
