// A word of `test` that is nothing but a variable without quotes: when it is empty, the word is gone.
// Variables that cannot be empty here are fine, and so is `test -n ${v}` alone, which happens to work.
// `test -e DEVICE PART FILE` with a word less is false, as it is without the file.
import { diagnoseScript } from "../diagnostics/index.js";
import type { Argument, ScriptCommand } from "./command.js";
import type { Rule } from "./rule.js";
import type { State } from "./state.js";
import type { Moment } from "./walk.js";

/** What U-Boot sets for a script that it finds by itself, or after a transfer that worked. */
const alwaysSet =
  /^(?:devtype|devnum|distro_bootpart|prefix|filesize|fileaddr|fdtcontroladdr|ver)$/;

export const testUnquoted: Rule = ({ moments, commands }, report) => {
  const given = everGiven(moments, commands);
  for (const { command, before } of moments) {
    if (command.name !== "test") continue;
    const { args } = command;
    if (args.length === 2 && args[0]?.text === "-n") continue;
    if (args.some(({ text }) => text === "-e")) continue;
    for (const argument of args) {
      const variable = vanishing(argument, before, given);
      if (variable === undefined) continue;
      const fixed = corrected(command);
      report(diagnoseScript("test-unquoted", { variable, fixed }, argument.at));
    }
  }
};

/** What the script itself gives a value to somewhere: a loop, `setexpr`, a text that is not empty. */
function everGiven(
  moments: readonly Moment[],
  commands: readonly ScriptCommand[],
): ReadonlySet<string> {
  const given = new Set<string>();
  const emptied = new Set<string>();
  for (const { name, args } of commands) {
    const [variable, value] = args;
    if (name !== "setenv" || !variable) continue;
    if (value && /[^\s"'$]/.test(value.text.replace(/\$\{[^}]*\}/g, ""))) given.add(variable.text);
    else emptied.add(variable.text);
  }
  for (const { before } of moments) {
    for (const [name, values] of before.variables) {
      if (values.some(({ text, filled }) => filled === "calculated" || text)) given.add(name);
    }
  }
  return new Set([...given].filter((name) => !emptied.has(name)));
}

function vanishing(
  { word, text }: Argument,
  state: State,
  given: ReadonlySet<string>,
): string | undefined {
  const bare = word.parts.every((part) => part.type === "variable" && part.quote === "none");
  const names = word.parts.map((part) => (part.type === "variable" ? part.name : ""));
  if (!bare || names.some((name) => given.has(name) || isWord(name, state))) return undefined;
  return text;
}

/** Whether `name` holds one word here, whatever happened before. */
function isWord(name: string, { variables }: State): boolean {
  if (/^(?:\$\?|\?)$/.test(name) || alwaysSet.test(name)) return true;
  const values = variables.get(name) ?? [];
  return (
    values.length > 0 &&
    values.every(({ text, filled }) => filled !== undefined || /^[^\s$"'\\#]+$/.test(text ?? ""))
  );
}

function corrected({ args, text, at }: ScriptCommand): string {
  let result = "";
  let from = 0;
  for (const { word, at: place } of args) {
    if (!word.parts.every((part) => part.type === "variable" && part.quote === "none")) continue;
    const start = place.start - at.start;
    const end = place.end - at.start;
    result += `${text.slice(from, start)}"${text.slice(start, end)}"`;
    from = end;
  }
  return result + text.slice(from);
}
