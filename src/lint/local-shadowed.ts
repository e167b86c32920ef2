// `x=1` and `setenv x 1` in one script: the environment is looked into first.
import { diagnoseScript } from "../diagnostics/index.js";
import { commandOf } from "./command.js";
import type { Rule } from "./rule.js";
import { simpleIn } from "./script.js";

export const localShadowed: Rule = ({ lists, commands }, report) => {
  const inEnvironment = new Map(
    commands.flatMap(({ name, args: [first, value], at }) =>
      name === "setenv" && first && value ? [[first.text, at] as const] : [],
    ),
  );
  for (const unit of lists) {
    for (const { assignments } of simpleIn(unit).map((each) => commandOf(each, unit.locate))) {
      for (const { name, value } of assignments) {
        const other = inEnvironment.get(name);
        if (!other) continue;
        const start = value.at.start - name.length - 1;
        const labels = [{ span: { ...value.at, start } }, { span: other }];
        report(diagnoseScript("local-shadowed", { name }, labels));
      }
    }
  }
};
