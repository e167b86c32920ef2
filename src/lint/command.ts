// A command of a script with its words as texts, and where they stand in the file.
import type { Source, Span } from "../diagnostics/index.js";
import type { ScriptWord, SimpleCommand, Span as Stretch } from "../hush/index.js";
import { fullName } from "./commands.js";

/** Where a stretch of a text that was parsed stands in the file. */
export type Locate = (stretch: Stretch) => Span;

/** A command as it is written. */
export interface ScriptCommand {
  /** In full; empty when it comes from a variable. */
  readonly name: string;
  /** As it is written, without quotes. */
  readonly written: string;
  /** What comes after the name. */
  readonly args: readonly Argument[];
  /** All of it. */
  readonly at: Span;
  /** Where the name is. */
  readonly nameAt: Span;
  readonly text: string;
}

/** A word after the name of a command. */
export interface Argument {
  readonly word: ScriptWord;
  /** Without quotes; variables are `${name}`. */
  readonly text: string;
  readonly at: Span;
}

/** `name=value`, which sets a variable of the shell. */
export interface Assignment {
  readonly name: string;
  readonly value: Argument;
}

/** The name that the old parser calls `$?`, and the modern one `?`. */
const isStatus = (name: string) => name === "$?" || name === "?";

/** The text of `word`: variables are `${name}`, and the status `$?`. */
export function textOf({ parts }: Pick<ScriptWord, "parts">): string {
  return parts
    .map((part) =>
      part.type === "text" ? part.text : isStatus(part.name) ? "$?" : `\${${part.name}}`,
    )
    .join("");
}

/** The variables in `word`, the status left out. */
export function variablesIn({ parts }: ScriptWord): readonly string[] {
  return parts.flatMap((part) =>
    part.type === "variable" && !isStatus(part.name) ? [part.name] : [],
  );
}

/** Whether the command looks at the status of the one before it. */
export function readsStatus({ words }: SimpleCommand): boolean {
  return words.some(({ parts }) =>
    parts.some((part) => part.type === "variable" && isStatus(part.name)),
  );
}

const assignment = /^([A-Za-z][A-Za-z0-9_]*)=/;

/** The command in `simple`, and the assignments before it. */
export function commandOf(
  { words }: SimpleCommand,
  locate: Locate,
): { readonly assignments: readonly Assignment[]; readonly command?: ScriptCommand } {
  const isAssignment = ({ parts: [first] }: ScriptWord) =>
    first?.type === "text" && first.quote === "none" && assignment.test(first.text);
  const count = words.findIndex((word) => !isAssignment(word));
  const assigned = count < 0 ? words : words.slice(0, count);
  const assignments = assigned.map((word) => assignmentIn(word, locate));
  const [first, ...rest] = words.slice(assigned.length);
  if (!first) return { assignments };
  const at = locate({ start: first.start, end: words.at(-1)?.end ?? first.end });
  const written = textOf(first);
  return {
    assignments,
    command: {
      name: variablesIn(first).length > 0 ? "" : fullName(written),
      written,
      args: rest.map((word) => ({ word, text: textOf(word), at: locate(word) })),
      at,
      nameAt: locate(first),
      text: at.source.text.slice(at.start, at.end),
    },
  };
}

function assignmentIn(word: ScriptWord, locate: Locate): Assignment {
  const text = textOf(word);
  const [all = "", name = ""] = assignment.exec(text) ?? [];
  const [first, ...rest] = word.parts;
  const start = word.start + all.length;
  const parts =
    first?.type === "text"
      ? [{ ...first, start, text: first.text.slice(all.length) }, ...rest]
      : word.parts;
  const value = {
    ...word,
    start,
    parts: parts.filter(
      (each) => each.type !== "text" || each.text !== "" || each.quote !== "none",
    ),
  };
  return { name, value: { word: value, text: text.slice(all.length), at: locate(value) } };
}

/** The words of a command, its name in full. */
export const wordsOf = ({ name, args }: ScriptCommand): readonly string[] => [
  name,
  ...args.map(({ text }) => text),
];

/** Places of a text that is itself a source. */
export const locateIn =
  (source: Source): Locate =>
  ({ start, end }) => ({ source, start, end });
