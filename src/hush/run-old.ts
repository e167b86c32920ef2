// How the old parser runs: a unit is read, run, then the next is read. A command with a variable is
// put together again as text and read a second time.
import { assignOld, expandOld, hasVariable, isQuoted, leadingText, plainText } from "./expand.js";
import { type ForShape, shapeOfFor } from "./for-shape.js";
import { OldReader, type OldReaderOptions } from "./read-old.js";
import type { Language, Shell } from "./shell.js";
import { tokenize } from "./tokens.js";
import {
  type Compound,
  type ScriptCommand,
  type ScriptWord,
  type Section,
  type Steps,
  spanOf,
} from "./tree.js";

/** What a list returns after `exit`; any status below -1 does the same. */
const EXIT = -2;

/** The old parser. */
export const old: Language = {
  source: (shell, text) => runText(shell, text, {}),
  run: (shell, text) => runText(shell, text, { whole: true }),
};

/** Runs `text`; its status is 0 or 1, and since 2023.04 what `exit` says. */
function runText(shell: Shell, text: string, options: OldReaderOptions): number {
  if (text === "") return 0;
  // Only a single line that has its newline is left alone; the status of the empty line that this
  // makes is 0.
  const status = runUnits(
    shell,
    text.indexOf("\n") === text.length - 1 ? text : `${text}\n`,
    options,
  );
  if (status === EXIT) return shell.since("2023.04") ? shell.status : 0;
  return status === 0 ? 0 : 1;
}

function runUnits(shell: Shell, text: string, options: OldReaderOptions): number {
  let status = 1;
  let blanks = separators(shell);
  let rest = text;
  let reader = readerOf(rest, blanks, options);
  while (!reader.isAtEnd && !shell.outcome) {
    const unit = reader.next();
    for (const _ of unit.faults) shell.write("syntax error\n");
    if (unit.state === "failed" && !options.whole && !options.again)
      shell.end({ kind: "undefined" });
    if (unit.state !== "complete") return status;
    status = runSteps(shell, unit.steps);
    if (status === EXIT || options.again) return status;
    if (separators(shell) !== blanks) {
      blanks = separators(shell);
      rest = rest.slice(unit.end);
      shell.advance(unit.end);
      reader = readerOf(rest, blanks, options);
    }
  }
  return status;
}

const separators = (shell: Shell) => shell.environment.get("IFS") ?? " \t\n";

function readerOf(text: string, blanks: string, options: OldReaderOptions): OldReader {
  const again = options.again ?? false;
  return new OldReader(tokenize(text, { dialect: "old", again, blanks }), options);
}

/** Runs steps; their status is that of the last one that ran, or EXIT. */
function runSteps(shell: Shell, steps: Steps): number {
  return runSection(shell, steps, 0);
}

/** The same where `before` is the status so far. `ran` is told of every status. */
function runSection(
  shell: Shell,
  steps: Steps,
  before: number,
  ran?: (status: number) => void,
): number {
  let status = before;
  let skips = false;
  for (const { command, operator } of steps) {
    if (skips) {
      // `&&` and `||` skip everything up to the next `;`.
      skips = operator !== ";";
      continue;
    }
    if (!command) continue;
    if (!shell.step()) return 1;
    status = runCommand(shell, command);
    if (shell.outcome) return 1;
    if (status < -1) {
      shell.status = -status - 2;
      return EXIT;
    }
    shell.status = shell.since("2023.04") || status === 0 ? status : 1;
    ran?.(status);
    skips = (operator === "||" && status === 0) || (operator === "&&" && status !== 0);
  }
  return status;
}

function runCommand(shell: Shell, command: ScriptCommand): number {
  if (command.type === "simple") return runSimple(shell, command.words);
  if (command.type === "group") return runSteps(shell, command.body);
  return shell.nested(() => {
    switch (command.sections[0]?.keyword) {
      case "for":
        return runFor(shell, command);
      case "while":
        return runWhile(shell, command.sections, (status) => status === 0);
      case "until":
        return runWhile(shell, command.sections, (status) => status !== 0);
      default:
        return runIf(shell, command.sections);
    }
  });
}

