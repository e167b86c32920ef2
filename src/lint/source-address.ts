// `source` without an address: not `loadaddr`, but a number of the build (cmd/source.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

export const sourceAddress: Rule = ({ commands }, report) => {
  for (const { name, args, at } of commands) {
    if (name === "source" && args.length === 0) report(diagnoseScript("source-address", {}, at));
  }
};
