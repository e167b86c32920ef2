// `setenv NAME=VALUE`, and a whole assignment in one pair of quotes: U-Boot takes the first word for the
// name, and refuses one with `=` (env/common.c, cmd/nvedit.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

export const setenvName: Rule = ({ moments }, report) => {
  for (const { command } of moments) {
    const { name, args } = command;
    const words = name === "env" && args[0]?.text === "set" ? args.slice(1) : args;
    if (name !== "setenv" && words === args) continue;
    const [first] = words.filter(({ text }) => !/^-[a-z]$/.test(text));
    const [, variable = "", value = ""] = /^([\w.#-]+)[= ](.*)$/s.exec(first?.text ?? "") ?? [];
    if (!first || variable === "") continue;
    const rest = words.slice(words.indexOf(first) + 1).map(({ text }) => text);
    const whole = [value, ...rest].join(" ").trim();
    const data = { name: first.text, variable, value: whole };
    report(diagnoseScript("setenv-name", data, first.at));
  }
};
