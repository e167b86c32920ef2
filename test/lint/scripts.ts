// Scripts of these tests: files that are looked at as their first line asks for.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { findBoard } from "../../src/boards/index.js";
import type { Judged } from "../../src/diagnostics/index.js";
import type { Files } from "../../src/files/index.js";
import type { Dialect } from "../../src/hush/index.js";
import { contentOf } from "../../src/image/index.js";
import { finder, type LintOptions, lint, readScripts } from "../../src/lint/index.js";
import { refusalOf } from "../../src/trial/index.js";

/** What is found in the script at `path`, asked for by `# ubootc check … --board X --dialect Y -W CODE=off`. */
export function lintFile(path: string, root?: Pick<Files, "open">): Judged {
  const bytes = readFileSync(path);
  return lintText(basename(path), bytes.toString(), bytes, root);
}

/** The same of a text that is in memory. */
export function lintText(
  name: string,
  text: string,
  bytes: Uint8Array = new TextEncoder().encode(text),
  root?: Pick<Files, "open">,
): Judged {
  const found = readScripts(name, contentOf(bytes));
  const [script] = found;
  if (typeof found === "string" || typeof script !== "object") throw new Error(`${name}: ${found}`);
  return lint(script, optionsIn(text, root));
}

function optionsIn(text: string, root?: Pick<Files, "open">): LintOptions {
  const [command = ""] = /^# ubootc check .*/.exec(text) ?? [];
  const [, id] = /--board (\S+)/.exec(command) ?? [];
  const [, dialect] = /--dialect (old|modern)/.exec(command) ?? [];
  const board = id === undefined ? undefined : findBoard(id);
  if (id !== undefined && !board) throw new Error(`no board ${id}`);
  const off = [...command.matchAll(/-W (\S+)=off/g)].map(([, code = ""]) => [code, "off"] as const);
  const severities = Object.fromEntries(off);
  const files =
    root && / --root /.test(command) ? { find: finder(root.open), tries: refusalOf } : {};
  return {
    ...{ severities, ...files },
    ...(board && { board }),
    ...(dialect && { dialect: dialect as Dialect }),
  };
}
