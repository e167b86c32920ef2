// Conditions of a script that a flow has too, with what an empty variable makes of them.
import type { Dialect, Step, Steps } from "../hush/index.js";
import { type Argument, commandOf, type Locate, type ScriptCommand } from "../lint/index.js";
import { bare, deviceText, fileText, mayVanish, valueText } from "./words.js";

/** The condition that a row of commands is; undefined when a flow has none like it. */
export function conditionOf(steps: Steps, dialect: Dialect, locate: Locate): string | undefined {
  const texts = steps.map((each) => oneCondition(each, locate));
  if (texts.length === 0 || !texts.every((each) => each !== undefined)) return undefined;
  const joints = steps.slice(0, -1).map(({ operator }) => (operator === "&&" ? "and" : "or"));
  if (steps.slice(0, -1).some(({ operator }) => !/^(?:&&|\|\|)$/.test(operator))) return undefined;
  const mixed = new Set(joints).size > 1;
  const inner = texts.map((each) => grouped(each, texts.length > 1));
  if (!mixed)
    return inner.map((each, index) => (index === 0 ? each : `${joints[0]} ${each}`)).join(" ");
  // The old parser skips all that is left, the modern one goes from left to right.
  return dialect === "old"
    ? inner.reduceRight(
        (rest, each, index) => `${each} ${joints[index]} ${open(rest, index, inner)}`,
      )
    : inner.reduce((before, each, index) => `(${before}) ${joints[index - 1]} ${each}`);
}

const open = (rest: string, index: number, all: readonly string[]) =>
  index === all.length - 2 ? rest : `(${rest})`;

/** In parentheses where something else would bind closer. */
function grouped(text: string, always: boolean): string {
  const outside = text.replace(/"(?:\\.|[^"\\])*"/g, "").replace(/\([^()]*\)/g, "");
  return always && / (?:or|and) /.test(outside) ? `(${text})` : text;
}

/** The opposite of `condition`. */
export function negated(condition: string): string {
  const [, simple] = /^not (defined \w+|exists "[^"]*" on [\w: ]+)$/.exec(condition) ?? [];
  if (simple) return simple;
  return /^(?:defined \w+|exists "[^"]*" on [\w: ]+)$/.test(condition)
    ? `not ${condition}`
    : `not (${condition})`;
}

function oneCondition({ command: node, inverted }: Step, locate: Locate): string | undefined {
  if (node?.type !== "simple") return undefined;
  const { assignments, command } = commandOf(node, locate);
  if (assignments.length > 0 || !command) return undefined;
  const text = conditionText(command);
  return text !== undefined && inverted ? negated(text) : text;
}

/** The condition that `command` is. */
export function conditionText(command: ScriptCommand): string | undefined {
  const { name, args, written } = command;
  const [first, second] = args;
  switch (name) {
    case "test":
      return testText(args);
    case "itest":
      return written === "itest.s" ? itestText(args) : undefined;
    case "printenv":
      return args.length === 1 ? definedText(first) : undefined;
    case "env":
      return args.length === 2 && first?.text === "exists" ? definedText(second) : undefined;
    default:
      return undefined;
  }
}

const definedText = (name: Argument | undefined) =>
  /^[A-Za-z]\w*$/.test(name?.text ?? "") ? `defined ${name?.text}` : undefined;

/** `test` looks at its words from left to right, without precedence. */
function testText(args: readonly Argument[]): string | undefined {
  let whole: string | undefined;
  let rest = args;
  let joint = "";
  let last = "";
  while (rest.length > 0) {
    const inverted = rest[0]?.text === "!";
    if (inverted) rest = rest.slice(1);
    const end = rest.findIndex(({ text }) => text === "-a" || text === "-o");
    const part = rest.slice(0, end < 0 ? rest.length : end);
    const text = operandText(part, args.length === part.length + (inverted ? 1 : 0));
    if (text === undefined) return undefined;
    const one = grouped(inverted ? negated(text) : text, whole !== undefined || end >= 0);
    const before = last !== "" && last !== joint ? `(${whole})` : whole;
    whole = whole === undefined ? one : `${before} ${joint} ${one}`;
    last = joint;
    joint = rest[end]?.text === "-a" ? "and" : "or";
    rest = end < 0 ? [] : rest.slice(end + 1);
    if (end >= 0 && rest.length === 0) return undefined;
  }
  return whole;
}

