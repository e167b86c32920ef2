// What the words of a script come to, as far as that can be told without running it: variables that
// the script sets, and addresses that the board's default environment has.
import type { Board } from "../boards/index.js";
import type { Argument, Locate } from "./command.js";
import { isSet, type State, type Value } from "./state.js";

const variable = /\$\{([^}]*)\}/g;

/** `text` with the variables in it that can be known. */
export function expanded(text: string, state: State, depth = 0): string {
  if (depth > 8) return text;
  return text.replace(variable, (whole, name: string) => {
    const values = state.variables.get(name);
    const value = values?.length === 1 ? values[0]?.text : undefined;
    // What is left open in a value was open when it was set: it is not looked up again.
    return value === undefined || variable.test(value) ? whole : value;
  });
}

/** An address as a word of a command gives it, and what comes after `:` or `#`. */
export interface Address {
  /** What tells it from others: a number as `0x…`, or the variables that it is made of. */
  readonly key: string;
  readonly value: number | undefined;
  readonly suffix: string | undefined;
}

/** The address in `text`. Numbers are hexadecimal with 0x or without. */
export function addressOf(text: string, state: State, board: Board | undefined): Address {
  const [, before = "", suffix] = /^((?:\$\{[^}]*\}|[^:#])*)(?:[:#](.*))?$/s.exec(text) ?? [];
  const known = expanded(before, state);
  const name = /^\$\{([^}]*)\}$/.exec(known)?.[1];
  const own = name === undefined ? undefined : boardAddress(name, state, board);
  const digits = /^(?:0x)?([0-9a-f]+)$/i.exec(known)?.[1];
  const value = own ?? (digits === undefined ? undefined : Number.parseInt(digits, 16));
  return { key: value === undefined ? known : `0x${value.toString(16)}`, value, suffix };
}

function boardAddress(name: string, state: State, board: Board | undefined): number | undefined {
  if (!board || state.imported || isSet(state, name)) return undefined;
  return Object.hasOwn(board.addresses, name) ? board.addresses[name] : undefined;
}

/** What the words after the name in `setenv NAME …` come to. */
export function valueIn(words: readonly Argument[], state: State): Value {
  const text = expanded(words.map((each) => each.text).join(" "), state);
  const [only, ...others] = words;
  if (!only || others.length > 0 || text !== only.text) return { text };
  const locate = locateInside(only);
  return { text, ...(locate && { locate }) };
}

/** Where the characters of a word stand, when it is one stretch that holds them unchanged. */
function locateInside({ word, text, at }: Argument): Locate | undefined {
  const [part, ...others] = word.parts;
  if (part?.type !== "text" || others.length > 0) return undefined;
  const offset = at.source.text.slice(at.start, at.end).indexOf(text);
  if (offset < 0 || text === "") return undefined;
  const base = at.start + offset;
  return ({ start, end }) => ({ source: at.source, start: base + start, end: base + end });
}
