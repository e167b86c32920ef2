// What is known at a place of a script: what may be in memory, and what variables may hold. Values
// are immutable, so that branches can share them.
import type { Locate, ScriptCommand } from "./command.js";

/** Something that was brought into memory. */
export interface Loaded {
  readonly command: ScriptCommand;
  /** Where to: see `addressOf`. */
  readonly key: string;
  /** The file as it is named, when it is. */
  readonly file?: string;
  readonly over: "network" | "storage";
  /** Nobody looks at whether it worked. */
  readonly unread: boolean;
}

/** What a variable may hold: a text, in which other variables stay `${name}`, or nothing known. */
export interface Value {
  readonly text: string | undefined;
  /** It is not empty: somebody has asked, or it was calculated. */
  readonly filled?: "asked" | "calculated";
  /** Where a character of the text stands in the source, when it is there as it is. */
  readonly locate?: Locate;
}

export interface State {
  /** By address. */
  readonly memory: ReadonlyMap<string, readonly Loaded[]>;
  /** What the script has set; a variable that is not here holds what it held before. */
  readonly variables: ReadonlyMap<string, readonly Value[]>;
  /** What `filesize` may be the size of; undefined where that is not known. */
  readonly last: readonly Loaded[] | undefined;
  /** Whether all variables may have changed since the script began (`env import`, `source`). */
  readonly imported: boolean;
  /** Whoever may have changed `serverip` last: DHCP, or the script itself. */
  readonly server: { readonly dhcp?: ScriptCommand; readonly own: boolean };
}

export const beginning: State = {
  memory: new Map(),
  variables: new Map(),
  last: undefined,
  imported: false,
  server: { own: false },
};

/** More values than this are none that are known. */
const MOST = 8;

/** What is known where two ways meet. A way that does not come here is undefined. */
export function join(a: State | undefined, b: State | undefined): State | undefined {
  if (!a || !b || a === b) return a ?? b;
  return {
    memory: joinMaps(a.memory, b.memory, (one, other) =>
      merged(one ?? [], other ?? [], (each) => `${each.command.at.start} ${each.unread}`),
    ),
    variables: joinMaps(a.variables, b.variables, (one, other) => {
      // What was asked on one way only says nothing where they meet.
      if (isOnlyAsked(one ?? other) && !(one && other)) return undefined;
      const left = one ?? [unknown];
      const values = merged(
        left,
        other ?? [unknown],
        ({ text, filled }) => text ?? filled ?? false,
      );
      return values.length > MOST ? [unknown] : values;
    }),
    last: a.last && b.last && merged(a.last, b.last, ({ command }) => command),
    imported: a.imported || b.imported,
    server: a.server.dhcp ? a.server : b.server,
  };
}

const unknown: Value = { text: undefined };

function joinMaps<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  both: (one: T | undefined, other: T | undefined) => T | undefined,
): ReadonlyMap<string, T> {
  if (a === b) return a;
  const result = new Map(a);
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const value = a.get(key) === b.get(key) ? a.get(key) : both(a.get(key), b.get(key));
    if (value === undefined) result.delete(key);
    else result.set(key, value);
  }
  return result;
}

function merged<T>(a: readonly T[], b: readonly T[], identity: (each: T) => unknown): readonly T[] {
  const seen = new Set(a.map(identity));
  return [...a, ...b.filter((each) => !seen.has(identity(each)))];
}

const isOnlyAsked = (values: readonly Value[] | undefined) =>
  values?.every(({ text, filled }) => text === undefined && filled === "asked") ?? false;

/** Whether the script may have set `name`. */
export function isSet({ variables }: State, name: string): boolean {
  return variables.has(name) && !isOnlyAsked(variables.get(name));
}

/** `state` when somebody has found that `name` is not empty. */
export function withFilled(state: State, name: string): State {
  const values = state.variables.get(name);
  const kept = values?.filter(({ text }) => text !== "") ?? [unknown];
  return withVariable(
    state,
    name,
    ...kept.map((each) =>
      each.text === undefined ? { ...each, filled: each.filled ?? "asked" } : each,
    ),
  );
}

/** `state` with `name` set to `values`. */
export function withVariable(state: State, name: string, ...values: readonly Value[]): State {
  return { ...state, variables: new Map(state.variables).set(name, values) };
}

/** `state` when nothing is known any more of what variables hold, only that the script set them. */
export function forgetting(state: State): State {
  const variables = new Map(
    [...state.variables].map(([name, values]) => [name, values.map(forgotten)]),
  );
  return { ...state, variables, imported: true, last: undefined };
}

/** What is left of a value that may have been replaced: hardly by nothing. */
const forgotten = ({ text = "", filled }: Value): Value =>
  filled || text !== "" ? { text: undefined, filled: filled ?? "calculated" } : unknown;