function runIf(shell: Shell, sections: readonly Section[]): number {
  let status = 0;
  let failed = 0;
  let failedNext = 0;
  for (const { keyword, body } of sections) {
    if (body.length === 0) continue;
    if (keyword === "then" || keyword === "else") failed = failedNext;
    if (keyword === "elif" && !failed) break;
    if ((keyword === "then" && failed) || (keyword === "else" && !failed)) continue;
    const decides = keyword === "if" || keyword === "elif";
    status = runSection(shell, body, status, (each) => {
      if (decides) failedNext = each;
    });
    if (status === EXIT || shell.outcome) break;
  }
  return status;
}

function runWhile(
  shell: Shell,
  sections: readonly Section[],
  holds: (status: number) => boolean,
): number {
  let status = 0;
  let goesOn = false;
  do {
    if (!shell.step()) break;
    for (const { keyword, body } of sections) {
      if (keyword === "do" && !goesOn) continue;
      const decides = keyword === "while" || keyword === "until";
      status = runSection(shell, body, status, (each) => {
        if (decides) goesOn = holds(each);
      });
      if (status === EXIT || shell.outcome) return status;
    }
  } while (goesOn);
  return status;
}

function runFor(shell: Shell, compound: Compound): number {
  const shape = shapeOfFor("old", compound);
  if (!shape) {
    shell.write("syntax error\n");
    return 1;
  }
  let status = 0;
  for (const value of valuesOf(shell, shape)) {
    if (!shell.step()) break;
    // The variable is set by the command `name=value`, whatever that is.
    status = runSection(shell, assignment(shape, value), status);
    if (status !== EXIT) status = runSection(shell, shape.body, status);
    if (status === EXIT) break;
  }
  return status;
}

/** Values are split at blanks where they were quoted, too. */
function valuesOf(shell: Shell, { variable, values }: ForShape): string[] {
  const command = values[0]?.command;
  if (variable.length === 0 || command?.type !== "simple") return [];
  return command.words.flatMap((word) =>
    expandOld(word, shell)
      .split(" ")
      .filter((value) => value !== ""),
  );
}

function assignment({ variable }: ForShape, value: string): Steps {
  const [step] = variable;
  if (step?.command?.type !== "simple") return [];
  const [name] = step.command.words;
  if (!name) return [];
  const { start, end } = name;
  const text = { type: "text", text: `=${value}`, quote: "none", start, end } as const;
  const words: ScriptWord[] = [{ ...name, parts: [...name.parts, text] }];
  return [{ ...step, command: { ...step.command, words } }];
}

const assigning = /^[A-Za-z][A-Za-z0-9_]*=/;

function runSimple(shell: Shell, words: readonly ScriptWord[]): number {
  shell.at(spanOf(words));
  const end = words.findIndex((word) => !assigning.test(leadingText(word)));
  const assignments = end < 0 ? words : words.slice(0, end);
  for (const word of assignments) {
    const text = expandOld(word, shell);
    const equals = text.indexOf("=");
    assignOld(text.slice(0, equals), text.slice(equals + 1), shell);
  }
  if (end < 0) return 0;
  const command = words.slice(end);
  if (isReadAgain(words, assignments)) return runAgain(shell, command);
  const argv = command.map(plainText);
  if (argv[0]?.includes(";")) {
    shell.write(`Unknown command '${argv[0]}' - try 'help' or use 'run' command\n`);
    return -1;
  }
  return shell.call(argv);
}

/** One variable of each assignment does not count. */
function isReadAgain(words: readonly ScriptWord[], assignments: readonly ScriptWord[]): boolean {
  const count = words.flatMap(({ parts }) =>
    parts.filter(({ type }) => type === "variable"),
  ).length;
  return count > assignments.filter(hasVariable).length;
}

/** Puts the words together with their values and reads that. A wrong one leaves the status. */
function runAgain(shell: Shell, words: readonly ScriptWord[]): number {
  const protects = !["", "0"].includes((shell.locals.get("HUSH_NO_EVAL") ?? "").slice(0, 1));
  const spelt = words.map((word) => {
    const text = expandOld(word, shell, protects ? "\x04" : "");
    return isQuoted(word) ? `'${text}'` : text;
  });
  return shell.again(() => {
    runUnits(shell, `${spelt.join(" ")}\n`, { again: true });
    return shell.status;
  });
}
