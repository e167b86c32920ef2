// Decides what is known when compiling: an `if` on values of a client or a parameter is replaced by
// the branch that is taken, so that the other one is neither placed nor written.
import type { Report } from "../diagnostics/index.js";
import type { Block, Statement, Test, Value } from "../language/index.js";
import { constantOf, type Scope } from "../program/index.js";

/** A block without what is never run, and the decisions that led to it. */
export interface Folded {
  readonly block: Block;
  /** The same for two clients when the same branches are taken. */
  readonly decisions: string;
}

/** `block` as it is for the client of `scope`. */
export function fold(block: Block, scope: Scope, report: Report): Folded {
  let decisions = "";

  const foldBlock = (statements: Block): Block => statements.flatMap(foldStatement);

  const foldStatement = (statement: Statement): readonly Statement[] => {
    switch (statement.type) {
      case "if": {
        const known = decide(statement.condition, scope, report);
        if (typeof known === "boolean") {
          decisions += known ? "1" : "0";
          return foldBlock(known ? statement.body : statement.otherwise);
        }
        const body = foldBlock(statement.body);
        return [
          { ...statement, condition: known, body, otherwise: foldBlock(statement.otherwise) },
        ];
      }
      case "boot":
        // Which images of a FIT are started is decided by it.
        if (statement.config) decisions += `#${constantOf(statement.config, scope, () => {})}`;
        return [statement];
      case "try": {
        const body = foldBlock(statement.body);
        return [{ ...statement, body, otherwise: foldBlock(statement.otherwise) }];
      }
      case "retry":
        return [{ ...statement, body: foldBlock(statement.body) }];
      default:
        return [statement];
    }
  };
  const folded = foldBlock(block);
  return { block: folded, decisions };
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
