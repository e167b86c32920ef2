// From a written value to a word of the shell. What came from a client or a parameter is held to
// the rule of the place it ends up in, and refused where it was given.
import type { Board } from "../boards/index.js";
import { diagnose, type Label, type Report, type Span } from "../diagnostics/index.js";
import type { Part, Word } from "../hush/index.js";
import type { Text, Value } from "../language/index.js";
import { boardsOf } from "../memory/index.js";
import {
  allows,
  type Client,
  clientVariables,
  filePath,
  type Given,
  interpolate,
  type Program,
  type Rule,
  type Scope,
  type Script,
  serverPath,
  withinFileName,
} from "../program/index.js";

/** What a word may hold: as the flow's author wrote it, and as it came from a table. */
export interface Rules {
  readonly written: Rule;
  readonly given: Rule;
}

/** Reports `value` when `rule` forbids it; returns whether it may stand. */
export function admit(value: string, rule: Rule, where: readonly Label[], report: Report): boolean {
  if (allows(rule, value)) return true;
  report(diagnose("unsafe-value", { value, role: rule.role, allowed: rule.allowed }, where));
  return false;
}

function admitGiven(given: Given, rule: Rule, use: Span, report: Report): boolean {
  return admit(given.text, rule, [{ span: given.span }, { span: use, text: "used here" }], report);
}

/** The word that `value` stands for, or undefined, reported. */
export function wordOf(value: Value, rules: Rules, scope: Scope, report: Report): Word | undefined {
  const parts = value.type === "text" ? value.parts : [value];
  const result: Part[] = [];
  let whole = true;
  for (const part of parts) {
    if (typeof part !== "string" && part.type === "variable") {
      result.push({ variable: part.name });
    } else if (typeof part !== "string" && part.type === "interpolation") {
      const given = interpolate(part, scope, report);
      if (given && admitGiven(given, rules.given, part.span, report)) result.push(given.text);
      else whole = false;
    } else {
      const text = typeof part === "string" ? part : part.type === "name" ? part.name : bare(part);
      if (admit(text, rules.written, [{ span: value.span }], report)) result.push(text);
      else whole = false;
    }
  }
  return whole ? result : undefined;
}

function bare(part: Exclude<Value, { type: "variable" | "interpolation" | "name" }>): string {
  return part.type === "bare" ? part.text : "";
}

/** The text of a word without variables. */
export function plainText(word: Word): string | undefined {
  return word.every((part) => typeof part === "string") ? word.join("") : undefined;
}

const forFileNames: Rules = {
  written: { ...filePath, pattern: /^[A-Za-z0-9._/-]*$/ },
  given: withinFileName,
};

/** A script's name as `board` asks for it: the pattern with `${}` left to the board. */
export function fileWord(
  { program, script, board }: { program: Program; script: Script; board: Board },
  scope: Scope,
  report: Report,
): Word | undefined {
  const { file: pattern, forEachClient, place } = script;
  const word = wordOf(pattern, forFileNames, scope, report);
  const plain = word && plainText(word);
  if (plain !== undefined && !admit(plain, filePath, [{ span: pattern.span }], report)) {
    return undefined;
  }
  // Addresses differ between boards: what all clients share is one file a kind of board.
  const shared = !forEachClient && place === "tftp" && boardsOf(program).size > 1;
  return shared && word ? [`${board.id}/`, ...word] : word;
}

const forPaths: Rules = {
  written: { ...serverPath, pattern: /^[A-Za-z0-9._/@+-]*$/ },
  given: withinFileName,
};

/** An absolute path on a server; what a client or parameter gives stays within one folder's name. */
export function pathWord(value: Value, scope: Scope, report: Report): Word | undefined {
  const word = wordOf(value, forPaths, scope, report);
  const [first] = word ?? [];
  // What the board puts in is not known; the rest has to be a path with any name in its place.
  const shown = word?.map((part) => (typeof part === "string" ? part : "x")).join("");
  if (shown === undefined || (first !== undefined && typeof first !== "string")) return word;
  return admit(shown, serverPath, [{ span: value.span }], report) ? word : undefined;
}

/** The name of a client's file: the pattern with the client's own values for `${}`. */
export function clientFile(
  pattern: Text,
  client: Client,
  scope: Scope,
  report: Report,
): string | undefined {
  let name = "";
  for (const part of pattern.parts) {
    if (typeof part !== "string" && part.type === "variable") {
      const key = clientVariables.get(part.name) ?? part.name;
      const given = client.values.get(key);
      if (!given) {
        const labels = [
          { span: part.span },
          { span: client.span, text: `this client has no ${key}` },
        ];
        report(diagnose("client-value-missing", { client: client.name, name: key }, labels));
        return undefined;
      }
      if (!admitGiven(given, withinFileName, part.span, report)) return undefined;
      name += given.text;
    } else {
      const word = wordOf({ ...pattern, parts: [part] }, forFileNames, scope, report);
      if (!word) return undefined;
      name += plainText(word);
    }
  }
  return admit(name, filePath, [{ span: pattern.span }], report) ? name : undefined;
}
