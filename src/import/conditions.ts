// Conditions of a script that a flow has too.
import type { ScriptCommand } from "../lint/index.js";
import { deviceOf } from "./found.js";
import { valueText } from "./words.js";

/** The condition that `command` is; undefined when a flow has none like it. */
export function conditionText(command: ScriptCommand | undefined): string | undefined {
  if (command?.name !== "test") return undefined;
  const [first, second, third, ...more] = command.args;
  const texts = command.args.map(({ text }) => text);
  if (first?.text === "-e") return exists(texts.slice(1));
  const asked = /^\$\{([A-Za-z]\w*)\}$/.exec(second?.text ?? "")?.[1];
  if (asked !== undefined && !third && first?.text === "-n") return `defined ${asked}`;
  if (asked !== undefined && !third && first?.text === "-z") return `not defined ${asked}`;
  if (!first || !second || !third || more.length > 0 || !/^!?=$/.test(second.text))
    return undefined;
  // The x before both sides is what keeps an empty one from vanishing.
  const [, x = "", name] = /^(x?)\$\{([A-Za-z]\w*)\}$/.exec(first.text) ?? [];
  const right = valueText([third]);
  if (name === undefined || !right?.startsWith(`"${x}`) || right.includes("$")) return undefined;
  const value = right.slice(1 + x.length, -1);
  if (value === "") return second.text === "=" ? `not defined ${name}` : `defined ${name}`;
  return `\${${name}} ${second.text === "=" ? "==" : "!="} "${value}"`;
}

function exists(words: readonly string[]): string | undefined {
  const [kind = "", where = "", file = ""] = words;
  const device = deviceOf([kind, where]);
  const path = file.replace(/^\$\{prefix\}/, "").replace(/^\/+/, "");
  if (device === undefined || words.length !== 3 || !/^[\w.+/-]+$/.test(path)) return undefined;
  return `exists "${path}" on ${device}`;
}
