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
  const counted = countedIn(moments);
  for (const { command } of moments) {
    if (command.name === "test") compared(command, counted, report);
    else for (const argument of hexadecimal(command)) decimal(command, argument, report);
  }
};

/** The variables that only `setexpr` and transfers write. */
function countedIn(moments: readonly Moment[]): ReadonlySet<string> {
  const written = moments.flatMap(({ command: { name, args } }) =>
    name === "setexpr" && args[0] && args[1]?.text !== "fmt" ? [args[0].text] : [],
  );
  return new Set(written);
}

/** `test ${filesize} -gt 100`: decimal, and the value is not. */
function compared({ args }: ScriptCommand, counted: ReadonlySet<string>, report: Report): void {
  args.forEach(({ text: operator }, index) => {
    const sides = [args[index - 1], args[index + 1]];
    if (!comparison.test(operator)) return;
    for (const [at, side] of sides.entries()) {
      const name = /^\$\{([^}]*)\}$/.exec(side?.text ?? "")?.[1];
      const other = sides[1 - at]?.text ?? "";
      if (!side || name === undefined || isAlike(other)) continue;
      // Up to 9 the digits are the same.
      const small = /^(?:0x)?0*\d$/.test(other);
      if (name !== "filesize" && name !== "fileaddr" && !(counted.has(name) && !small)) continue;
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
