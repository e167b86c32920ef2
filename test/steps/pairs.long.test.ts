// Two faults in one flow: each code that has a flow in test/errors beside each other one. Their
// declarations are put together where that can be done; then both have to be said.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { allCodes, type Source } from "../../src/diagnostics/index.js";
import type { Files } from "../../src/files/index.js";
import { type Declaration, parse } from "../../src/language/index.js";
import { filesOf } from "../errors/inputs.js";
import { isQuick } from "../tools/runs.js";

const errors = resolve(import.meta.dirname, "../errors");

interface Case {
  readonly code: string;
  readonly files: Files;
  readonly declarations: readonly { readonly key: string; readonly text: string }[];
}

/** What a declaration is known by: two of one key cannot stand in one flow. */
function keyOf(each: Declaration): string {
  // Scripts for all are compiled for the first board alone.
  if (each.type === "board" || each.type === "server") return `${each.type} `;
  const name = "name" in each && each.name ? each.name.name : "";
  const several = each.type === "test" || each.type === "firmware" || each.type === "clients";
  return several ? `${each.type} ${each.span.start}` : `${each.type} ${name}`;
}

const cases: readonly Case[] = allCodes.flatMap((code): readonly Case[] => {
  const path = join(errors, code, "flow.boot");
  if (!existsSync(path)) return [];
  const source: Source = { name: "flow.boot", text: readFileSync(path, "latin1") };
  const { tree } = parse(source);
  // Of a flow that cannot be read nothing else is known, and what is said of -D has no place.
  if (!tree || /^# (?:-D|--sign)/m.test(source.text)) return [];
  const declarations = tree.declarations.map((each) => ({
    key: keyOf(each),
    text: source.text.slice(each.span.start, each.span.end),
  }));
  const files = filesOf(code);
  const said = compile("flow.boot", { files }).diagnostics.map((each) => each.code);
  return said.includes(code) ? [{ code, files, declarations }] : [];
});

/** The flow of both, or undefined where they do not go together. */
function merged(one: Case, other: Case): { text: string; files: Files } | undefined {
  const known = new Map(one.declarations.map(({ key, text }) => [key, text]));
  const texts = one.declarations.map(({ text }) => text);
  for (const { key, text } of other.declarations) {
    const before = known.get(key);
    if (before === text) continue;
    if (before === undefined) texts.push(text);
    else if (!key.startsWith("script ")) return undefined;
    else {
      // A script of its own beside the other.
      const [, name = ""] = key.split(" ");
      texts.push(
        text
          .replace(`script ${name} `, `script ${name}-2 `)
          .replace(/(script \S+ on \w+ )"([^"]*)"/, '$1"second/$2"'),
      );
    }
  }
  const text = texts.map((each) => `${each}\n`).join("");
  const files: Files = {
    open: (path) => {
      if (path === "flow.boot") {
        const bytes = Buffer.from(text, "latin1");
        return { size: bytes.length, read: (at, size) => bytes.subarray(at, at + size) };
      }
      const found = one.files.open(path);
      return "code" in found && found.code === "missing" ? other.files.open(path) : found;
    },
  };
  return { text, files };
}

/** Codes that cannot be held beside any other one, and why. */
const alone: ReadonlyMap<string, string> = new Map([
  ["board-missing", "without a board there is nothing to plan for"],
  ["board-unknown", "without a board there is nothing to plan for"],
  ["include-cycle", "what is not read may declare anything"],
  ["include-not-constant", "what is not read may declare anything"],
  ["table-unreadable", "of such a table no row is known"],
  ["table-not-a-list", "of such a table no row is known"],
  ["allow-unused", "said only when all else was looked at"],
  ["server-missing", "the other flow may bring a server"],
  ["chain-self", "the second script is called otherwise here"],
]);

/** Every so many pairs, others for each code: all of them take minutes. */
const EACH = isQuick ? 300 : 9;

it("says both of two faults", () => {
  const missed: string[] = [];
  let pairs = 0;
  for (const [at, one] of cases.entries()) {
    for (const [index, other] of cases.entries()) {
      if (index <= at || (at + index) % EACH !== 0) continue;
      if (alone.has(one.code) || alone.has(other.code)) continue;
      const both = merged(one, other);
      if (!both) continue;
      pairs++;
      const { diagnostics } = compile("flow.boot", { files: both.files });
      const said = new Set<string>(diagnostics.map(({ code }) => code));
      for (const { code } of [one, other]) {
        if (!said.has(code)) missed.push(`${one.code} + ${other.code}: no ${code}`);
      }
    }
  }
  expect({ pairs, missed }).toEqual({ pairs, missed: [] });
}, 600_000);
