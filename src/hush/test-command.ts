// The command `test`, since 2026.07 also `[`: from left to right, without precedence.
import { compareNumbers, testNumber } from "./number.js";
import type { Shell } from "./shell.js";
import { compileSlre, matchSlre } from "./slre.js";

/** Whether a file is there: `-e interface device file`. */
export type FileExists = (device: string, partition: string, file: string) => boolean;

type Compare = (left: string, right: string, bits: 32 | 64) => boolean;

const numbers =
  (holds: (left: bigint, right: bigint) => boolean): Compare =>
  (left, right, bits) =>
    holds(testNumber(left, bits), testNumber(right, bits));

const comparisons: Readonly<Record<string, Compare>> = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "-eq": numbers((left, right) => left === right),
  "-ne": numbers((left, right) => left !== right),
  "-lt": (left, right, bits) => compareNumbers(left, "<", right, bits),
  "-le": (left, right, bits) => compareNumbers(left, "<=", right, bits),
  "-gt": (left, right, bits) => compareNumbers(left, ">", right, bits),
  "-ge": (left, right, bits) => compareNumbers(left, ">=", right, bits),
};

/** How many words an operator takes that is not between two others. */
const widths: Readonly<Record<string, number>> = {
  "!": 1,
  "-a": 1,
  "-o": 1,
  "-n": 2,
  "-z": 2,
  "-e": 4,
};

/**
 * The status of `test args`. What it cannot make sense of is true, as in `test a b` and in
 * `test = b`, which is what an empty variable makes of `test $a = b`.
 */
export function test(args: readonly string[], shell: Shell, exists?: FileExists): number {
  if (args.length < 2) {
    const [only = ""] = args;
    return shell.since("2026.07") && only !== "" && only !== "-n" ? 0 : 1;
  }
  return evaluate(args, shell, exists) ? 0 : 1;
}

/** The status of `[ args`, which have to end in `]`. */
export function bracket(args: readonly string[], shell: Shell, exists?: FileExists): number {
  if (args.at(-1) === "]") return test(args.slice(0, -1), shell, exists);
  shell.write("[: missing terminating ]\n");
  return 1;
}

/** `=~`, which is there since 2025.10 where REGEX is built. */
function matches(text: string, expression: string, shell: Shell): boolean {
  const slre = compileSlre(expression, true);
  const found = slre === "endless" || slre.error !== undefined ? slre : matchSlre(slre, text);
  if (found === "endless") shell.end({ kind: "limit", limit: "steps" });
  else if (found && "error" in found) shell.write(`Error compiling regex: ${found.error}\n`);
  else return found !== undefined;
  return false;
}

function evaluate(args: readonly string[], shell: Shell, exists?: FileExists): boolean {
  let value = false;
  let inverted = false;
  let left: { readonly value: boolean; readonly operator: string } | undefined;
  for (let at = 0; at < args.length; ) {
    const [first = "", second = "", third = "", fourth = ""] = args.slice(at, at + 4);
    const isMatch = second === "=~" && shell.since("2025.10");
    const compare: Compare | undefined = isMatch
      ? (text, expression) => matches(text, expression, shell)
      : Object.hasOwn(comparisons, second)
        ? comparisons[second]
        : undefined;
    const width = compare ? 3 : Object.hasOwn(widths, first) ? (widths[first] as number) : 0;
    if (width === 0 || at + width > args.length) return true;
    at += width;
    if (width === 1) {
      if (first === "!") inverted = !inverted;
      else left = { value, operator: first };
      continue;
    }
    if (compare) value = compare(first, third, shell.bits);
    else if (first === "-e") value = exists?.(second, third, fourth) ?? false;
    else value = (second === "") === (first === "-z");
    value = value !== inverted;
    inverted = false;
    if (left) value = left.operator === "-o" ? left.value || value : left.value && value;
    left = undefined;
  }
  return value;
}
