// Commands for `run` in double quotes, with a variable in them that the same commands set: it is looked
// up when they are stored.
import { diagnoseScript } from "../diagnostics/index.js";
import { parse } from "../hush/index.js";
import { commandOf, locateIn, type ScriptCommand, variablesIn } from "./command.js";
import { loadForm } from "./commands.js";
import type { Rule } from "./rule.js";
import { ended, simpleIn } from "./script.js";

export const expandedEarly: Rule = ({ commands }, report) => {
  const run = new Set(
    commands.flatMap(({ name, args }) => (name === "run" ? args.map(({ text }) => text) : [])),
  );
  for (const { name, args, text } of commands) {
    const [variable, value, ...more] = args;
    if (name !== "setenv" || !variable || !value || more.length > 0) continue;
    if (!run.has(variable.text) && !/^(?:alt)?bootcmd$|^preboot$/.test(variable.text)) continue;
    const early = value.word.parts.some((part) => part.type === "variable");
    const set = early ? setBy(value.text) : new Set<string>();
    const found = variablesIn(value.word).find((each) => set.has(each));
    if (found === undefined || value.text.includes("'")) continue;
    const fixed = text.replace(/"([^"]*)"\s*$/, "'$1'");
    const data = { variable: `\${${found}}`, name: variable.text, fixed };
    report(diagnoseScript("expanded-early", data, value.at));
  }
};

/** The variables that the commands in `text` set. */
function setBy(text: string): ReadonlySet<string> {
  const source = { name: "", text };
  const steps = parse(ended(text), "old").tree.steps;
  const simple = simpleIn({ steps, locate: locateIn(source) });
  const found = simple.flatMap((each) => commandOf(each, locateIn(source)).command ?? []);
  return new Set(found.flatMap(variablesOf));
}

function variablesOf({ name, args }: ScriptCommand): readonly string[] {
  const texts = args.map(({ text }) => text);
  if (loadForm(name, texts)) return ["filesize", "fileaddr"];
  return name === "setenv" || name === "setexpr" ? texts.slice(0, 1) : [];
}
