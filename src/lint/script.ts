// A script as the rules see it: its text, its trees, its commands and what is known at each of them.
import type { Board } from "../boards/index.js";
import type { Source, Span } from "../diagnostics/index.js";
import {
  type Dialect,
  type ParsedScript,
  parse,
  type SimpleCommand,
  type Steps,
} from "../hush/index.js";
import type { Content } from "../image/index.js";
import { commandOf, type Locate, locateIn, type ScriptCommand } from "./command.js";
import type { FoundScript } from "./read-scripts.js";
import { type Moment, type Unit, walk } from "./walk.js";

/** What a script is looked at for. */
export interface Target {
  /** Without one, nothing is said about commands, addresses and memory. */
  readonly board?: Board;
  /** Default: the board's; without a board both. */
  readonly dialect?: Dialect;
  /** What is in a file that the script loads, by the name it is loaded by. */
  readonly find?: (file: string) => Content | undefined;
  /** Why U-Boot does not start a kernel; undefined where it does, or where that is not known. */
  readonly tries?: (attempt: Attempt) => string | undefined;
}

/** A boot of files that are there, as it would be run. */
export interface Attempt {
  readonly board: Board;
  readonly command: string;
  readonly given: readonly {
    readonly name: string;
    readonly address: number;
    readonly content: Content;
  }[];
}

/** A script with all that rules ask of it. */
export interface Script extends FoundScript {
  readonly board?: Board;
  readonly find?: Target["find"];
  readonly tries?: Target["tries"];
  readonly dialects: readonly Dialect[];
  /** By dialect, of the text with characters that do not belong there put right. */
  readonly parsed: ReadonlyMap<Dialect, ParsedScript>;
  readonly units: readonly Unit[];
  readonly moments: readonly Moment[];
  /** Every list of commands there is, from the outside in. */
  readonly lists: readonly Unit[];
  /** Every command there is, reached or not. */
  readonly commands: readonly ScriptCommand[];
}

/** `found` as `target` would run it. */
export function scriptOf(found: FoundScript, { board, dialect, find, tries }: Target): Script {
  const only = dialect ?? board?.shell;
  const dialects: readonly Dialect[] = only ? [only] : ["old", "modern"];
  const text = plainText(found.source.text);
  const parsed = new Map(dialects.map((each) => [each, parse(text, each)]));
  const first = dialects[0] as Dialect;
  const locate = locateIn(found.source);
  const steps = parsed.get(first)?.tree.steps ?? [];
  const { units, moments } = walk(steps, locate, first, board);
  const lists = units.flatMap(listsIn);
  const commands = lists.flatMap((unit) => commandsIn(unit));
  return {
    ...found,
    ...(board && { board }),
    ...(find && { find }),
    ...(tries && { tries }),
    dialects,
    parsed,
    units,
    moments,
    lists,
    commands,
  };
}

/** Characters that are taken for something else, and what they were meant to be. */
export const lookalikes: ReadonlyMap<string, string> = new Map([
  ...[..."\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\ufeff"].map((each) => [each, " "] as const),
  ...[..."\u201c\u201d\u201e\u00ab\u00bb"].map((each) => [each, '"'] as const),
  ...[..."\u2018\u2019\u201a"].map((each) => [each, "'"] as const),
]);

/**
 * `text` as it was meant, so that one mistake is not found as several, with the line end that U-Boot
 * puts after a text without one. Offsets stay.
 */
export function plainText(text: string): string {
  const [before = ""] = text.split("\0", 1);
  const characters = [...before.replace(/\r(?=\n|$)/g, " ")];
  return ended(characters.map((each) => lookalikes.get(each) ?? each).join(""));
}

/** `text` with its last line ended. */
export function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function listsIn(unit: Unit): readonly Unit[] {
  const found: Unit[] = [];
  const lists: Steps[] = [unit.steps];
  for (let steps = lists.shift(); steps; steps = lists.shift()) {
    found.push({ steps, locate: unit.locate });
    for (const { command } of steps) {
      if (command?.type === "group") lists.push(command.body);
      // The names and words of a `for` are no commands.
      if (command?.type !== "compound") continue;
      for (const { keyword, body } of command.sections) {
        if (keyword !== "for" && keyword !== "in") lists.push(body);
      }
    }
  }
  return found;
}

function commandsIn({ steps, locate }: Unit): readonly ScriptCommand[] {
  return steps.flatMap(({ command }) =>
    command?.type === "simple" ? (commandOf(command, locate).command ?? []) : [],
  );
}

/** Every command in `steps` of `source`, in the order of the text. */
export function commandsOf(source: Source, steps: Steps): readonly ScriptCommand[] {
  const commands = listsIn({ steps, locate: locateIn(source) }).flatMap(commandsIn);
  return commands.sort((a, b) => a.at.start - b.at.start);
}

/** The simple commands of a list, as nodes. */
export function simpleIn({ steps }: Unit): readonly SimpleCommand[] {
  return steps.flatMap(({ command }) => (command?.type === "simple" ? command : []));
}

/** The text at `span`. */
export function textAt({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

/** Where a stretch of the script's own text is. */
export function spanIn(source: Source, start: number, length: number): Span {
  return { source, start, end: start + length };
}

export type { Locate };
