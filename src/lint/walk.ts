// Goes through a script on all of its ways at once, with what may be in memory and in variables on
// each. What a command does is in effects.ts. Ways are joined where they meet, so that a loop or ten
// thousand branches take no longer than their text.
import type { Board } from "../boards/index.js";
import type { Span } from "../diagnostics/index.js";
import {
  type Compound,
  type Dialect,
  type ScriptCommand as Node,
  parse,
  type SimpleCommand,
  type Steps,
} from "../hush/index.js";
import { commandOf, type Locate, readsStatus, type ScriptCommand } from "./command.js";
import { effectOf, type Outcome } from "./effects.js";
import { beginning, join, type State, withVariable } from "./state.js";
import { valueIn } from "./values.js";

/** A list of commands, and where its text stands. */
export interface Unit {
  readonly steps: Steps;
  readonly locate: Locate;
}

/** A command, and what is known before it. */
export interface Moment {
  readonly command: ScriptCommand;
  readonly before: State;
  /** Whether something depends on the status of the command. */
  readonly read: boolean;
  /** Whether the command is run whatever happened before. */
  readonly always: boolean;
}

/** What there is to say about a script. */
export interface Walked {
  /** The script itself first, then what it has `run`. */
  readonly units: readonly Unit[];
  readonly moments: readonly Moment[];
  /** How the script ends. */
  readonly end: State | undefined;
}

/** Deeper nesting is not followed, and neither are more commands: no person wrote them. */
const DEEPEST = 50;
const MOST = 20_000;

/** Goes through `steps` as `dialect` would run them on `board`. */
export function walk(steps: Steps, locate: Locate, dialect: Dialect, board?: Board): Walked {
  const walker = new Walker(dialect, board);
  const { success, failure } = walker.script({ steps, locate });
  return { units: walker.units, moments: walker.moments, end: join(success, failure) };
}

interface Context {
  /** Whether somebody looks at the status of the last command. */
  readonly read: boolean;
  readonly always: boolean;
  readonly depth: number;
}

class Walker {
  readonly units: Unit[] = [];
  readonly moments: Moment[] = [];
  #locate: Locate;
  readonly #running = new Set<string>();

  constructor(
    private readonly dialect: Dialect,
    private readonly board: Board | undefined,
  ) {
    this.#locate = (stretch) => ({ source: { name: "", text: "" }, ...stretch });
  }

  script(unit: Unit): Outcome {
    this.units.push(unit);
    this.#locate = unit.locate;
    const outcome = this.#list(unit.steps, beginning, { read: false, always: true, depth: 0 });
    // What is meant to be run later, by U-Boot itself.
    const end = join(outcome.success, outcome.failure);
    for (const name of ["preboot", "bootcmd", "altbootcmd"]) {
      if (end) this.#run(name, end, { read: false, always: true, depth: 1 });
    }
    return outcome;
  }

