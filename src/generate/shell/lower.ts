// Steps to shell. Every one is a step that the first failure of its block skips; blocks
// that catch a failure have a flag of their own. No status of a loop or an `if` is relied on.

import { positionOf } from "../../diagnostics/index.js";
import {
  and,
  assign,
  command,
  type List,
  type Node,
  or,
  type Word,
  when,
} from "../../hush/index.js";
import type { EachStep, RetryStep, Step, Steps, TryStep } from "../../steps/index.js";
import { lowerBoot } from "./boot.js";
import { lowerBootargs } from "./bootargs.js";
import { lowerCondition } from "./conditions.js";
import { LEAVING, leaveAll, lowerCall, lowerChain, lowerFetch, lowerLoad } from "./loads.js";
import { lowerRaw } from "./raw.js";
import {
  clear,
  type Emit,
  type Frame,
  failed,
  failureText,
  frameIn,
  going,
  quietly,
  type State,
  step,
  unlessFailed,
} from "./state.js";
import { plainText, wordFor } from "./words.js";

type Lowerings = {
  readonly [T in Step["type"]]: (step: Extract<Step, { readonly type: T }>, emit: Emit) => List;
};

/** One row for each kind of step. */
const lowerings: Lowerings = {
  dhcp: (_, emit) => {
    emit.state.needs.add("network");
    return [step(emit, "dhcp", command("dhcp"))];
  },
  network: ({ settings }, emit) =>
    settings.map(({ variable, value }) => {
      const word = plainText(wordFor(value, emit.state.client)) ?? "";
      return step(emit, `set ${variable}`, command("setenv", variable, word));
    }),
  ping: ({ host }, emit) => [step(emit, "ping", command("ping", wordFor(host, emit.state.client)))],
  load: lowerLoad,
  fetch: lowerFetch,
  call: lowerCall,
  chain: lowerChain,
  boot: lowerBoot,
  bootargs: lowerBootargs,
  set: ({ name, value, local }, emit) => {
    const word = wordFor(value, emit.state.client);
    const node = local ? assign(name, word) : command("setenv", name, word);
    return [step(emit, `set ${name}`, node)];
  },
  unset: ({ name }, emit) => [step(emit, `unset ${name}`, command("setenv", name))],
  save: (_, emit) => [step(emit, "save", command("saveenv"))],
  if: ({ condition: asked, ...choice }, { state, frame }) => {
    const { dirty } = frame;
    const { before, condition } = lowerCondition(asked, state);
    const body = lowerBlock(choice.body, state, frame);
    const otherwise = lowerBlock(choice.otherwise, state, frame);
    const node = when(condition, body, otherwise);
    const tests = "operands" in condition ? condition.operands : [];
    for (const each of [node, condition, ...tests]) state.origins.set(each, asked.span);
    return unlessFailed(frame, dirty, [...before, node]);
  },
  try: lowerTry,
  retry: lowerRetry,
  each: lowerEach,
  print: ({ text }, emit) => [quietly(emit, command("echo", wordFor(text, emit.state.client)))],
  sleep: ({ duration }, emit) => [step(emit, "sleep", sleep(duration))],
  run: ({ name }, emit) => [step(emit, `run ${name}`, command("run", name))],
  fail: ({ text }, emit) => {
    const why = plainText(wordFor(text, emit.state.client)) ?? "";
    return [step(emit, why, command("false"))];
  },
  reset: (_, emit) => [step(emit, "reset", command("reset"))],
  poweroff: (_, emit) => [step(emit, "poweroff", command("poweroff"))],
  shell: (_, { state, frame, span }) => {
    const node: Node = assign(LEAVING, "yes");
    state.origins.set(node, span);
    const { dirty } = frame;
    return unlessFailed(frame, dirty, [node, ...leaveAll(frame)]);
  },
  uboot: lowerRaw,
  broken: () => [],
};

/** `block` as shell, each step under a comment that names its line. */
export function lowerBlock(block: Steps, state: State, frame: Frame): List {
  return block.flatMap((each) => {
    const list = lowerStep(each, { state, frame, span: each.span });
    if (list.length === 0) return [];
    const comment = { type: "comment", text: sourceOf(each) } as const;
    state.origins.set(comment, each.span);
    return [comment, ...list];
  });
}

