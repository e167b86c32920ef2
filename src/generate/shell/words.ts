// From a written value to a word of the shell. What came from a client or a parameter is held to
// the rule of the place it ends up in, and refused where it was given.

import type { Board } from "../../boards/index.js";
import { diagnose, type Report, type Span } from "../../diagnostics/index.js";
import type { Part, Word } from "../../hush/index.js";
import type { Text, Value } from "../../language/index.js";
import { boardsOf } from "../../memory/index.js";
import {
  admit,
  aroundFileName,
  type Client,
  clientVariables,
  devicePath,
  filePath,
  type Given,
  givenAt,
  interpolate,
  madeAt,
  type Program,
  type Rule,
  type Scope,
  type Script,
  serverPath,
  withinFileName,
  withinServerPath,
  writtenAt,
} from "../../program/index.js";

/** What a word may hold: as the flow's author wrote it, as it came from a table, and in all. */
export interface Rules {
  readonly written: Rule;
  readonly given: Rule;
  /** For the whole, an `x` in place of each variable. */
  readonly whole?: Rule;
}

/** The word that `value` stands for, or undefined, reported. */
export function wordOf(value: Value, rules: Rules, scope: Scope, report: Report): Word | undefined {
  const parts = value.type === "text" ? value.parts : [value];
  const result: Part[] = [];
  const given: Given[] = [];
  let whole = true;
  for (const part of parts) {
    if (typeof part !== "string" && part.type === "variable") {
      if (isReadable(part.name, part.span, report)) result.push({ variable: part.name });
      else whole = false;
    } else if (typeof part !== "string" && part.type === "interpolation") {
      const found = interpolate(part, scope, report);
      if (found && admit(found.text, rules.given, givenAt(found, part.span), report)) {
        given.push(found);
        result.push(found.text);
      } else whole = false;
    } else {
      const text = typeof part === "string" ? part : part.type === "name" ? part.name : bare(part);
      if (admit(text, rules.written, writtenAt(value.span), report)) result.push(text);
      else whole = false;
    }
  }
  if (!whole) return undefined;
  if (!rules.whole) return result;
  const all = result.map((part) => (typeof part === "string" ? part : "x")).join("");
  return admit(all, rules.whole, madeAt(value.span, given), report) ? result : undefined;
}

/** Whether both parsers can read the variable `name`; reports it when not. */
export function isReadable(name: string, span: Span, report: Report): boolean {
  if (/^[A-Za-z][A-Za-z0-9_]*#?$/.test(name)) return true;
  report(diagnose("not-portable", { what: `the variable name \`${name}\`` }, span));
  return false;
}

function bare(part: Exclude<Value, { type: "variable" | "interpolation" | "name" }>): string {
  return part.type === "bare" ? part.text : "";
}

/** The text of a word without variables. */
export function plainText(word: Word): string | undefined {
  return word.every((part) => typeof part === "string") ? word.join("") : undefined;
}

/** The rules for a file that the build writes or the board asks for. */
const forFileNames: Rules = { written: aroundFileName, given: withinFileName, whole: filePath };
/** The rules for a file on a device of the board. */
export const forDevicePaths: Rules = { ...forFileNames, whole: devicePath };
/** A script's name as `board` asks for it: the pattern with `${}` left to the board. */
export function fileWord(
  { program, script, board }: { program: Program; script: Script; board: Board },
  scope: Scope,
  report: Report,
): Word | undefined {
  const { file, forEachClient, place } = script;
  const word = wordOf(file, forFileNames, scope, report);
  // Addresses differ between boards: what all clients share is one file a kind of board.
  const shared = !forEachClient && place === "tftp" && boardsOf(program).size > 1;
  return shared && word ? [`${board.id}/`, ...word] : word;
}

const forServerPaths: Rules = { written: withinServerPath, given: withinFileName };

/** An absolute path on a server; what a client or parameter gives stays within one folder's name. */
export function pathWord(value: Value, scope: Scope, report: Report): Word | undefined {
  const [first] = value.type === "text" ? value.parts : [value];
  // What the board puts in first may well begin with the slash.
  const late = typeof first === "object" && first.type === "variable";
  const rules = late ? forServerPaths : { ...forServerPaths, whole: serverPath };
  return wordOf(value, rules, scope, report);
}

/** The name of a client's file: the pattern with the client's own values for `${}`. */
export function clientFile(
  pattern: Text,
  client: Client,
  scope: Scope,
  report: Report,
): string | undefined {
  const parts = pattern.parts.map((part): Text["parts"][number] => {
    if (typeof part === "string" || part.type !== "variable") return part;
    const key = clientVariables.get(part.name) ?? part.name;
    return { type: "interpolation", span: part.span, path: ["client", key] };
  });
  const word = wordOf({ ...pattern, parts }, forFileNames, { ...scope, client }, report);
  return word && plainText(word);
}
