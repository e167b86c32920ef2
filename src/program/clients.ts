// The clients of a flow: declared one by one or read from tables, with `client *` filling in.
import { isIPv4 } from "node:net";
import type { Board } from "../boards/index.js";
import { diagnose, type Label, type Report, type Span } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import type { ClientDeclaration, Declaration } from "../language/index.js";
import { lookUp } from "./board.js";
import { readTable } from "./client-tables.js";
import { type Context, of } from "./context.js";
import { readSource } from "./include.js";
import type { Client, Given } from "./program.js";
import { constantOf, text } from "./values.js";

/** A client before the defaults are filled in. */
interface Entry {
  readonly name: Given;
  readonly values: ReadonlyMap<string, Given>;
}

/** All clients, in the order of the flow. */
export function resolveClients(
  declarations: readonly Declaration[],
  boards: ReadonlyMap<string, Board>,
  context: Context,
): readonly Client[] {
  const { report } = context;
  const defaults = new Map<string, Given>();
  const entries: Entry[] = [];
  for (const declaration of of(declarations, "client")) {
    const values = declaredValues(declaration, context);
    if (!declaration.name) for (const [key, given] of values) defaults.set(key, given);
    else {
      const { name, span } = declaration.name;
      entries.push({ name: { text: name, span }, values });
    }
  }
  for (const { from } of of(declarations, "clients")) {
    const path = constantOf(from, context.scope, report);
    if (path === undefined) continue;
    const beside = pathBeside(from.span.source.name, path);
    const source = readSource(context.files, beside, "client table", from.span, report);
    if (!source) continue;
    const note: Report = (diagnostic) => {
      // Who is in it is not known; no name can be that word.
      context.broken.add("clients");
      report(diagnostic);
    };
    for (const { values } of readTable(source, note)) {
      const name = values.get("name");
      if (name) entries.push({ name, values });
    }
  }
  const [fallback] = boards.values();
  const clients = entries.flatMap(({ name, values }) => {
    const all = new Map([...defaults, ...values, ["name", name] as const]);
    const board = clientBoard(all.get("board"), boards, context) ?? fallback;
    const good = checkName(name, report) && checkValues(all, report);
    if (board && good) return [{ name: name.text, span: name.span, values: all, board }];
    context.broken.add(name.text);
    return [];
  });
  for (const key of ["name", "serial", "mac", "address"]) reportShared(clients, key, context);
  return clients;
}

function declaredValues({ properties }: ClientDeclaration, { scope, report }: Context) {
  const values = new Map<string, Given>();
  for (const { key, value } of properties) {
    const before = values.get(key.name);
    const read = text(value, scope, report);
    if (before) {
      const labels = [{ span: key.span }, { span: before.span, text: "first given here" }];
      report(diagnose("property-twice", { name: key.name }, labels));
    } else if (key.name === "name") {
      report(diagnose("client-name-property", {}, key.span));
    } else if (read !== undefined) values.set(key.name, { text: read, span: value.span });
  }
  return values;
}

function clientBoard(
  given: Given | undefined,
  boards: ReadonlyMap<string, Board>,
  context: Context,
): Board | undefined {
  return given && lookUp({ name: given.text, span: given.span }, boards, context);
}

function checkName(name: Given, report: Report): boolean {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name.text)) return true;
  const expected = "a client name of letters, digits, . _ and -";
  report(diagnose("value-invalid", { expected, found: name.text }, name.span));
  return false;
}

/** The forms of the values that have one, whatever they are used for. */
const forms: Readonly<Record<string, { expected: string; test: (found: string) => boolean }>> = {
  serial: {
    expected: "a serial number of letters, digits, . _ and -",
    test: (found) => /^[A-Za-z0-9._-]+$/.test(found),
  },
  mac: {
    expected: "a MAC address such as b8:27:eb:12:34:56",
    test: (found) => /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(found),
  },
  address: { expected: "an IPv4 address such as 192.168.0.31", test: isIPv4 },
};

function checkValues(values: ReadonlyMap<string, Given>, report: Report): boolean {
  let good = true;
  for (const [key, { expected, test }] of Object.entries(forms)) {
    const given = values.get(key);
    if (!given || test(given.text)) continue;
    report(diagnose("value-invalid", { expected, found: given.text }, given.span));
    good = false;
  }
  return good;
}

/** The two places; where both have it from `client *`, the clients and that. */
function sharedLabels(
  client: Client,
  { span }: Given,
  before: { client: Client; span: Span },
): readonly Label[] {
  if (span !== before.span) return [{ span }, { span: before.span, text: "first given here" }];
  return [
    { span, text: "all clients have it from here" },
    { span: client.span },
    { span: before.client.span },
  ];
}

/** Reports clients that share a value which tells them apart. */
function reportShared(clients: readonly Client[], key: string, { report, broken }: Context) {
  const seen = new Map<string, { client: Client; span: Span }>();
  for (const client of clients) {
    const given = client.values.get(key);
    if (!given) continue;
    const id = given.text.toLowerCase();
    const before = seen.get(id);
    if (!before) seen.set(id, { client, span: given.span });
    else {
      const data = { key, value: given.text, first: before.client.name, second: client.name };
      report(diagnose("client-shared", data, sharedLabels(client, given, before)));
      broken.add(client.name);
    }
  }
}
