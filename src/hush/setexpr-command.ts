// The command `setexpr`: sets a variable to a number, a text, or the result of an operation. Its
// forms `fmt` and `sub`, `gsub` are in setexpr-format.ts and setexpr-substitute.ts.
import { type DataOptions, hexNumber, numberAt, textAt, type Width, widthOf } from "./data.js";
import { formatValues } from "./setexpr-format.js";
import { substituteVariable } from "./setexpr-substitute.js";
import type { Command, Shell } from "./shell.js";

export interface SetexprOptions extends DataOptions {
  /** CMD_SETEXPR_FMT, which exists since 2021.10. Default: no. */
  readonly format?: boolean;
  /** REGEX: `sub` and `gsub`. Default: yes. */
  readonly regex?: boolean;
}

/** As U-Boot sets a variable itself: without a value it removes it. */
const set = (shell: Shell, name: string, value: string): number =>
  shell.setVariable(name, value === "" ? undefined : value) ? 0 : 1;

const operations: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  "|": (a, b) => a | b,
  "&": (a, b) => a & b,
  "^": (a, b) => a ^ b,
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  // As Arm's 64-bit processors divide by 0.
  "/": (a, b) => (b === 0n ? 0n : a / b),
  "%": (a, b) => (b === 0n ? a : a % b),
};

/** `setexpr` on a board. */
export function setexprCommand(options: SetexprOptions = {}): Command {
  const { memory, format = false, regex = true } = options;

  const numberOf = (word: string, width: Width, bits: 32 | 64): bigint => {
    if (!word.startsWith("*")) return hexNumber(word, bits);
    const bytes = typeof width === "number" ? Math.min(width, bits / 8) : bits / 8;
    return numberAt(memory, hexNumber(word.slice(1), bits), bytes);
  };

  /** Before 2025.04 a text has to be in memory. */
  const textOf = (word: string, shell: Shell): string | undefined => {
    if (word.startsWith("*")) return textAt(memory, hexNumber(word.slice(1), shell.bits));
    return shell.since("2025.04") ? word : undefined;
  };

  const calculate = (
    shell: Shell,
    [name = "", left = "", operator = "", right = ""]: readonly string[],
    width: Width,
  ): number => {
    if (width === "text") {
      const first = textOf(left, shell);
      const second = first === undefined ? undefined : textOf(right, shell);
      if (first === undefined || second === undefined) return 1;
      if (operator === "+") return set(shell, name, first + second);
      shell.write("invalid op\n");
      return 1;
    }
    const operation = operations[operator];
    if (!operation) {
      shell.write("invalid op\n");
      return 1;
    }
    const { bits } = shell;
    const divisor = numberOf(right, width, bits);
    if (divisor === 0n && bits === 32 && /[/%]/.test(operator)) {
      shell.stop("division by zero");
      return 1;
    }
    const value = operation(numberOf(left, width, bits), divisor);
    set(shell, name, BigInt.asUintN(bits, value).toString(16));
    return 0;
  };

  return {
    maxargs: 8,
    summary: "set environment variable as the result of eval expression",
    usage: "[.b, .w, .l, .s] name [*]value1 <op> [*]value2",
    run: (args, shell, called) => {
      const [name, first, ...rest] = args;
      if (name === undefined || first === undefined) return "usage";
      const width = widthOf(called, shell.bits);
      if (width === "text" && textOf(first, shell) === undefined) return 1;
      if (first === "fmt" && format) {
        const [text, ...values] = rest;
        if (text === undefined) return "usage";
        const result = formatValues(text, values, shell);
        return result === undefined ? 1 : set(shell, name, result);
      }
      if (rest.length === 1 || rest.length > 3) return "usage";
      if (rest.length === 0) {
        if (width !== "text")
          return set(shell, name, numberOf(first, width, shell.bits).toString(16));
        return set(shell, name, textOf(first, shell) ?? "");
      }
      if (regex && (first === "gsub" || first === "sub")) {
        return substituteVariable(shell, name, first === "gsub", rest, set);
      }
      if (rest.length !== 2 || rest[0]?.length !== 1) return "usage";
      return calculate(shell, args, width);
    },
  };
}
