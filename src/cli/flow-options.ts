// What every command that compiles a flow can be told: parameters, and the time in images.
import { InvalidArgumentError, Option } from "commander";

/** `-D name=value`, as often as wanted. */
export function defineOption(): Option {
  return new Option("-D, --define <name=value>", "give a parameter of the flow its value")
    .default({}, "none")
    .argParser((text: string, before: Readonly<Record<string, string>>) => {
      const at = text.indexOf("=");
      if (at < 1) throw new InvalidArgumentError("write it as name=value");
      return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
    });
}

/** The time in image headers (https://reproducible-builds.org/specs/source-date-epoch/). */
export function sourceDateEpoch(): number {
  const text = process.env.SOURCE_DATE_EPOCH;
  if (text === undefined || text === "") return 0;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffffffff) {
    throw new Error(`SOURCE_DATE_EPOCH is not a number of seconds: ${text}`);
  }
  return Number(text);
}

/** `--command "gpio input 12=1"`: commands that begin so, and their status, as often as wanted. */
export function commandOption(): Option {
  return new Option("--command <words=status>", "how a command ends that is not simulated")
    .default(new Map(), "none")
    .argParser((text: string, before: ReadonlyMap<string, number>) => {
      const [, words = "", status] = /^([^=]*\S) *= *(\d+)$/.exec(text) ?? [];
      if (status === undefined) throw new InvalidArgumentError('write it as "gpio input 12=1"');
      return new Map([...before, [words.trim().replace(/\s+/g, " "), Number(status)]]);
    });
}
