// `uboot "…"`, the escape hatch: the author's own line. Only so much is looked at that it cannot
// take the rest of the script with it: quotes in pairs, compound commands whole.
import { diagnose, type Report } from "../diagnostics/index.js";
import { type ParsedScript, parse } from "../hush/index.js";
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
  const parsed = parse(`${raw}\n`, "old");
  const why = raw === "" ? "it is empty" : incomplete(parsed);
  if (why !== undefined) {
    report(diagnose("raw-unbalanced", { why }, text.span));
    return undefined;
  }
  const [only, ...more] = parsed.tree.steps;
  const compound = only?.command?.type !== "simple" || more.length > 0;
  return { type: "uboot", span, line: wording, parsed, compound };
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

/** Why a line is not whole by itself, as the old shell reads it. */
function incomplete({ errors, tree }: ParsedScript): string | undefined {
  if (tree.comments.length > 0) return "`#` makes a comment of what follows";
  const [fault] = errors;
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case "broken":
      return /single|double/.test(fault.what)
        ? "a quote is not closed"
        : "a name or a backslash at its end is not closed";
    case "operator":
      return `\`${fault.operator}\` is not an operator of the old shell`;
    case "unfinished":
    case "misplaced": {
      const [open, close] = pairs.find((pair) => pair.includes(fault.word)) ?? [];
      return open === undefined
        ? `\`${fault.word}\` stands where it cannot`
        : `\`${open}\` and \`${close}\` do not come in pairs`;
    }
    default:
      return "a compound command is not whole";
  }
}

const pairs: readonly (readonly string[])[] = [
  ["if", "fi", "then", "elif", "else"],
  ["do", "done", "for", "while", "until", "in"],
];