  #list(steps: Steps, before: State | undefined, context: Context): Outcome {
    let outcome: Outcome = { success: before, failure: undefined };
    for (let from = 0; from < steps.length; ) {
      let to = from;
      while (isChained(steps[to]?.operator) && to + 1 < steps.length) to++;
      const asked = asksFirst(steps[to + 1]?.command);
      const last = to === steps.length - 1;
      const state = join(outcome.success, outcome.failure);
      const read = last ? context.read : asked;
      outcome = this.#chain(steps.slice(from, to + 1), state, { ...context, read });
      from = to + 1;
    }
    return outcome;
  }

  #chain(steps: Steps, before: State | undefined, context: Context): Outcome {
    const inner = (index: number): Context => ({
      ...context,
      read: index < steps.length - 1 || context.read,
      always: context.always && index === 0,
    });
    let now = this.#step(steps[0], before, inner(0));
    let left: Outcome = { success: undefined, failure: undefined };
    for (let index = 1; index < steps.length; index++) {
      const and = steps[index - 1]?.operator === "&&";
      const [taken, skipped] = and ? [now.success, now.failure] : [now.failure, now.success];
      const next = this.#step(steps[index], taken, inner(index));
      // The old parser skips all the rest, whatever operators are in it.
      if (this.dialect === "old") left = and ? plus(left, undefined, skipped) : plus(left, skipped);
      now =
        this.dialect === "old" ? next : and ? plus(next, undefined, skipped) : plus(next, skipped);
    }
    return { success: join(left.success, now.success), failure: join(left.failure, now.failure) };
  }

  #step(step: Steps[number] | undefined, before: State | undefined, context: Context) {
    const outcome = this.#command(step?.command, before, context);
    return step?.inverted ? { success: outcome.failure, failure: outcome.success } : outcome;
  }

  #command(node: Node | undefined, before: State | undefined, context: Context): Outcome {
    if (!node || !before || context.depth > DEEPEST || this.moments.length > MOST) {
      return { success: before, failure: undefined };
    }
    const inside = { ...context, depth: context.depth + 1 };
    if (node.type === "group") return this.#list(node.body, before, inside);
    return node.type === "simple"
      ? this.#simple(node, before, context)
      : this.#compound(node, before, inside);
  }

  #simple(node: SimpleCommand, before: State, context: Context): Outcome {
    const { assignments, command } = commandOf(node, this.#locate);
    const state = assignments.reduce(
      (now, { name, value }) => withVariable(now, name, valueIn([value], now)),
      before,
    );
    if (!command) return { success: state, failure: undefined };
    const { read, always } = context;
    this.moments.push({ command, before: state, read, always });
    if (command.name === "run") return this.#runAll(command, state, context);
    return effectOf(command, state, read, this.board);
  }

  #runAll({ args, at }: ScriptCommand, before: State, context: Context): Outcome {
    let now: Outcome = { success: before, failure: undefined };
    args.forEach(({ text }, index) => {
      const read = index < args.length - 1 || context.read;
      const next = now.success && this.#run(text, now.success, { ...context, read }, at);
      now = plus(next ?? { success: undefined, failure: undefined }, undefined, now.failure);
    });
    return now;
  }

  /** Runs what `name` holds, where that is known; `at` is where that is found which has no place. */
  #run(name: string, before: State, context: Context, at?: Span): Outcome {
    const values = before.variables.get(name) ?? [];
    const value = values.length === 1 ? values[0] : undefined;
    const locate = value?.locate ?? (at && (() => at));
    if (
      value?.text === undefined ||
      !locate ||
      this.#running.has(name) ||
      context.depth > DEEPEST
    ) {
      return { success: before, failure: before };
    }
    const outer = this.#locate;
    const { steps } = parse(`${value.text}\n`, this.dialect).tree;
    if (value.locate) this.units.push({ steps, locate });
    this.#running.add(name);
    this.#locate = locate;
    const outcome = this.#list(steps, before, { ...context, depth: context.depth + 1 });
    this.#locate = outer;
    this.#running.delete(name);
    return outcome;
  }

  #compound({ sections }: Compound, before: State, context: Context): Outcome {
    const [first] = sections;
    if (first?.keyword === "if") return this.#conditional(sections, before, context);
    const body = sections.find(({ keyword }) => keyword === "do")?.body ?? [];
    const inside = { ...context, read: false, always: false };
    if (first?.keyword === "for") {
      const [variable = "", ...words] = sections
        .filter(({ keyword }) => keyword === "for" || keyword === "in")
        .flatMap((each) => each.body)
        .flatMap(({ command }) => (command?.type === "simple" ? command.words : []))
        .map((word) => word.parts.map((part) => (part.type === "text" ? part.text : undefined)))
        .map((parts) => (parts.includes(undefined) ? undefined : parts.join("")));
      const entry = withVariable(before, variable, ...words.map((text) => ({ text })));
      return this.#loop(entry, (state) => this.#list(body, state, inside), before);
    }
    const condition = first?.body ?? [];
    const until = first?.keyword === "until";
    let leaving: State | undefined;
    const round = (state: State | undefined): Outcome => {
      const asked = this.#list(condition, state, { ...context, read: true });
      leaving = join(leaving, until ? asked.success : asked.failure);
      return this.#list(body, until ? asked.failure : asked.success, inside);
    };
    this.#loop(before, round, undefined);
    return { success: leaving, failure: leaving };
  }

  /** Twice, so that what the first round leaves is seen by the second. */
  #loop(
    before: State,
    round: (state: State | undefined) => Outcome,
    without: State | undefined,
  ): Outcome {
    const first = round(before);
    const second = round(join(before, join(first.success, first.failure)));
    const after = join(second.success, second.failure);
    return { success: join(without, after), failure: after };
  }

  #conditional(sections: Compound["sections"], before: State, context: Context): Outcome {
    let result: Outcome = { success: undefined, failure: undefined };
    let rest: State | undefined = before;
    let taken: State | undefined;
    for (const [index, { keyword, body }] of sections.entries()) {
      if (keyword === "if" || keyword === "elif") {
        const always = context.always && index === 0;
        const asked = this.#list(body, rest, { ...context, read: true, always });
        taken = asked.success;
        rest = asked.failure;
      } else if (keyword === "then" || keyword === "else") {
        const state: State | undefined = keyword === "then" ? taken : rest;
        const done = this.#list(body, state, { ...context, always: false });
        result = plus(result, done.success, done.failure);
        if (keyword === "else") rest = undefined;
      }
    }
    return plus(result, rest, rest);
  }
}

/** Whether the first thing that is done in `node` is to look at the status of what came before. */
function asksFirst(node: Node | undefined): boolean {
  if (node?.type === "simple") return readsStatus(node);
  const first = node?.type === "compound" ? node.sections[0]?.body[0]?.command : undefined;
  return first?.type === "simple" && readsStatus(first);
}

const isChained = (operator: string | undefined) => operator === "&&" || operator === "||";

function plus(outcome: Outcome, success?: State, failure?: State): Outcome {
  return { success: join(outcome.success, success), failure: join(outcome.failure, failure) };
}
