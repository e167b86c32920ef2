// `sleep 500ms`: U-Boot reads the digits and leaves the rest, so that these are 500 seconds
// (cmd/sleep.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";

const seconds = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 } as const;

export const sleepUnit: Rule = ({ commands }, report) => {
  for (const { name, args } of commands) {
    const [only] = args;
    const [, digits, unit] = /^(\d+)(ms|s|min|m|h)$/.exec(only?.text ?? "") ?? [];
    if (name !== "sleep" || !only || digits === undefined || unit === undefined) continue;
    const meant = Number(digits) * seconds[unit as keyof typeof seconds];
    // With `s` it is as meant.
    if (meant === Number(digits)) continue;
    report(
      diagnoseScript("sleep-unit", { text: only.text, reads: Number(digits), meant }, only.at),
    );
  }
};
