// `uboot "…"`, the escape hatch: the author's own line. Only so much is looked at that it cannot
// take the rest of the script with it: quotes in pairs, compound commands whole.

import { diagnose } from "../../diagnostics/index.js";
import type { List, Word } from "../../hush/index.js";
import { assign, command, when } from "../../hush/index.js";
import type { Interpolation, Text, UbootStatement } from "../../language/index.js";
import { interpolate, madeAt, plainWord, type Rule } from "../../program/index.js";
import { type Frame, failureText, type State, step, unlessFailed } from "./state.js";
import { wordOf } from "./words.js";

const line: Rule = {
  role: "a line of U-Boot's shell",
  allowed: "printable ASCII is allowed",
  pattern: /^[ -~]*$/,
  offence: /[^ -~]/,
  prose: true,
};

export function lowerRaw({ text, span }: UbootStatement, state: State, frame: Frame): List {
  const word = wordOf(text, { written: line, given: plainWord }, state.scope, state.report);
  if (!word || !keepsShape(text, word, state)) return [];
  const raw = rawOf(word).trim();
  const bare = withoutQuotes(raw);
  const why = bare === undefined ? "a quote is not closed" : unbalanced(bare);
  if (why !== undefined || bare === undefined || raw === "") {
    state.report(diagnose("raw-unbalanced", { why: why ?? "it is empty" }, text.span));
    return [];
  }
  const what = raw.length > 40 ? `uboot ${raw.slice(0, 40)}...` : `uboot ${raw}`;
  if (isOneCommand(bare)) return [step(state, frame, span, what, { type: "raw", text: raw })];
  const { dirty } = frame;
  frame.dirty = true;
  return unlessFailed(frame, dirty, [
    command("false"),
    when({ type: "raw", text: raw }, [], [assign(frame.flag, failureText(span, what))]),
  ]);
}

function rawOf(word: Word): string {
  return word.map((part) => (typeof part === "string" ? part : `\${${part.variable}}`)).join("");
}

/** Words that the shell takes for syntax where a command can begin, and assignments. */
const SYNTAX = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|!|\w+=.*)$/;

/** Whether the values in `text` are words like any other. Reports them when they are not. */
function keepsShape(text: Text, word: Word, { scope, report }: State): boolean {
  const shape = (line: string) =>
    line.split(/[\s;&|]+/).map((each) => SYNTAX.exec(each)?.[0].replace(/=.*/, "="));
  const template = word.map((part, index) => (isGiven(text.parts[index]) ? "_" : part));
  if (`${shape(rawOf(template))}` === `${shape(rawOf(word))}`) return true;
  const given = text.parts
    .filter(isGiven)
    .flatMap((each) => interpolate(each, scope, report) ?? []);
  const value = given.map((each) => each.text).join(" ");
  const allowed = "a value from outside may not become a word that the shell reads as syntax";
  const { labels, notes } = madeAt(text.span, given);
  report(diagnose("unsafe-value", { value, role: plainWord.role, allowed }, labels, notes));
  return false;
}

function isGiven(part: Text["parts"][number] | undefined): part is Interpolation {
  return typeof part === "object" && part.type === "interpolation";
}

/** The line with what is quoted left out; undefined when a quote stays open. */
function withoutQuotes(raw: string): string | undefined {
  const bare = raw.replace(/"[^"]*"|'[^']*'|\\./g, "_");
  return /["']/.test(bare) ? undefined : bare;
}

const pairs = [
  ["if", "fi"],
  ["do", "done"],
] as const;

function unbalanced(bare: string): string | undefined {
  if (/(^|[\s;&|])#/.test(bare)) return "`#` makes a comment of what follows";
  const operators = bare.match(/[;&|]+/g) ?? [];
  const wrong = operators.find((each) => ![";", "&&", "||"].includes(each));
  if (wrong !== undefined) return `\`${wrong}\` is no operator of the old shell`;
  const words = bare.split(/[\s;&|]+/);
  const count = (wanted: string) => words.filter((each) => each === wanted).length;
  const [open, close] = pairs.find(([first, last]) => count(first) !== count(last)) ?? [];
  return open === undefined ? undefined : `\`${open}\` and \`${close}\` do not come in pairs`;
}

function isOneCommand(bare: string): boolean {
  return !/[;&|#]/.test(bare) && !/^(if|for|while|until)\b/.test(bare);
}
