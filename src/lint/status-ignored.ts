// Files are loaded, nobody looks at whether that worked, and something uses the memory they were to come
// to: one finding for each use. A transfer whose result nothing uses may fail as it likes, and somebody
// who has asked for the file before has looked.
import { diagnoseScript } from "../diagnostics/index.js";
import type { ScriptCommand } from "./command.js";
import { usedWords } from "./commands.js";
import type { Rule } from "./rule.js";
import { addressOf } from "./values.js";
import type { Moment } from "./walk.js";

export const statusIgnored: Rule = ({ moments, board }, report) => {
  const reported = new Set<number>();
  const found = askedFor(moments);
  for (const { command: use, before } of moments) {
    const texts = use.args.map(({ text }) => text);
    // Without an address it is the one of the last transfer.
    const words = [...usedWords(use.name, texts).keys()].map((at) => texts[at] ?? "${loadaddr}");
    const loaded = words.flatMap(
      (text) => before.memory.get(addressOf(text, before, board).key) ?? [],
    );
    const blind = loaded
      .filter(({ command, unread }) => unread && !found(command) && !reported.has(command.at.start))
      .map(({ command }) => command);
    const [first, ...others] = blind;
    if (!first) continue;
    for (const { at } of blind) reported.add(at.start);
    const labels = [
      { span: first.at },
      ...others.map(({ at }) => ({ span: at, text: "nor whether this did" })),
      { span: use.at, text: "takes what is there" },
    ];
    report(diagnoseScript("status-ignored", { command: first.text, use: use.text }, labels));
  }
};

/** Whether the file that a command loads was asked for before: `test -e mmc 0:1 FILE`. */
function askedFor(moments: readonly Moment[]): (load: ScriptCommand) => boolean {
  const asked = moments.flatMap(({ command: { name, args, at } }) =>
    name === "test" && args.some(({ text }) => text === "-e")
      ? [{ words: new Set(args.map(({ text }) => text)), at: at.start }]
      : [],
  );
  return ({ args, at }) => {
    const file = args.at(-1)?.text ?? "";
    return asked.some((each) => each.at < at.start && each.words.has(file));
  };
}
