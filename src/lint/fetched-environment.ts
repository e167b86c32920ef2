// Variables from a server: whoever answers in its place says what runs. A list of names after the
// size lets in only those.
import { diagnoseScript } from "../diagnostics/index.js";
import { importsEverything } from "../faults/index.js";
import { wordsOf } from "./command.js";
import { usedWords } from "./commands.js";
import type { Rule } from "./rule.js";
import { addressOf } from "./values.js";

export const fetchedEnvironment: Rule = ({ moments, board }, report) => {
  for (const { command, before } of moments) {
    const { name, args } = command;
    if (!importsEverything(wordsOf(command))) continue;
    const [at] = usedWords(
      name,
      args.map(({ text }) => text),
    ).keys();
    const address = at === undefined ? undefined : args[at];
    if (!address) continue;
    const loaded = before.memory.get(addressOf(address.text, before, board).key) ?? [];
    const fetched = loaded.find(({ over }) => over === "network");
    if (!fetched) continue;
    const labels = [{ span: command.at }, { span: fetched.command.at, text: "comes from here" }];
    report(diagnoseScript("fetched-environment", { what: "env import" }, labels));
  }
};
