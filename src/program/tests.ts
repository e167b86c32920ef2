// Tests: names looked up, values read. What a test comes to for a board may depend on its client, so
// that it is read for each; running it is not done here.
import {
  type Diagnostic,
  diagnose,
  type Label,
  nearest,
  type Report,
  type Span,
} from "../diagnostics/index.js";
import {
  type Device,
  type ExpectBootStatement,
  type ExpectEndStatement,
  type Name,
  type TestDeclaration,
  type TestStatement,
  testValuesOf,
  walk,
} from "../language/index.js";
import type { Context } from "./context.js";
import { type Fault, readFault } from "./faults.js";
import type { Client, Program, Provision, Script, Test } from "./program.js";
import { companionOf, kernelOf } from "./references.js";
import { constantOf, duration, type Scope } from "./values.js";
import { isOfClient } from "./wording.js";

/** What is to be, and where that is written. */
export type Expectation = { readonly span: Span } & (
  | {
      readonly kind: "boot";
      readonly kernel: Provision;
      /** Device trees and initrds that were named. */
      readonly with: readonly Provision[];
      /** The device as it is written: `mmc`, `mmc 0:1`, `tftp`. */
      readonly from?: string;
    }
  | { readonly kind: "prompt" | "reset" | "poweroff" }
  | { readonly kind: "fail"; readonly text?: string }
  | { readonly kind: "bootargs"; readonly text: string; readonly exactly: boolean }
  | { readonly kind: "console"; readonly text: string; readonly absent: boolean }
  /** Milliseconds. */
  | { readonly kind: "within"; readonly most: number }
  | { readonly kind: "packets"; readonly most: number }
);

/** A test as it is for one board. */
export interface ReadTest {
  readonly start: Script;
  readonly faults: readonly Fault[];
  /** Variables that the board's environment has. */
  readonly environment: Readonly<Record<string, string>>;
  readonly expectations: readonly Expectation[];
}

/** The tests of a flow; `program` is all else of it. */
export function resolveTests(
  declarations: readonly TestDeclaration[],
  program: Program,
  { scope, report }: Context,
): readonly Test[] {
  const titles = new Map<string, Span>();
  return declarations.flatMap(({ title: text, span, body }) => {
    const title = constantOf(text, scope, report);
    if (title === undefined) return [];
    const before = titles.get(title);
    if (before) {
      const labels: Label[] = [{ span: text.span }, { span: before, text: "first used here" }];
      report(diagnose("name-taken", { name: title }, labels));
      return [];
    }
    titles.set(title, text.span);
    const test: Test = {
      title,
      span: { ...span, end: text.span.end },
      clients: clientsOf(body, program, report),
      body,
    };
    checkTest(test, program, report);
    return [test];
  });
}

/** Those that are named, or all there are. */
function clientsOf(
  body: readonly TestStatement[],
  { clients, broken }: Program,
  report: Report,
): readonly (Client | undefined)[] {
  const named = body.flatMap((each) => (each.type === "who" ? each.clients : []));
  if (named.length === 0) return clients.length > 0 ? clients : [undefined];
  const known = clients.map(({ name }) => name);
  const found = new Set<Client>();
  for (const { name, span } of named) {
    const client = clients.find((each) => each.name === name);
    if (client) found.add(client);
    else if (!broken.has(name) && !broken.has("clients")) {
      const data = { kind: "client", name, nearest: nearest(name, known) };
      report(diagnose("name-unknown", data, span));
    }
  }
  return [...found];
}

/** Reads `test` for every board that it may differ for, so that what is wrong is said before. */
function checkTest(test: Test, program: Program, report: Report): void {
  const { title, body, span } = test;
  if (!body.some(({ type }) => type.startsWith("expect"))) {
    report(diagnose("test-expects-nothing", { title }, span));
  }
  const ends = body.filter(
    (each): each is ExpectBootStatement | ExpectEndStatement =>
      each.type === "expect-boot" || each.type === "expect-end",
  );
  const [first, second] = ends;
  if (first && second) {
    const data = { first: endName(first), second: endName(second) };
    const labels: Label[] = [{ span: second.span }, { span: first.span, text: "it ends here" }];
    report(diagnose("test-ends-twice", data, labels));
  }
  const [one] = test.clients;
  const differ = body.flatMap(testValuesOf).some(isOfClient);
  for (const client of differ ? test.clients : [one]) {
    const problems: Diagnostic[] = [];
    readTest(program, test, client, (each) => problems.push(each));
    for (const problem of problems) report(problem);
    // The others have the same.
    if (problems.length > 0) return;
  }
}