/** `alone`: nothing else stands in the command, so that it is known what a missing word makes of it. */
function operandText(args: readonly Argument[], alone: boolean): string | undefined {
  const [first, second, third, fourth] = args;
  if (args.length === 4 && first?.text === "-e") {
    const [device, file] = [deviceText(second, third), fileText(fourth)];
    return device && file ? `exists ${file} on ${device}` : undefined;
  }
  if (args.length === 2 && second && /^-[nz]$/.test(first?.text ?? "")) {
    if (mayVanish(second)) return undefined;
    return emptyText(second, first?.text === "-n");
  }
  if (args.length !== 3 || !first || !second || !third) return undefined;
  const vanishing = [first, third].filter(mayVanish);
  if (vanishing.length > 1 || (vanishing.length > 0 && !alone)) return undefined;
  const text = comparedText(first, second.text, third);
  const missing = vanishing[0] && emptyText(vanishing[0], false);
  // `test = b` and `test -gt 1` are true.
  return text !== undefined && missing !== undefined ? `${missing} or ${text}` : text;
}

function itestText(args: readonly Argument[]): string | undefined {
  const [first, second, third] = args;
  if (args.length !== 3 || !first || !second || !third) return undefined;
  const operator = { "==": "=", "-eq": "=", "!=": "!=", "<>": "!=", "-ne": "!=" }[second.text];
  const text = operator && comparedText(first, operator, third);
  const missing = [first, third].filter(mayVanish).map((each) => emptyText(each, true));
  // Without one of its words it fails.
  return text && missing.every((each) => each !== undefined)
    ? [...missing, text].map((each) => grouped(each, missing.length > 0)).join(" and ")
    : undefined;
}

/** Whether all that is in `word` is empty, or something is not. */
function emptyText(word: Argument, filled: boolean): string | undefined {
  const text = valueText([word]);
  const [, name] = /^"\$\{([A-Za-z]\w*)\}"$/.exec(text ?? "") ?? [];
  if (name !== undefined) return filled ? `defined ${name}` : `not defined ${name}`;
  return text === undefined ? undefined : `${text} ${filled ? "!=" : "=="} ""`;
}

const numeric: Readonly<Record<string, readonly string[]>> = {
  "-lt": ["<"],
  "-le": ["<="],
  "-gt": [">"],
  "-ge": [">="],
  "-eq": [">=", "and", "<="],
  "-ne": ["<", "or", ">"],
};

function comparedText(first: Argument, operator: string, third: Argument): string | undefined {
  const [left, right] = [valueText([first]), valueText([third])];
  if (left === undefined || right === undefined) return undefined;
  const signs = numeric[operator];
  if (signs) {
    const number = (text: string) => /^"(?:0x[0-9a-fA-F]+|\d+)"$/.test(text);
    const sides = [left, right].map((each) => (number(each) ? each.slice(1, -1) : bare(each)));
    if (![left, right].some(number)) return undefined;
    return signs
      .map((each) => (/^[<>]/.test(each) ? `${sides[0]} ${each} ${sides[1]}` : each))
      .join(" ");
  }
  if (operator !== "=" && operator !== "!=") return undefined;
  // The x before both sides is what keeps an empty one from vanishing.
  const guarded = /^"[xX]/.test(left) && left[1] === right[1];
  const [one, other] = [left, right].map((each) => (guarded ? `"${each.slice(2)}` : each));
  const [, name] = /^"\$\{([A-Za-z]\w*)\}"$/.exec(one ?? "") ?? [];
  if (name !== undefined && other === '""')
    return `${operator === "=" ? "not " : ""}defined ${name}`;
  const [, named] = /^"\$\{([A-Za-z]\w*)\}"$/.exec(other ?? "") ?? [];
  if (named !== undefined && one === '""')
    return `${operator === "=" ? "not " : ""}defined ${named}`;
  return `${bare(one)} ${operator === "=" ? "==" : "!="} ${bare(other)}`;
}
