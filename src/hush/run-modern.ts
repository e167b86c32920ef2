// How the modern parser runs: all of a text is read first. Values are never read again.
import { expandModern, expandWhole } from "./expand.js";
import { type ForShape, shapeOfFor } from "./for-shape.js";
import { readModern } from "./read-modern.js";
import type { Language, Shell } from "./shell.js";
import { tokenize } from "./tokens.js";
import {
  type Compound,
  type ScriptWord,
  type Section,
  type Step,
  type Steps,
  type SyntaxFault,
  spanOf,
} from "./tree.js";

/** The modern parser. */
export const modern: Language = {
  source(shell, text) {
    const status = runText(shell, text);
    if (status < -1) shell.end({ kind: "console" });
    return status;
  },
  run(shell, text) {
    const status = runText(shell, text);
    return status < -1 ? -status - 2 : status;
  },
};

/** Runs `text`: its status, or one below -1 when it ended by `exit`. */
function runText(shell: Shell, text: string): number {
  const partial = !shell.since("2025.01");
  const { steps, fault } = readModern(tokenize(text, { dialect: "modern" }), partial);
  if (!fault) return runSteps(shell, steps);
  return complain(shell, fault);
}

/** Says what is wrong. Most faults are the end of the shell, and of the board's run. */
function complain(shell: Shell, fault: SyntaxFault): number {
  const isNoMemory = fault.kind === "broken" && fault.what === "endless-name";
  const message = isNoMemory ? "out of memory\n" : `syntax error${describe(fault)}`;
  shell.write(message);
  if (fault.kind === "unfinished" || (fault.kind === "broken" && !isNoMemory)) return 1;
  shell.write(`${isNoMemory ? "" : "HUSH died!\n"}resetting ...\n`);
  shell.end({ kind: "panic" });
  return 1;
}

const endings = { single: "'", double: '"', name: "${name}", "endless-name": "", backslash: "" };

function describe(fault: SyntaxFault): string {
  switch (fault.kind) {
    case "broken":
      return `: unterminated ${endings[fault.what]}`;
    case "unfinished":
      return `: unterminated ${/^[a-z]/.test(fault.word) ? "compound statement" : fault.word}`;
    case "misplaced":
      return /^[a-z]/.test(fault.word) ? ` at '${fault.word}'` : `: unexpected ${fault.word}`;
    case "argument":
      return ` at '${fault.word}'`;
    case "operator":
      return ` at '${fault.operator}'`;
    case "for":
      return ": malformed for";
    case "variable":
      return ": bad for loop variable";
    case "inversion":
      return ": ! ! command";
  }
}

function runSteps(shell: Shell, steps: Steps, before = 0): number {
  let status = before;
  let operator: Step["operator"] = ";";
  let skips = false;
  for (const [index, step] of steps.entries()) {
    // What `|` joins is skipped together.
    skips =
      operator === "|"
        ? skips
        : (operator === "||" && status === 0) || (operator === "&&" && status !== 0);
    operator = step.operator;
    if (skips) continue;
    if (operator === "|" && index + 1 < steps.length) shell.end({ kind: "undefined" });
    if (!shell.step()) return 1;
    status = runStep(shell, step);
    if (shell.outcome) return 1;
    shell.status = status;
    if (status < -1) return status;
  }
  return status;
}

function runStep(shell: Shell, { command, inverted }: Step): number {
  if (!command) return 0;
  if (command.type === "simple") return runSimple(shell, command.words, inverted);
  const status = shell.nested(() => {
    if (command.type === "group") return runSteps(shell, command.body);
    switch (command.sections[0]?.keyword) {
      case "for":
        return runFor(shell, command);
      case "while":
        return runWhile(shell, command, (each) => each === 0);
      case "until":
        return runWhile(shell, command, (each) => each !== 0);
      default:
        return runIf(shell, command.sections);
    }
  });
  // `exit` leaves this command only, and what it says is lost in eight bits.
  const byte = status & 0xff;
  return inverted ? Number(byte === 0) : byte;
}

function runIf(shell: Shell, sections: readonly Section[]): number {
  let status = 0;
  let failed = 0;
  for (const { keyword, body } of sections) {
    if (body.length === 0) continue;
    if (keyword === "then" && failed) {
      status = 0;
      shell.status = 0;
      continue;
    }
    if ((keyword === "else" || keyword === "elif") && !failed) break;
    status = runSteps(shell, body, status);
    if (status < -1 || shell.outcome) break;
    if (keyword === "if" || keyword === "elif") failed = status;
  }
  return status;
}

function runWhile(
  shell: Shell,
  { sections: [condition, loop], partial }: Compound,
  holds: (status: number) => boolean,
): number {
  const body = loop?.body ?? [];
  // Without a condition there is nothing to come back to.
  if (!condition || condition.body.length === 0) return runSteps(shell, body);
  let status = 0;
  while (shell.step()) {
    status = runSteps(shell, condition.body, status);
    if (status < -1) return status;
    if (!holds(status)) break;
    status = runSteps(shell, body, status);
    if (status < -1 || partial) return status;
  }
  return 0;
}

function runFor(shell: Shell, compound: Compound): number {
  const shape = shapeOfFor("modern", compound);
  if (!shape) return complain(shell, { kind: "for", start: compound.start, end: compound.end });
  const name = nameOf(shape);
  let status = 0;
  shell.status = 0;
  const values = valuesOf(shell, shape);
  for (const value of compound.partial ? values.slice(0, 1) : values) {
    if (!shell.step()) break;
    shell.locals.set(name, value);
    status = runSteps(shell, shape.body, status);
    if (status < -1) break;
  }
  return status;
}

function nameOf({ variable }: ForShape): string {
  const command = variable[0]?.command;
  const part = command?.type === "simple" ? command.words[0]?.parts[0] : undefined;
  return part?.type === "text" ? part.text : "";
}

function valuesOf(shell: Shell, { values }: ForShape): string[] {
  const command = values[0]?.command;
  if (command?.type !== "simple") return [];
  return command.words.flatMap((word) => expandModern(word, shell));
}

const assigning = /^([A-Za-z_][A-Za-z0-9_]*)=/;

/** A command is not inverted, what only assigns is. */
function runSimple(shell: Shell, words: readonly ScriptWord[], inverted: boolean): number {
  shell.at(spanOf(words));
  const end = words.findIndex((word) => !assignedName(word));
  const argv = end < 0 ? [] : words.slice(end).flatMap((word) => expandModern(word, shell));
  // Assignments before a command are not seen by anybody.
  if (argv.length > 0) return shell.call(argv);
  const assignments = end < 0 ? words : words.slice(0, end);
  for (const word of assignments) {
    const name = assignedName(word) as string;
    shell.locals.set(name, expandWhole(word, shell).slice(name.length + 1));
  }
  // Words that came to nothing leave the status that was there.
  const status = end < 0 ? 0 : shell.status;
  return inverted ? Number(status === 0) : status;
}

/** The variable that `word` sets: its name and the `=` are not quoted. */
function assignedName({ parts: [first] }: ScriptWord): string | undefined {
  return first?.type === "text" && first.quote === "none"
    ? assigning.exec(first.text)?.[1]
    : undefined;
}
