// Conditions as lists of `test` commands. The two parsers read `a && b || c` differently, have no
// common `!` and no groups, so a condition is first brought into the form "any of these all-ofs".

import { diagnose } from "../diagnostics/index.js";
import {
  and,
  assign,
  type Command,
  type Condition,
  command,
  type List,
  or,
  type Word,
  when,
} from "../hush/index.js";
import type { Test } from "../language/index.js";
import { kernelArgument, type Rule, shellText } from "../program/index.js";
import { scanOf, storageAddress } from "./devices.js";
import type { State } from "./state.js";
import { forDevicePaths, isReadable, plainText, wordOf } from "./words.js";

/** All of the inner lists' commands, in any of the lists. */
type AnyOfAll = readonly (readonly Command[])[];

/** A condition, and what has to run before it. */
export interface Lowered {
  readonly before: List;
  readonly condition: Condition;
}

/** `test` as a condition of the shell. */
export function lowerTest(test: Test, state: State): Lowered {
  const scans: Command[] = [];
  const alternatives = normalize(test, false, state, scans);
  // A value with an apostrophe makes the old parser skip a command and keep the status before it.
  // That status is made a failure, so that such a condition is not taken for true.
  const before: List = [...scans, command("false")];
  const [only] = alternatives;
  if (alternatives.length === 1 && only) {
    const [first] = only;
    const condition = only.length === 1 && first ? first : and(...only);
    return { before, condition };
  }
  if (alternatives.every((each) => each.length === 1)) {
    return { before, condition: or(...alternatives.flat()) };
  }
  const flag = "ubootc_test";
  const found = alternatives.flatMap(
    (each): List => [command("false"), when(and(...each), [assign(flag, "yes")])],
  );
  return {
    before: [...scans, assign(flag, "no"), ...found],
    condition: command("test", [{ variable: flag }], "=", "yes"),
  };
}

/** Each `and` of `or`s multiplies what has to be written out. */
const MOST = 64;

function normalize(test: Test, negated: boolean, state: State, scans: Command[]): AnyOfAll {
  switch (test.type) {
    case "not":
      return normalize(test.test, !negated, state, scans);
    case "and":
    case "or": {
      const left = normalize(test.left, negated, state, scans);
      const right = normalize(test.right, negated, state, scans);
      const isOr = (test.type === "or") !== negated;
      if (isOr) return [...left, ...right];
      if (left.length * right.length > MOST) {
        state.report(diagnose("condition-too-complex", { most: MOST }, test.span));
        return [];
      }
      return left.flatMap((a) => right.map((b) => [...a, ...b]));
    }
    case "defined":
      if (!isReadable(test.name.name, test.name.span, state.report)) return [];
      return [[command("test", negated ? "-z" : "-n", [{ variable: test.name.name }])]];
    case "exists": {
      const file = wordOf(test.file, forDevicePaths, state.scope, state.report);
      const { kind } = test.device;
      const storage = storageAddress(test.device, state);
      if (!storage || storage === "network") {
        if (storage) state.report(diagnose("device-not-storage", { name: kind.name }, kind.span));
        return [];
      }
      scans.push(...scanOf(kind.name));
      return [[command("test", ...(negated ? ["!"] : []), "-e", ...storage, file ?? "")]];
    }
    case "compare":
      return compare(test, negated, state);
  }
}

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
    // The x keeps a value such as -n or ! from being read as an operator.
    return [[command("test", ["x", ...left], operator === "==" ? "=" : "!=", ["x", ...right])]];
  }
  const present = [left, right].filter((word) => plainText(word) === undefined);
  const guards = present.map((word: Word) => command("test", "-n", word));
  return [[...guards, command("test", left, numeric[operator], right)]];
}
