// `-W CODE=error|warn|off`: what findings count for.
import { InvalidArgumentError, Option } from "commander";
import type { Setting } from "../diagnostics/index.js";

/** What was asked for, by code. */
export type Severities = Readonly<Record<string, Setting>>;

const settings: readonly Setting[] = ["error", "warn", "off"];

/** The option, as often as wanted; the last one for a code counts. */
export function severityOption(): Option {
  return new Option("-W, --severity <code=error|warn|off>", "what a finding counts for")
    .default({}, "none")
    .argParser((text: string, before: Severities) => {
      const [code, word, ...rest] = text.split("=");
      const setting = settings.find((each) => each === word);
      if (!code || !setting || rest.length > 0) {
        throw new InvalidArgumentError("write it as CODE=error, CODE=warn or CODE=off");
      }
      return { ...before, [code]: setting };
    });
}
