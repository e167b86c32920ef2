// What statements are written with: their values, and the variables of U-Boot that those read.
// What comes out of them is not asked here.
import type { Block, Statement, Test, Value, Variable } from "../language/index.js";
import { walk } from "../program/index.js";

/** All values of `statement`, blocks inside it left out. */
export function valuesOf(statement: Statement): readonly Value[] {
  switch (statement.type) {
    case "network":
      return statement.properties.map(({ value }) => value);
    case "ping":
      return [statement.host];
    case "load":
    case "chain":
      return [statement.to, statement.from?.where].filter((each) => each !== undefined);
    case "bootargs":
      return statement.arguments.map(({ value }) => value);
    case "set":
      return [statement.value];
    case "if":
      return valuesIn(statement.condition);
    case "print":
    case "fail":
    case "uboot":
      return [statement.text];
    default:
      return [];
  }
}

/** All values of a condition. */
function valuesIn(test: Test): readonly Value[] {
  switch (test.type) {
    case "and":
    case "or":
      return [...valuesIn(test.left), ...valuesIn(test.right)];
    case "not":
      return valuesIn(test.test);
    case "exists":
      return test.device.where ? [test.file, test.device.where] : [test.file];
    case "compare":
      return [test.left, test.right];
    default:
      return [];
  }
}

/** The `${…}` in `value`. */
export function variablesIn(value: Value): readonly Variable[] {
  if (value.type === "variable") return [value];
  if (value.type !== "text") return [];
  return value.parts.flatMap((part) =>
    typeof part !== "string" && part.type === "variable" ? [part] : [],
  );
}

/** All statements of `block`, outer ones before inner ones. */
export function statementsOf(block: Block): readonly Statement[] {
  const found: Statement[] = [];
  walk(block, (statement) => found.push(statement));
  return found;
}

/** The first line of `statement` as it was written. */
export function written({ span: { source, start, end } }: Statement): string {
  const line = source.text.slice(start, end).split("\n")[0] ?? "";
  return line.replace(/\s*\{?\s*$/, "");
}
