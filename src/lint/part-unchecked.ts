// `part uuid … v` and then `root=PARTUUID=${v}`, where nobody looks at whether it worked: with another
// card the variable keeps what it had, or has nothing (cmd/part.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { ScriptCommand } from "./command.js";
import type { Rule } from "./rule.js";

export const partUnchecked: Rule = ({ moments }, report) => {
  const asked = new Map<string, ScriptCommand>();
  const reported = new Set<ScriptCommand>();
  for (const { command, read } of moments) {
    const { name, args } = command;
    const variable = args.length > 2 ? args.at(-1)?.text : undefined;
    if (name === "part" && args[0]?.text === "uuid" && variable !== undefined) {
      if (read) asked.delete(variable);
      else asked.set(variable, command);
    }
    // Somebody looks at what came of it.
    if (name === "test")
      for (const { text } of args) asked.delete(/^\$\{(.*)\}$/.exec(text)?.[1] ?? "");
    for (const { text, at } of name === "setenv" ? args.slice(1) : []) {
      for (const [, used = ""] of text.matchAll(/\bPARTUUID=\$\{([^}]*)\}/g)) {
        const from = asked.get(used);
        if (!from || reported.has(from)) continue;
        reported.add(from);
        const labels = [{ span: from.at }, { span: at, text: "takes what is in it" }];
        report(diagnoseScript("part-unchecked", { command: from.text, variable: used }, labels));
      }
    }
  }
};
