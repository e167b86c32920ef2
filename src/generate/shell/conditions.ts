// Conditions as `test` commands. The two parsers read `a && b || c` differently, have no common `!`
// and no groups, so a condition is first brought into the form "any of these all-ofs": each all-of
// is one `test` with `-a`, and `||` stands between them.

import {
  type Command,
  type Condition,
  command,
  type List,
  or,
  type Word,
} from "../../hush/index.js";
import { missed } from "../../language/index.js";
import type { Condition as Asked } from "../../steps/index.js";
import { scanOf, storageWords } from "./devices.js";
import type { State } from "./state.js";
import { plainText, wordFor } from "./words.js";

/** What `test` looks at in one go: `"x${v}" = xA`. */
type Operands = readonly (string | Word)[];

/** All of an inner list's operands, in any of the lists. */
type AnyOfAll = readonly (readonly Operands[])[];

/** A condition, and what has to run before it. */
export interface Lowered {
  readonly before: List;
  readonly condition: Condition;
}

/** `asked` as a condition of the shell. */
export function lowerCondition(asked: Asked, state: State): Lowered {
  const scans: Command[] = [];
  const alternatives = normalize(asked, false, state, scans).map(allOf);
  const [only] = alternatives;
  // A value with an apostrophe makes the old parser skip a command and keep the status before it.
  // That status is made a failure, so that such a condition is not taken for true; for the same
  // reason all-ofs are one command each, and not several joined by `&&`.
  const before: List = [...scans, command("false")];
  return { before, condition: alternatives.length === 1 && only ? only : or(...alternatives) };
}

/** `test` goes from left to right and looks at everything (cmd/test.c). */
function allOf(list: readonly Operands[]): Command {
  return command("test", ...list.flatMap((each, index) => (index > 0 ? ["-a", ...each] : each)));
}

function normalize(asked: Asked, negated: boolean, state: State, scans: Command[]): AnyOfAll {
  switch (asked.type) {
    case "not":
      return normalize(asked.inner, !negated, state, scans);
    case "and":
    case "or": {
      const left = normalize(asked.left, negated, state, scans);
      const right = normalize(asked.right, negated, state, scans);
      const isOr = (asked.type === "or") !== negated;
      return isOr ? [...left, ...right] : left.flatMap((a) => right.map((b) => [...a, ...b]));
    }
    case "defined":
      return [[isFilled([{ variable: asked.name }], negated)]];
    case "exists": {
      const { device, file } = asked;
      const prefix: Word = device.kind === "sdcard" ? [{ variable: "prefix" }] : [];
      scans.push(...scanOf(device));
      const name = [...prefix, ...wordFor(file, state.client)];
      return [[[...(negated ? ["!"] : []), "-e", ...storageWords(device, state.client), name]]];
    }
    case "compare":
      return compare(asked, negated, state);
    case "broken":
      return [[isFilled([], negated)]];
    default:
      return missed(asked);
  }
}

const opposite = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" } as const;
const numeric = { "<": "-lt", "<=": "-le", ">": "-gt", ">=": "-ge" } as const;

function compare(
  asked: Extract<Asked, { type: "compare" }>,
  negated: boolean,
  { client }: State,
): AnyOfAll {
  const left = wordFor(asked.left, client);
  const right = wordFor(asked.right, client);
  const operator = negated ? opposite[asked.operator] : asked.operator;
  if (operator === "==" || operator === "!=") {
    return [[[guarded(left), operator === "==" ? "=" : "!=", guarded(right)]]];
  }
  // What is not set is neither smaller nor larger.
  const present = [left, right].filter((word) => plainText(word) === undefined);
  return [[...present.map((word) => isFilled(word, false)), [left, numeric[operator], right]]];
}

function isFilled(word: Word, negated: boolean): Operands {
  return [guarded(word), negated ? "=" : "!=", "x"];
}

/** The x keeps a value such as -n or ! from being read as an operator. */
function guarded(word: Word): Word {
  return ["x", ...word];
}
