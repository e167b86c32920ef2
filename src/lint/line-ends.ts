// CR LF line ends: to both parsers a CR is an ordinary character (common/cli_hush.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

export const lineEnds: Rule = ({ source }, report) => {
  const found = [...source.text.matchAll(/\r(?=\n|$)/g)];
  const start = found[0]?.index;
  if (start === undefined) return;
  const span = { source, start, end: start + 1 };
  report(diagnoseScript("line-ends", { count: found.length }, span));
};
