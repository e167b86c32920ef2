// What compiling one script carries along, and the two moves everything is made of: a step that can
// fail, and a wrapper that skips what follows a failure.
import type { Board } from "../../boards/index.js";
import { type Span, shortPlace } from "../../diagnostics/index.js";
import {
  assign,
  type Command,
  command,
  type List,
  type Node,
  or,
  type Simple,
  when,
} from "../../hush/index.js";
import type { Analysis } from "../../memory/index.js";
import type { Client, Program, Script } from "../../program/index.js";
import type { Root } from "../../steps/index.js";

/** One script being compiled, for one client or for all. */
export interface State {
  readonly program: Program;
  readonly script: Script;
  readonly board: Board;
  /** Undefined for a script that all clients share. */
  readonly client: Client | undefined;
  readonly analysis: Analysis;
  /** Addresses of the servers, the one to try first in front. */
  readonly servers: readonly string[];
  /** Where in the flow a node comes from. */
  readonly origins: Map<Node, Span>;
  /** What says on the console that the script failed. */
  readonly reports: Set<Node>;
  /** The address variables that the script relies on, with their first use: checked at its start. */
  readonly addresses: Map<string, Span>;
  /** What has to be set up at the start. */
  readonly needs: Set<"network" | "tftp" | "images">;
  /** Called for every file the script fetches. */
  readonly fetches: (name: string, root: Root) => void;
  /** Whether any script of the flow can leave for the prompt. */
  readonly leaves: boolean;
}

/** A block whose first failure skips the rest of it. */
export interface Frame {
  /** The shell variable that says so: `no`, or what failed. */
  readonly flag: string;
  readonly depth: number;
  readonly outer: Frame | undefined;
  /** Whether something before can have failed. */
  dirty: boolean;
}

/** The value of a flag as long as nothing failed. `x=` does not clear a local in every version. */
const NONE = "no";

/** The frame of a whole script, or of a block inside `outer`. */
export function frameIn(outer: Frame | undefined): Frame {
  const depth = outer ? outer.depth + 1 : 1;
  return {
    flag: depth === 1 ? "ubootc_failed" : `ubootc_failed_${depth}`,
    depth,
    outer,
    dirty: false,
  };
}

/** Succeeds when something in `frame` failed. */
export const failed = (frame: Frame): Command =>
  command("test", [{ variable: frame.flag }], "!=", NONE);

/** Succeeds as long as nothing in `frame` failed. */
export const going = (frame: Frame): Command =>
  command("test", [{ variable: frame.flag }], "=", NONE);

/** Forgets a failure. */
export const clear = (frame: Frame) => assign(frame.flag, NONE);

/** What a step is written with: the script, the block that it is in, and its place in the flow. */
export interface Emit {
  readonly state: State;
  readonly frame: Frame;
  readonly span: Span;
}

/** How a step is named on the console: the line of the flow and what was tried. */
export function failureText(span: Span, what: string): string {
  return `${shortPlace(span)}: ${what}`.replace(/['\\]|[^ -~]/g, "?");
}

/** Tries `attempts` in turn; when all fail, the block has failed at its place. */
export function step({ state, frame, span }: Emit, what: string, ...attempts: Simple[]): Node {
  const guard = frame.dirty
    ? [failed(frame)]
    : attempts.some(readsVariable)
      ? [command("false")]
      : [];
  const node = or(...guard, ...attempts, assign(frame.flag, failureText(span, what)));
  for (const each of [node, ...attempts]) state.origins.set(each, span);
  frame.dirty = true;
  return node;
}

/**
 * Whether the old parser reads `simple` a second time: with an apostrophe in a value it is then
 * skipped, and the status before it stays, which has to be a failure.
 */
function readsVariable(simple: Simple): boolean {
  if (simple.type === "raw") return simple.text.includes("$");
  const words = simple.type === "command" ? simple.words : [simple.value];
  return words.some((word) => word.some((part) => typeof part !== "string"));
}

/** Fails when one of `names` is not set: a word with an empty value would mean something else. */
export function needs(emit: Emit, names: readonly string[]): List {
  return names.map((name) =>
    step(emit, `${name} is not set`, command("test", "-n", [{ variable: name }])),
  );
}

/** Runs `simple`, which cannot fail in a way that matters, unless something failed before. */
export function quietly({ state, frame, span }: Emit, simple: Simple): Node {
  const node = frame.dirty ? or(failed(frame), simple) : simple;
  for (const each of [node, simple]) state.origins.set(each, span);
  return node;
}

/** `list`, unless something failed before; `dirty` is how the frame was before the list. */
export function unlessFailed(frame: Frame, dirty: boolean, list: List): List {
  if (!dirty) return list;
  return [when(going(frame), list)];
}
