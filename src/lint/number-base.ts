// Hexadecimal here, decimal there, where the mistake is certain: what U-Boot wrote in hexadecimal is
// compared as decimal; a power of two that is only one in decimal stands where hexadecimal is read.
// Governed by lib/strto.c and the commands themselves.
import { diagnoseScript, type Report } from "../diagnostics/index.js";
import type { Argument, ScriptCommand } from "./command.js";
import { loadForm, usedWords } from "./commands.js";
import type { Rule } from "./rule.js";
import type { Moment } from "./walk.js";

const comparison = /^-(?:eq|ne|lt|le|gt|ge)$/;

export const numberBase: Rule = ({ moments }, report) => {
  const counts = countedIn(moments);
  for (const { command } of moments) {
    if (command.name === "test") compared(command, counts, report);
    else for (const argument of hexadecimal(command)) decimal(command, argument, report);
  }
};

/** What is known of a variable that `setexpr` writes a number to. */
interface Count {
  /** Whether 10 or more may be in it whatever it is compared with: it is not counted up from below. */
  readonly large: boolean;
}

/** Texts, not numbers. */
const textual = /^(?:fmt|sub|gsub)$/;

/** The variables that `setexpr` counts in. */
function countedIn(moments: readonly Moment[]): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { command } of moments) {
    const [variable, first, operator, second] = command.args.map(({ text }) => text);
    if (command.name !== "setexpr" || variable === undefined || textual.test(first ?? "")) continue;
    const from = /^\$\{([^}]*)\}$/.exec(first ?? "")?.[1];
    // Down from a digit that the script itself sets, it never has two.
    const isDown = operator === "-" && !(from === variable && startsSmall(moments, variable));
    const isPart = operator === "/" && from !== undefined && !isDigit(second ?? "");
    const large = isDown || isPart || operator === "*" || counts.get(variable)?.large === true;
    counts.set(variable, { large });
  }
  return counts;
}

const isDigit = (text: string) => /^(?:0x)?0*\d$/.test(text);

/** Whether the script gives `variable` a start, of one digit each time. */
function startsSmall(moments: readonly Moment[], variable: string): boolean {
  const starts = moments.flatMap(({ command: { name, args } }) => {
    const [target, value] = args[0]?.text === "set" ? args.slice(1) : args;
    return /^(?:setenv|env)$/.test(name) && target?.text === variable ? [value?.text ?? ""] : [];
  });
  return starts.length > 0 && starts.every(isDigit);
}

/** `test ${filesize} -gt 100`: decimal, and the value is not. */
function compared(
  { args }: ScriptCommand,
  counts: ReadonlyMap<string, Count>,
  report: Report,
): void {
  args.forEach(({ text: operator }, index) => {
    const sides = [args[index - 1], args[index + 1]];
    if (!comparison.test(operator)) return;
    for (const [at, side] of sides.entries()) {
      const name = /^\$\{([^}]*)\}$/.exec(side?.text ?? "")?.[1];
      const other = sides[1 - at]?.text ?? "";
      if (!side || name === undefined || isAlike(other)) continue;
      const count = counts.get(name);
      // Up to 9 the digits are the same, and a count that goes up gets no further.
      const isTrap = count && (count.large || !isDigit(other));
      if (name !== "filesize" && name !== "fileaddr" && !isTrap) continue;
      const data = { command: "test", text: side.text, reads: "hex", instead: `0x${side.text}` };
      report(diagnoseScript("number-base", { ...data, reads: "hex" }, side.at));
    }
  });
}

/** Whether it says its base, or comes from where the other side comes from. */
const isAlike = (text: string) => text.startsWith("$");

/** The words that a command reads as hexadecimal. */
function hexadecimal({ name, args }: ScriptCommand): readonly Argument[] {
  const texts = args.map(({ text }) => text);
  const form = loadForm(name, texts);
  if (name === "setexpr") return texts[1] === "fmt" ? [] : args.slice(1);
  if (name === "itest") return args;
  if (form)
    return args.filter((_, index) => index === form.address || (texts[0] === "read" && index > 0));
  const words = usedWords(name, texts);
  return args.filter((_, index) => words.has(index));
}

const PAGE = 0x1000;

/** `load mmc 0:1 1073741824 Image`: read as 0x1073741824. */
function decimal({ name }: ScriptCommand, { text, at }: Argument, report: Report): void {
  if (!/^[1-9]\d{2,15}$/.test(text)) return;
  const meant = Number(text);
  const read = Number.parseInt(text, 16);
  const isPower = Number.isInteger(Math.log2(meant)) && meant >= 512;
  const isAddress = meant >= 0x100000 && meant % PAGE === 0 && read % PAGE !== 0;
  if (!isPower && !isAddress) return;
  const data = { command: name, text, reads: read, instead: `0x${meant.toString(16)}` };
  report(diagnoseScript("number-base", data, at));
}
