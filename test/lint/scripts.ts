// Scripts of these tests: files that are looked at as their first line asks for.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { findBoard } from "../../src/boards/index.js";
import type { Judged } from "../../src/diagnostics/index.js";
import type { Dialect } from "../../src/hush/index.js";
import { contentOf } from "../../src/image/index.js";
import { type LintOptions, lint, readScripts } from "../../src/lint/index.js";

/** What is found in the script at `path`, asked for by `# ubootc check … --board X --dialect Y -W CODE=off`. */
export function lintFile(path: string): Judged {
  const bytes = readFileSync(path);
  return lintText(basename(path), bytes.toString(), bytes);
}

/** The same of a text that is in memory. */
export function lintText(
  name: string,
  text: string,
  bytes = new TextEncoder().encode(text),
): Judged {
  const found = readScripts(name, contentOf(bytes));
  const [script] = found;
  if (typeof found === "string" || typeof script !== "object") throw new Error(`${name}: ${found}`);
  return lint(script, optionsIn(text));
}

function optionsIn(text: string): LintOptions {
  const [command = ""] = /^# ubootc check .*/.exec(text) ?? [];
  const [, id] = /--board (\S+)/.exec(command) ?? [];
  const [, dialect] = /--dialect (old|modern)/.exec(command) ?? [];
  const board = id === undefined ? undefined : findBoard(id);
  if (id !== undefined && !board) throw new Error(`no board ${id}`);
  const off = [...command.matchAll(/-W (\S+)=off/g)].map(([, code = ""]) => [code, "off"] as const);
  const severities = Object.fromEntries(off);
  return { severities, ...(board && { board }), ...(dialect && { dialect: dialect as Dialect }) };
}
