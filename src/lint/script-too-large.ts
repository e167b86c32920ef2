// Larger than what standard boot reads from a disk. There is no limit to a line of a script: CBSIZE is
// one for what is typed at the prompt (common/cli_hush.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";
import { spanIn } from "./script.js";

const LARGEST = 0x10000;

export const scriptTooLarge: Rule = ({ source, size }, report) => {
  if (size <= LARGEST) return;
  const data = { name: source.name, size, most: LARGEST };
  report(diagnoseScript("script-too-large", data, spanIn(source, 0, 0)));
};
