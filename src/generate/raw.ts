// `uboot "…"`, the escape hatch: the author's own line. Only so much is looked at that it cannot
// take the rest of the script with it: quotes in pairs, compound commands whole.

import { diagnose } from "../diagnostics/index.js";
import type { List } from "../hush/index.js";
import { assign, command, when } from "../hush/index.js";
import type { UbootStatement } from "../language/index.js";
import { kernelArgument, withinFileName } from "../program/index.js";
import { type Frame, failureText, type State, step, unlessFailed } from "./state.js";
import { wordOf } from "./words.js";

const line = {
  role: "a line of U-Boot's shell",
  allowed: "printable ASCII is allowed",
  pattern: /^[ -~]*$/,
  offence: /[^ -~]/,
};
const given = {
  ...kernelArgument,
  pattern: /^[A-Za-z0-9_.,:/=@%+-]+$/,
  allowed: withinFileName.allowed,
};

export function lowerRaw({ text, span }: UbootStatement, state: State, frame: Frame): List {
  const word = wordOf(text, { written: line, given }, state.scope, state.report);
  if (!word) return [];
  const raw = word
    .map((part) => (typeof part === "string" ? part : `\${${part.variable}}`))
    .join("")
    .trim();
  const bare = withoutQuotes(raw);
  const why = bare === undefined ? "a quote is not closed" : unbalanced(bare);
  if (why !== undefined || bare === undefined || raw === "") {
    state.report(diagnose("raw-unbalanced", { why: why ?? "it is empty" }, text.span));
    return [];
  }
  const what = raw.length > 40 ? `uboot ${raw.slice(0, 40)}…` : `uboot ${raw}`;
  if (isOneCommand(bare)) return [step(state, frame, span, what, { type: "raw", text: raw })];
  const { dirty } = frame;
  frame.dirty = true;
  return unlessFailed(frame, dirty, [
    command("false"),
    when({ type: "raw", text: raw }, [], [assign(frame.flag, failureText(span, what))]),
  ]);
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
