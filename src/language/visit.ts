// The one walk over statements as they were written: what each is made of. A new statement, or a new kind
// of condition, is missed here by the compiler.
import type { Block, Device, Reference, Statement, Test, Value } from "./syntax.js";
import type { TestStatement } from "./test-syntax.js";

/** What a statement is made of, besides what only its own kind has. */
interface Anatomy<Kind extends Statement> {
  /** The blocks inside, in the order they are written. */
  readonly blocks?: (statement: Kind) => readonly Block[];
  /** The names of provisions and scripts, without those in its blocks. */
  readonly references?: (statement: Kind) => readonly Reference[];
  /** Its values, those in its blocks left out. */
  readonly values?: (statement: Kind) => readonly Value[];
}

const anatomy: {
  readonly [Type in Statement["type"]]: Anatomy<Extract<Statement, { type: Type }>>;
} = {
  if: {
    blocks: ({ body, otherwise }) => [body, otherwise],
    values: ({ condition }) => valuesIn(condition),
  },
  try: { blocks: ({ body, next, otherwise }) => [body, next, otherwise] },
  retry: {
    blocks: ({ body }) => [body],
    values: ({ count, pause }) => [...optional(count), ...optional(pause)],
  },
  each: { blocks: ({ body }) => [body], values: ({ values }) => [values] },
  load: {
    references: ({ what }) => [what],
    values: ({ to, from }) => [...optional(to), ...placeOf(from)],
  },
  chain: {
    references: ({ script }) => [script],
    values: ({ to, from }) => [...optional(to), ...placeOf(from)],
  },
  fetch: { values: ({ file, to, from }) => [file, to, ...placeOf(from)] },
  call: {
    values: ({ words }) =>
      words.flatMap((each) => {
        if (typeof each === "string") return [];
        return each.type === "device" ? placeOf(each) : [each];
      }),
  },
  boot: {
    references: ({ kernel, with: others }) => [kernel, ...others],
    values: ({ config }) => optional(config),
  },
  bootargs: {
    references: (statement) =>
      statement.arguments.flatMap(({ key, value }) =>
        key?.name === "root" && (value.type === "name" || value.type === "interpolation")
          ? [value]
          : [],
      ),
    values: (statement) => statement.arguments.map(({ value }) => value),
  },
  network: { values: ({ properties }) => properties.map(({ value }) => value) },
  ping: { values: ({ host }) => [host] },
  set: { values: ({ value }) => [value] },
  sleep: { values: ({ duration }) => [duration] },
  print: { values: ({ text }) => [text] },
  fail: { values: ({ text }) => [text] },
  uboot: { values: ({ text }) => [text] },
  unset: {},
  run: {},
  dhcp: {},
  save: {},
  reset: {},
  poweroff: {},
  shell: {},
};

/** What is known of `statement`: the table has it by the statement's own type. */
const anatomyOf = <Kind extends Statement>({ type }: Kind) => anatomy[type] as Anatomy<Kind>;

/** The blocks inside `statement`, in the order they are written. */
export const blocksOf = (statement: Statement): readonly Block[] =>
  anatomyOf(statement).blocks?.(statement) ?? [];

/** The names of provisions and scripts in `statement`, without those in its blocks. */
export const referencesOf = (statement: Statement): readonly Reference[] =>
  anatomyOf(statement).references?.(statement) ?? [];

/** All values of `statement`, those in its blocks left out. */
export const valuesOf = (statement: Statement): readonly Value[] =>
  anatomyOf(statement).values?.(statement) ?? [];

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
