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
  readonly [T in Step["type"]]: (
    step: Extract<Step, { readonly type: T }>,
    state: State,
    frame: Frame,
  ) => List;
};

/** One row for each kind of step. */
const lowerings: Lowerings = {
  dhcp: ({ span }, state, frame) => {
    state.needs.add("network");
    return [step(state, frame, span, "dhcp", command("dhcp"))];
  },
  network: ({ settings, span }, state, frame) =>
    settings.map(({ variable, value }) => {
      const word = plainText(wordFor(value, state.client)) ?? "";
      return step(state, frame, span, `set ${variable}`, command("setenv", variable, word));
    }),
  ping: ({ host, span }, state, frame) => [
    step(state, frame, span, "ping", command("ping", wordFor(host, state.client))),
  ],
  load: lowerLoad,
  fetch: lowerFetch,
  call: lowerCall,
  chain: lowerChain,
  boot: lowerBoot,
  bootargs: lowerBootargs,
  set: ({ name, value, local, span }, state, frame) => {
    const word = wordFor(value, state.client);
    const node = local ? assign(name, word) : command("setenv", name, word);
    return [step(state, frame, span, `set ${name}`, node)];
  },
  unset: ({ name, span }, state, frame) => [
    step(state, frame, span, `unset ${name}`, command("setenv", name)),
  ],
  save: ({ span }, state, frame) => [step(state, frame, span, "save", command("saveenv"))],
  if: ({ condition: asked, ...choice }, state, frame) => {
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
  print: ({ text, span }, state, frame) => [
    quietly(state, frame, span, command("echo", wordFor(text, state.client))),
  ],
  sleep: ({ duration, span }, state, frame) => [step(state, frame, span, "sleep", sleep(duration))],
  run: ({ name, span }, state, frame) => [
    step(state, frame, span, `run ${name}`, command("run", name)),
  ],
  fail: ({ text, span }, state, frame) => {
    const why = plainText(wordFor(text, state.client)) ?? "";
    return [step(state, frame, span, why, command("false"))];
  },
  reset: ({ span }, state, frame) => [step(state, frame, span, "reset", command("reset"))],
  poweroff: ({ span }, state, frame) => [step(state, frame, span, "poweroff", command("poweroff"))],
  shell: ({ span }, state, frame) => {
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
    const list = lowerStep(each, state, frame);
    if (list.length === 0) return [];
    const comment = { type: "comment", text: sourceOf(each) } as const;
    state.origins.set(comment, each.span);
    return [comment, ...list];
  });
}

function lowerStep<T extends Step["type"]>(
  each: Extract<Step, { readonly type: T }>,
  state: State,
  frame: Frame,
): List {
  return lowerings[each.type as T](each, state, frame);
}

/** `23: boot linux with pi3`: the line as it was written, without its block. */
function sourceOf({ span: { source, start, end } }: Step): string {
  const { line } = positionOf(source, start);
  const text = source.text.slice(start, end).split("\n")[0] ?? "";
  const LONGEST = 80;
  return `${line}: ${text.slice(0, LONGEST).trimEnd()}`;
}

function lowerTry(tried: TryStep, state: State, outer: Frame): List {
  const { dirty } = outer;
  const inner = frameIn(outer);
  const body = lowerBlock(tried.body, state, inner);
  const { line } = positionOf(tried.span.source, tried.span.start);
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
function lowerEach({ name, values, body, span }: EachStep, state: State, outer: Frame): List {
  const { dirty } = outer;
  outer.dirty = true;
  const words = values.map((each) => wordFor(each, state.client));
  const loop: Node = {
    ...{ type: "for", variable: name, values: words },
    body: lowerBlock(body, state, outer),
  };
  state.origins.set(loop, span);
  return unlessFailed(outer, dirty, [loop]);
}

function lowerRetry(retry: RetryStep, state: State, outer: Frame): List {
  const { span, count: times, pause: wait } = retry;
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
