// A text with the line ends of Windows that is imported: each value keeps a carriage return at its end
// (himport_r in lib/hashtable.c; `env import -r` removes them).
import { diagnoseScript } from "../diagnostics/index.js";
import { bytesOf } from "../image/index.js";
import { usedWords } from "./commands.js";
import type { Rule } from "./rule.js";
import { addressOf } from "./values.js";

/** A text that is imported is not longer, in bytes. */
const MOST = 1 << 20;

export const environmentLineEnds: Rule = ({ moments, board, find }, report) => {
  for (const { command, before } of find ? moments : []) {
    const { name, args } = command;
    const texts = args.map(({ text }) => text);
    if (
      name !== "env" ||
      texts[0] !== "import" ||
      texts.some((each) => /^-[a-z]*[rbc]/.test(each))
    ) {
      continue;
    }
    const [at] = usedWords(name, texts).keys();
    const address = at === undefined ? undefined : args[at];
    const loaded = address && before.memory.get(addressOf(address.text, before, board).key);
    const file = loaded?.length === 1 ? loaded[0]?.file : undefined;
    const content = file === undefined ? undefined : find?.(file);
    if (file === undefined || !content || content.size > MOST) continue;
    if (!Buffer.from(bytesOf(content)).includes("\r\n")) continue;
    report(diagnoseScript("environment-line-ends", { file }, command.at));
  }
};