const endName = (each: ExpectBootStatement | ExpectEndStatement) =>
  each.type === "expect-boot" ? "boot" : each.end;

/** `test` as it is for the board of `client`; undefined when something is wrong, which is reported. */
export function readTest(
  program: Program,
  { body, span }: Pick<Test, "body" | "span">,
  client: Client | undefined,
  report: Report,
): ReadTest | undefined {
  const outside = "the flow has no clients";
  const { parameters, broken } = program;
  const scope: Scope = { parameters, broken, ...(client ? { client } : { outside }) };
  let whole = true;
  const note: Report = (diagnostic) => {
    whole = false;
    report(diagnostic);
  };
  const named = body.find((each) => each.type === "start");
  const start = startOf(program, named?.script ?? span, note);
  const faults: Fault[] = [];
  const environment: Record<string, string> = {};
  const expectations: Expectation[] = [];
  for (const statement of body) {
    if (statement.type === "fault") {
      const fault = readFault(statement, { program, scope, report: note });
      if (fault) faults.push(fault);
    } else if (statement.type === "set") {
      const value = constantOf(statement.value, scope, note);
      if (value !== undefined) environment[statement.name.name] = value;
    } else {
      const expectation = expectationOf(statement, program, scope, note);
      if (expectation) expectations.push({ span: statement.span, ...expectation });
    }
  }
  return whole && start ? { start, faults, environment, expectations } : undefined;
}

type Unplaced<T> = T extends unknown ? Omit<T, "span"> : never;

function expectationOf(
  statement: TestStatement,
  program: Program,
  scope: Scope,
  report: Report,
): Unplaced<Expectation> | undefined {
  switch (statement.type) {
    case "expect-boot": {
      const kernel = kernelOf(program, statement.kernel, scope, report);
      const others = statement.with.flatMap(
        (each) => companionOf(program, each, scope, report) ?? [],
      );
      const { from } = statement;
      const device = from && { from: deviceText(from) };
      return kernel && { kind: "boot", kernel, with: others, ...device };
    }
    case "expect-end": {
      if (statement.end !== "fail") return { kind: statement.end };
      if (!statement.text) return { kind: "fail" };
      const text = constantOf(statement.text, scope, report);
      return text === undefined ? undefined : { kind: "fail", text };
    }
    case "expect-bootargs": {
      const text = constantOf(statement.text, scope, report);
      const { exactly } = statement;
      return text === undefined ? undefined : { kind: "bootargs", text, exactly };
    }
    case "expect-console": {
      const text = constantOf(statement.text, scope, report);
      const { absent } = statement;
      return text === undefined ? undefined : { kind: "console", text, absent };
    }
    case "within": {
      const most = duration(statement.duration, scope, report);
      return most === undefined ? undefined : { kind: "within", most };
    }
    case "packets":
      return { kind: "packets", most: Number(statement.count.text) };
    default:
      return undefined;
  }
}

/** A device as a person reads it: `mmc 0:1`. */
function deviceText({ kind, where }: Device): string {
  if (!where) return kind.name;
  return `${kind.name} ${where.span.source.text.slice(where.span.start, where.span.end)}`;
}

/** What U-Boot looks for by itself (boot/bootmeth_script.c, include/config_distro_bootcmd.h). */
const FOUND = /(?:^|\/)boot\.scr(?:\.uimg)?$/;

/**
 * The script a board begins with: the one of that name, or else the one that U-Boot finds by itself
 * or that no other script chains to. `where` is pointed at when that is not clear.
 */
export function startOf(
  { scripts, broken }: Program,
  where: Name | Span,
  report: Report,
): Script | undefined {
  if ("type" in where) {
    const { name, span } = where;
    const found = scripts.get(name);
    if (!found && !broken.has(name)) {
      const data = { kind: "script", name, nearest: nearest(name, scripts.keys()) };
      report(diagnose("name-unknown", data, span));
    }
    return found;
  }
  const all = [...scripts.values()];
  const [byName, ...others] = all.filter(
    ({ place, file }) => place === "sdcard" && FOUND.test(file.parts.join("")),
  );
  if (byName && others.length === 0) return byName;
  const chained = new Set<string>();
  for (const { body } of all) {
    walk(body, (each) => {
      if (each.type === "chain" && each.script.type === "name") chained.add(each.script.name);
    });
  }
  const first = all.filter(({ name }) => !chained.has(name));
  if (first.length === 1) return first[0];
  // One that cannot be read may be the first.
  if (broken.size > 0) return undefined;
  const starts = first.map(({ name }) => name);
  report(diagnose("start-unclear", { starts }, where));
  return undefined;
}
