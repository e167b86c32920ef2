// `uboot "…"`, the escape hatch: the author's own line. Only so much is looked at that it cannot
// take the rest of the script with it: quotes in pairs, compound commands whole.
import { diagnose, type Report } from "../diagnostics/index.js";
import { parse } from "../hush/index.js";
import type { UbootStatement } from "../language/index.js";
import {
  type Client,
  madeAt,
  plainWord,
  type Rule,
  textFor,
  type Wording,
} from "../program/index.js";
import { givensOf, type Reading, readText } from "./reading.js";
import type { UbootStep } from "./step.js";

const line: Rule = {
  role: "a line of U-Boot's shell",
  allowed: "printable ASCII is allowed",
  pattern: /^[ -~]*$/,
  offence: /[^ -~]/,
  prose: true,
};

export function readRaw({ text, span }: UbootStatement, reading: Reading): UbootStep | undefined {
  const { report } = reading;
  const wording = readText(text, { written: line, given: plainWord }, reading, keepsShape);
  if (!wording) return undefined;
  const raw = templateOf(wording).trim();
  const bare = withoutQuotes(raw);
  const why = bare === undefined ? "a quote is not closed" : unbalanced(bare);
  if (why !== undefined || bare === undefined || raw === "") {
    report(diagnose("raw-unbalanced", { why: why ?? "it is empty" }, text.span));
    return undefined;
  }
  const parsed = parse(raw, "old");
  return { type: "uboot", span, line: wording, parsed, compound: !isOneCommand(bare) };
}

/** The line with a `_` for each value of a client. */
function templateOf({ parts, span }: Wording): string {
  return parts
    .map((part) =>
      typeof part !== "string" && part.type === "client"
        ? "_"
        : textFor({ parts: [part], span }, undefined),
    )
    .join("");
}

/** Words that the shell takes for syntax where a command can begin, and assignments. */
const SYNTAX = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|!|\w+=.*)$/;

/** Whether the values in `line` are words like any other. Reports them when they are not. */
function keepsShape(wording: Wording, client: Client | undefined, report: Report): boolean {
  const shape = (text: string) =>
    text.split(/[\s;&|]+/).map((each) => SYNTAX.exec(each)?.[0].replace(/=.*/, "="));
  const { parts, span } = wording;
  const isGiven = (part: Wording["parts"][number]) =>
    typeof part !== "string" && part.type !== "variable";
  const template = parts
    .map((part) => (isGiven(part) ? "_" : textFor({ parts: [part], span }, client)))
    .join("");
  if (`${shape(template)}` === `${shape(textFor(wording, client))}`) return true;
  const given = givensOf(wording, client);
  const value = given.map((each) => each.text).join(" ");
  const allowed = "a value from outside may not become a word that the shell reads as syntax";
  const { labels, notes } = madeAt(span, given);
  report(diagnose("unsafe-value", { value, role: plainWord.role, allowed }, labels, notes));
  return false;
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