function lowerStep<T extends Step["type"]>(
  each: Extract<Step, { readonly type: T }>,
  emit: Emit,
): List {
  return lowerings[each.type as T](each, emit);
}

/** `23: boot linux with pi3`: the line as it was written, without its block. */
function sourceOf({ span: { source, start, end } }: Step): string {
  const { line } = positionOf(source, start);
  const text = source.text.slice(start, end).split("\n")[0] ?? "";
  const LONGEST = 80;
  return `${line}: ${text.slice(0, LONGEST).trimEnd()}`;
}

function lowerTry(tried: TryStep, { state, frame: outer, span }: Emit): List {
  const { dirty } = outer;
  const inner = frameIn(outer);
  const body = lowerBlock(tried.body, state, inner);
  const { line } = positionOf(span.source, span.start);
  const next = tried.otherwise.length > 0 ? "trying the else" : "going on after the try";
  const said = echoFailure(state, inner, `, ${next} of line ${line}`);
  const then = lowerBlock(tried.next, state, outer);
  const afterThen = outer.dirty;
  outer.dirty = dirty;
  const otherwise = lowerBlock(tried.otherwise, state, outer);
  outer.dirty ||= afterThen;
  const caught: List = [said, clear(inner), ...otherwise];
  const list: List = [
    clear(inner),
    ...body,
    when(failed(inner), unlessLeaving(state, outer, caught), then),
  ];
  return unlessFailed(outer, dirty, list);
}

/** A failure skips what is left of the round, and the rounds after it. */
function lowerEach({ name, values, body }: EachStep, { state, frame: outer, span }: Emit): List {
  const { dirty } = outer;
  outer.dirty = true;
  const words = values.map((each) => wordFor(each, state.client));
  const loop: Node = {
    type: "for",
    variable: name,
    values: words,
    body: lowerBlock(body, state, outer),
  };
  state.origins.set(loop, span);
  return unlessFailed(outer, dirty, [loop]);
}

function lowerRetry(retry: RetryStep, { state, frame: outer, span }: Emit): List {
  const { count: times, pause: wait } = retry;
  const { dirty } = outer;
  const inner = frameIn(outer);
  // With the script's name, since a script that this one chains to may count as well.
  const counter = `ubootc_try_${state.script.name.replace(/[^A-Za-z0-9]/g, "_")}_${inner.depth}`;
  const body = lowerBlock(retry.body, state, inner);
  const attempt: List = [
    clear(inner),
    ...body,
    when(
      failed(inner),
      unlessLeaving(state, outer, [
        echoFailure(
          state,
          inner,
          times ? [", attempt ", { variable: counter }, ` of ${times}`] : "",
        ),
        ...(wait === undefined ? [] : [sleep(wait)]),
      ]),
    ),
  ];
  const loop: Node =
    times === undefined
      ? { type: "while", condition: again(state, inner, outer), body: attempt }
      : {
          type: "for",
          variable: counter,
          values: Array.from({ length: times }, (_, index) => [`${index + 1}`]),
          body: [when(failed(inner), unlessLeaving(state, outer, attempt))],
        };
  const list: List = [
    assign(inner.flag, failureText(span, "retry was interrupted")),
    loop,
    or(going(inner), assign(outer.flag, [{ variable: inner.flag }])),
    clear(inner),
  ];
  outer.dirty = true;
  return unlessFailed(outer, dirty, list);
}

/** Whether a loop goes round once more: not on the way to the prompt, which fails it for good. */
function again({ leaves }: State, inner: Frame, outer: Frame) {
  return leaves ? and(failed(inner), going(outer)) : failed(inner);
}

/** `list`, unless the script is on its way to the prompt. */
function unlessLeaving(state: State, outer: Frame, list: List): List {
  if (!state.leaves) return list;
  return [when(going(outer), list)];
}

function echoFailure({ script }: State, frame: Frame, rest: string | Word): Node {
  const tail: Word = typeof rest === "string" ? [rest] : rest;
  return command("echo", [`${script.name}: `, { variable: frame.flag }, " failed", ...tail]);
}

function sleep(milliseconds: number) {
  return command("sleep", `${milliseconds / 1000}`);
}
