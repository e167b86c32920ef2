// The command `itest`: compares numbers, hexadecimal and in memory, or texts.
import { type DataOptions, hexNumber, numberAt, textAt, widthOf } from "./data.js";
import type { Command, Shell } from "./shell.js";

type Order = -1 | 0 | 1;

const operators: Readonly<Record<string, (order: Order) => boolean>> = {
  "-eq": (order) => order === 0,
  "==": (order) => order === 0,
  "-ne": (order) => order !== 0,
  "!=": (order) => order !== 0,
  "<>": (order) => order !== 0,
  "-lt": (order) => order < 0,
  "<": (order) => order < 0,
  "-le": (order) => order <= 0,
  "<=": (order) => order <= 0,
  "-gt": (order) => order > 0,
  ">": (order) => order > 0,
  "-ge": (order) => order >= 0,
  ">=": (order) => order >= 0,
};

/** `itest` on a board. */
export function itestCommand({ memory }: DataOptions = {}): Command {
  /** Numbers of 32 bits have a sign where that is as wide as it gets. */
  const operand = (text: string, width: number, bits: 32 | 64): bigint => {
    const value = text.startsWith("*")
      ? numberAt(memory, hexNumber(text.slice(1), bits), width)
      : hexNumber(text, bits);
    const whole = width * 8 >= bits;
    return whole ? BigInt.asIntN(bits, value) : BigInt.asUintN(width * 8, value);
  };
  const text = (word: string, shell: Shell): string | undefined => {
    if (word.startsWith("*")) return textAt(memory, hexNumber(word.slice(1), shell.bits));
    return word.startsWith("$")
      ? shell.environment.get(/^\$\{([^}]*)\}/.exec(word)?.[1] ?? "")
      : word;
  };
  return {
    maxargs: 4,
    summary: "return true/false on integer compare",
    usage: "[.b, .w, .l, .q, .s] [*]value1 <op> [*]value2",
    run: (args, shell, called) => {
      const [left, operator, right] = args;
      if (left === undefined || operator === undefined || right === undefined) return "usage";
      const width = widthOf(called, shell.bits);
      if (width === "wrong") {
        shell.write("Invalid data width specifier\n");
        return 1;
      }
      const holds = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
      if (!holds) {
        shell.write(`Unknown operator '${operator}'\n`);
        return 1;
      }
      const [a, b] =
        width === "text"
          ? [text(left, shell), text(right, shell)]
          : [operand(left, width, shell.bits), operand(right, width, shell.bits)];
      // A variable that is not there is the text at address 0.
      if (a === undefined || b === undefined) {
        shell.end({ kind: "undefined" });
        return 1;
      }
      return holds(a === b ? 0 : a < b ? -1 : 1) ? 0 : 1;
    },
  };
}
