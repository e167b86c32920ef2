// A quoted list after `in`: the old parser splits it all the same, the modern one does not.
import { diagnoseScript } from "../diagnostics/index.js";
import type { ScriptWord } from "../hush/index.js";
import type { Rule } from "./rule.js";
import { textAt } from "./script.js";

export const forQuoted: Rule = ({ lists }, report) => {
  for (const { steps, locate } of lists) {
    for (const { command } of steps) {
      if (command?.type !== "compound" || command.sections[0]?.keyword !== "for") continue;
      const [name, list] = ["for", "in"].map((keyword) =>
        command.sections.find((each) => each.keyword === keyword),
      );
      const variable = name?.body[0]?.command;
      const words = (list?.body ?? []).flatMap(({ command: each }) =>
        each?.type === "simple" ? each.words : [],
      );
      const quoted = words.find(mayBeSplit);
      if (!quoted) continue;
      const span = locate(quoted);
      const text = textAt(span);
      const named = variable?.type === "simple" ? textAt(locate(variable)) : "NAME";
      const fixed = `for ${named} in ${text.replaceAll(/["']/g, "")}; do`;
      report(diagnoseScript("for-quoted", { list: text, fixed }, span));
    }
  }
};

function mayBeSplit({ parts }: ScriptWord): boolean {
  return parts.some((part) =>
    part.type === "variable"
      ? part.quote === "double"
      : part.quote !== "none" && part.quote !== "backslash" && /\s/.test(part.text),
  );
}
