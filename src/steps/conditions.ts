// What follows `if`: decided where it is known when compiling, by the arithmetic of the board, and
// otherwise left to the board.
import { diagnose } from "../diagnostics/index.js";
import { compareNumbers, isTestNumber } from "../hush/index.js";
import { missed, type Test, type Value } from "../language/index.js";
import {
  constantOf,
  givenAt,
  isInterpolated,
  isOfClient,
  kernelArgument,
  originOf,
  type Rule,
  type Scope,
  shellText,
  textFor,
  variablesOf,
  writtenAt,
} from "../program/index.js";
import { readStorage } from "./devices.js";
import { forAskedFiles } from "./files.js";
import {
  type Further,
  givensOf,
  isReadable,
  type Reading,
  type Rules,
  readText,
  scopeOf,
} from "./reading.js";
import type { Comparison, Condition } from "./step.js";

/** What a condition comes to: decided, left to the board, or nothing that can be known. */
export type Decision = boolean | Condition | undefined;

/** Reads `test`; what is left of it can be written. */
export function readCondition(test: Test, reading: Reading): Decision {
  const { idle, client, script } = reading;
  if (!idle && script.forEachClient && decidedBy(test).some(isOfClient)) {
    if (!client) return idleCondition(test, reading);
    reading.asks((each) => shapeOf(decide(test, { ...reading, client: each, report: () => {} })));
  }
  const left = decide(test, reading);
  if (typeof left !== "object") return left;
  const condition = conditionOf(left, reading);
  return isNarrow(condition, reading) ? condition : { type: "broken", span: test.span };
}

/** Of a script that nobody runs, what is wrong with a condition for everybody. */
function idleCondition(test: Test, reading: Reading): Decision {
  readCondition(test, { ...reading, idle: true });
  return undefined;
}

/** The values that `test` compares. */
function decidedBy(test: Test): readonly Value[] {
  switch (test.type) {
    case "and":
    case "or":
      return [...decidedBy(test.left), ...decidedBy(test.right)];
    case "not":
      return decidedBy(test.test);
    case "compare":
      return [test.left, test.right];
    default:
      return [];
  }
}

/** What is left of `test` when what is known is decided. */
function decide(test: Test, reading: Reading): boolean | Test | undefined {
  switch (test.type) {
    case "and":
    case "or": {
      const ends = test.type === "or";
      const left = decide(test.left, reading);
      if (left === ends) return ends;
      const right = decide(test.right, reading);
      if (right === ends) return ends;
      if (left === undefined || right === undefined) return undefined;
      if (typeof left === "boolean") return right;
      return typeof right === "boolean" ? left : { ...test, left, right };
    }
    case "not": {
      const inner = decide(test.test, reading);
      if (typeof inner === "object") return { ...test, test: inner };
      return inner === undefined ? undefined : !inner;
    }
    case "compare":
      return isLate(test.left) || isLate(test.right) ? test : compared(test, reading);
    case "defined":
    case "exists":
      return test;
    default:
      return missed(test);
  }
}

type Comparing = Extract<Test, { type: "compare" }>;

function compared(test: Comparing, reading: Reading): boolean | undefined {
  const { idle, report, board } = reading;
  const scope = scopeOf(reading);
  const [left, right] = [test.left, test.right].map((value) =>
    idle && isOfClient(value) ? undefined : constantOf(value, scope, report),
  );
  const good = isNumbers(test, [left, right], scope, reading);
  if (left === undefined || right === undefined || !good) return undefined;
  switch (test.operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    default:
      return compareNumbers(left, test.operator, right, board.bits);
  }
}

const comparesTexts = (operator: Comparison) => operator === "==" || operator === "!=";

/** Whether what is compared as numbers are some; reported where not. */
function isNumbers(
  { operator, left, right }: Comparing,
  texts: readonly (string | undefined)[],
  scope: Scope,
  { idle, report, board }: Reading,
): boolean {
  if (comparesTexts(operator)) return true;
  let good = true;
  for (const [index, value] of [left, right].entries()) {
    const found = texts[index];
    if (found === undefined || (idle && isInterpolated(value))) continue;
    if (isTestNumber(found, board.bits)) continue;
    const { labels, notes } = originOf(value, scope);
    report(diagnose("value-invalid", { expected: NUMBER, found }, labels, notes));
    good = false;
  }
  return good;
}

const NUMBER = "a number as `test` of U-Boot reads it, such as 12, 0x1f or 017 (octal)";

/** Whether only the board knows the value. */
function isLate(value: Value): boolean {
  if (value.type === "variable") return true;
  return (
    value.type === "text" &&
    value.parts.some((part) => typeof part !== "string" && part.type === "variable")
  );
}

/** Tells apart what is left of a condition for one client and another. */
function shapeOf(left: boolean | Test | undefined): string {
  if (typeof left !== "object") return `${left}`;
  switch (left.type) {
    case "and":
    case "or":
      return `(${shapeOf(left.left)} ${left.type} ${shapeOf(left.right)})`;
    case "not":
      return `not ${shapeOf(left.test)}`;
    default:
      return `${left.span.start}`;
  }
}

const inTest: Rule = { ...shellText, role: "text in a comparison" };
const compareRules: Rules = { written: inTest, given: kernelArgument };

function conditionOf(test: Test, reading: Reading): Condition {
  const { span } = test;
  const { report } = reading;
  const broken = { type: "broken", span } as const;
  switch (test.type) {
    case "and":
    case "or": {
      const { type } = test;
      const left = conditionOf(test.left, reading);
      return { type, span, left, right: conditionOf(test.right, reading) };
    }
    case "not":
      return { type: "not", span, inner: conditionOf(test.test, reading) };
    case "defined": {
      const { name } = test.name;
      return isReadable(name, test.name.span, report) ? { type: "defined", span, name } : broken;
    }
    case "exists": {
      const file = readText(test.file, forAskedFiles, reading);
      const device = readStorage(test.device, reading);
      return file && device ? { type: "exists", span, file, device } : broken;
    }
    case "compare": {
      const { operator } = test;
      const further = numberSide(operator, reading);
      const left = readText(test.left, compareRules, reading, further);
      const right = readText(test.right, compareRules, reading, further);
      return left && right ? { type: "compare", span, operator, left, right } : broken;
    }
    default:
      return missed(test);
  }
}

/** Whether a side that is known can be compared so; reported where not. */
const numberSide =
  (operator: Comparison, { board }: Reading): Further =>
  (wording, client, report) => {
    const late = variablesOf(wording).length > 0;
    const found = textFor(wording, client);
    if (comparesTexts(operator) || late || isTestNumber(found, board.bits)) return true;
    const [given] = givensOf(wording, client);
    const { span } = wording;
    const { labels, notes } = given ? givenAt(given, span) : writtenAt(span);
    report(diagnose("value-invalid", { expected: NUMBER, found }, labels, notes));
    return false;
  };

/** More than fits on a line of any board. */
const MOST = 64;

/** Whether `condition` can be written as `test` commands: none of any of its all-ofs is too much. */
function isNarrow(condition: Condition, { report }: Reading): boolean {
  let narrow = true;
  const width = (each: Condition, negated: boolean): number => {
    if (each.type === "not") return width(each.inner, !negated);
    if (each.type !== "and" && each.type !== "or") return 1;
    const left = width(each.left, negated);
    const right = width(each.right, negated);
    const count = (each.type === "or") !== negated ? left + right : left * right;
    if (count <= MOST) return count;
    if (narrow) report(diagnose("condition-too-wide", { count, most: MOST }, each.span));
    narrow = false;
    return 0;
  };
  width(condition, false);
  return narrow;
}
