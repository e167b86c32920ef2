// Decides what is known when compiling: an `if` on values of a client or a parameter is replaced by
// the branch that is taken, so that the other one is neither placed nor written.

import type { Report } from "../diagnostics/index.js";
import type { Block, Statement, Test, Value } from "../language/index.js";
import { constantOf, type Scope } from "../program/index.js";

/** `block` as it is for the client of `scope`. */
export function fold(block: Block, scope: Scope, report: Report): Block {
  return block.flatMap((statement) => foldStatement(statement, scope, report));
}

function foldStatement(statement: Statement, scope: Scope, report: Report): readonly Statement[] {
  switch (statement.type) {
    case "if": {
      const known = decide(statement.condition, scope, report);
      if (known === true) return fold(statement.body, scope, report);
      if (known === false) return fold(statement.otherwise, scope, report);
      const body = fold(statement.body, scope, report);
      const otherwise = fold(statement.otherwise, scope, report);
      return [{ ...statement, condition: known, body, otherwise }];
    }
    case "try": {
      const body = fold(statement.body, scope, report);
      return [{ ...statement, body, otherwise: fold(statement.otherwise, scope, report) }];
    }
    case "retry":
      return [{ ...statement, body: fold(statement.body, scope, report) }];
    default:
      return [statement];
  }
}

/** What `test` comes to, or what of it is left for the board. */
function decide(test: Test, scope: Scope, report: Report): boolean | Test {
  switch (test.type) {
    case "and":
    case "or": {
      const ends = test.type === "or";
      const left = decide(test.left, scope, report);
      if (left === ends) return ends;
      const right = decide(test.right, scope, report);
      if (typeof left === "boolean" || right === ends) return right;
      return typeof right === "boolean" ? left : { ...test, left, right };
    }
    case "not": {
      const inner = decide(test.test, scope, report);
      return typeof inner === "boolean" ? !inner : { ...test, test: inner };
    }
    case "compare": {
      if (isLate(test.left) || isLate(test.right)) return test;
      const left = constantOf(test.left, scope, report);
      const right = constantOf(test.right, scope, report);
      if (left === undefined || right === undefined) return false;
      return compare(left, test.operator, right);
    }
    default:
      return test;
  }
}

/** Whether only the board knows the value. */
function isLate(value: Value): boolean {
  if (value.type === "variable") return true;
  return (
    value.type === "text" &&
    value.parts.some((part) => typeof part !== "string" && part.type === "variable")
  );
}

function compare(left: string, operator: string, right: string): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return Number(left) < Number(right);
    case "<=":
      return Number(left) <= Number(right);
    case ">":
      return Number(left) > Number(right);
    default:
      return Number(left) >= Number(right);
  }
}
