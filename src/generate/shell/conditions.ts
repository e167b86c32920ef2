// Conditions as `test` commands. The two parsers read `a && b || c` differently, have no common `!`
// and no groups, so a condition is first brought into the form "any of these all-ofs": each all-of
// is one `test` with `-a`, and `||` stands between them.

import { diagnose } from "../../diagnostics/index.js";
import {
  type Command,
  type Condition,
  command,
  type List,
  or,
  type Word,
} from "../../hush/index.js";
import type { Test } from "../../language/index.js";
import { kernelArgument, type Rule, shellText } from "../../program/index.js";
import { scanOf, storageAddress } from "./devices.js";
import type { State } from "./state.js";
import { forDevicePaths, isReadable, plainText, wordOf } from "./words.js";

/** What `test` looks at in one go: `"x${v}" = xA`. */
type Operands = readonly (string | Word)[];

/** All of an inner list's operands, in any of the lists. */
type AnyOfAll = readonly (readonly Operands[])[];

/** A condition, and what has to run before it. */
export interface Lowered {
  readonly before: List;
  readonly condition: Condition;
}

/** `test` as a condition of the shell. */
export function lowerTest(test: Test, state: State): Lowered {
  const scans: Command[] = [];
  const alternatives = normalize(test, false, state, scans).map(allOf);
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

function normalize(test: Test, negated: boolean, state: State, scans: Command[]): AnyOfAll {
  switch (test.type) {
    case "not":
      return normalize(test.test, !negated, state, scans);
    case "and":
    case "or": {
      const left = normalize(test.left, negated, state, scans);
      const right = normalize(test.right, negated, state, scans);
      const isOr = (test.type === "or") !== negated;
      const count = isOr ? left.length + right.length : left.length * right.length;
      if (count > MOST) {
        state.report(diagnose("condition-too-wide", { count, most: MOST }, test.span));
        return [];
      }
      return isOr ? [...left, ...right] : left.flatMap((a) => right.map((b) => [...a, ...b]));
    }
    case "defined":
      if (!isReadable(test.name.name, test.name.span, state.report)) return [];
      return [[isFilled([{ variable: test.name.name }], negated)]];
    case "exists": {
      const file = wordOf(test.file, forDevicePaths, state.scope, state.report);
      const { kind } = test.device;
      const prefix: Word = kind.name === "sdcard" ? [{ variable: "prefix" }] : [];
      const storage = storageAddress(test.device, state);
      if (!storage || storage === "network") {
        if (storage) state.report(diagnose("device-not-storage", { name: kind.name }, kind.span));
        return [];
      }
      scans.push(...scanOf(kind.name));
      return [[[...(negated ? ["!"] : []), "-e", ...storage, [...prefix, ...(file ?? [])]]]];
    }
    case "compare":
      return compare(test, negated, state);
  }
}

/** More than fits on a line of any board. */
const MOST = 64;

const opposite = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" } as const;
const numeric = { "<": "-lt", "<=": "-le", ">": "-gt", ">=": "-ge" } as const;

const inTest: Rule = { ...shellText, role: "text in a comparison" };

function compare(test: Test & { type: "compare" }, negated: boolean, state: State): AnyOfAll {
  const rules = { written: inTest, given: kernelArgument };
  const left = wordOf(test.left, rules, state.scope, state.report);
  const right = wordOf(test.right, rules, state.scope, state.report);
  if (!left || !right) return [];
  const operator = negated ? opposite[test.operator] : test.operator;
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
