// The one walk over statements as they were written: the blocks inside each, and the values it is
// written with. A new statement, or a new kind of condition, is missed here by the compiler.
import type { Block, Device, Reference, Statement, Test, Value } from "./syntax.js";
import type { TestStatement } from "./test-syntax.js";

/** The blocks inside `statement`, in the order they are written. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.type) {
    case "if":
      return [statement.body, statement.otherwise];
    case "try":
      return [statement.body, statement.next, statement.otherwise];
    case "retry":
    case "each":
      return [statement.body];
    case "fetch":
    case "call":
    case "network":
    case "ping":
    case "load":
    case "chain":
    case "boot":
    case "bootargs":
    case "set":
    case "unset":
    case "print":
    case "sleep":
    case "run":
    case "fail":
    case "uboot":
    case "dhcp":
    case "save":
    case "reset":
    case "poweroff":
    case "shell":
      return [];
    default:
      return missed(statement);
  }
}

/** A statement with blocks inside. A new one is missed by the compiler wherever each kind is told apart. */
export type Nesting = Extract<Statement, { readonly body: Block }>;

/** Whether `statement` has blocks inside. */
export function nests(statement: Statement): statement is Nesting {
  return blocksOf(statement).length > 0;
}

/** Calls `visit` for every statement of `block`, outer ones before inner ones. */
export function walk(block: Block, visit: (statement: Statement) => void): void {
  for (const statement of block) {
    visit(statement);
    for (const inner of blocksOf(statement)) walk(inner, visit);
  }
}

/** All statements of `block`, outer ones before inner ones. */
export function statementsOf(block: Block): readonly Statement[] {
  const found: Statement[] = [];
  walk(block, (statement) => found.push(statement));
  return found;
}

/** The names of provisions and scripts in `statement`, without those in its blocks. */
export function referencesOf(statement: Statement): readonly Reference[] {
  switch (statement.type) {
    case "load":
      return [statement.what];
    case "chain":
      return [statement.script];
    case "boot":
      return [statement.kernel, ...statement.with];
    case "bootargs":
      return statement.arguments.flatMap(({ key, value }) =>
        key?.name === "root" && (value.type === "name" || value.type === "interpolation")
          ? [value]
          : [],
      );
    case "fetch":
    case "call":
    case "each":
    case "if":
    case "try":
    case "retry":
    case "network":
    case "ping":
    case "set":
    case "unset":
    case "print":
    case "sleep":
    case "run":
    case "fail":
    case "uboot":
    case "dhcp":
    case "save":
    case "reset":
    case "poweroff":
    case "shell":
      return [];
    default:
      return missed(statement);
  }
}

/** All values of `statement`, those in its blocks left out. */
export function valuesOf(statement: Statement): readonly Value[] {
  switch (statement.type) {
    case "network":
      return statement.properties.map(({ value }) => value);
    case "ping":
      return [statement.host];
    case "load":
    case "chain":
      return [...optional(statement.to), ...placeOf(statement.from)];
    case "fetch":
      return [statement.file, statement.to, ...placeOf(statement.from)];
    case "call":
      return statement.words.flatMap((each) => {
        if (typeof each === "string") return [];
        return each.type === "device" ? placeOf(each) : [each];
      });
    case "each":
      return [statement.values];
    case "boot":
      return optional(statement.config);
    case "bootargs":
      return statement.arguments.map(({ value }) => value);
    case "set":
      return [statement.value];
    case "if":
      return valuesIn(statement.condition);
    case "retry":
      return [...optional(statement.count), ...optional(statement.pause)];
    case "sleep":
      return [statement.duration];
    case "print":
    case "fail":
    case "uboot":
      return [statement.text];
    case "try":
    case "unset":
    case "run":
    case "dhcp":
    case "save":
    case "reset":
    case "poweroff":
    case "shell":
      return [];
    default:
      return missed(statement);
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
      return [test.file, ...placeOf(test.device)];
    case "compare":
      return [test.left, test.right];
    case "defined":
      return [];
    default:
      return missed(test);
  }
}

/** All values of what stands in a test; names that may be a client's value are among them. */
export function testValuesOf(statement: TestStatement): readonly Value[] {
  switch (statement.type) {
    case "fault":
      return [
        statement.where,
        statement.what,
        statement.failure,
        statement.after,
        statement.times,
      ].filter((each) => each !== undefined);
    case "set":
      return [statement.value];
    case "expect-boot":
      return [statement.kernel, ...statement.with, ...placeOf(statement.from)];
    case "expect-end":
      return optional(statement.text);
    case "expect-bootargs":
    case "expect-console":
      return [statement.text];
    case "within":
      return [statement.duration];
    case "packets":
      return [statement.count];
    case "who":
    case "start":
      return [];
    default:
      return missed(statement);
  }
}

const optional = (value: Value | undefined): readonly Value[] => (value ? [value] : []);
const placeOf = (device: Device | undefined) => optional(device?.where);

/** For what no case is left of: the compiler names the place where one is missing. */
export function missed(never: never): never {
  throw new Error(`nothing is known of ${JSON.stringify(never)}`);
}
