// Statements to shell. Every statement is a step that the first failure of its block skips; blocks
// that catch a failure have a flag of their own. No status of a loop or an `if` is relied on.

import { diagnose, positionOf } from "../../diagnostics/index.js";
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
import type {
  Block,
  RetryStatement,
  Statement,
  TryStatement,
  UbootStatement,
} from "../../language/index.js";
import {
  constantOf,
  ipv4,
  kernelArgument,
  plainWord,
  type Rule,
  duration as readDuration,
  readProperties,
  shellText,
} from "../../program/index.js";
import { lowerBoot } from "./boot.js";
import { lowerBootargs } from "./bootargs.js";
import { lowerTest } from "./conditions.js";
import { LEAVING, leaveAll, lowerChain, lowerLoad } from "./loads.js";
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
import { wordOf } from "./words.js";

type Lowerings = {
  readonly [T in Statement["type"]]: (
    statement: Extract<Statement, { readonly type: T }>,
    state: State,
    frame: Frame,
  ) => List;
};

/** Text for the console. */
const texts = { written: shellText, given: shellText };
/** Text for a variable: `run` may take it for a command, so a table adds a word at most. */
const values = { written: shellText, given: plainWord };
const words: { written: Rule; given: Rule } = { written: kernelArgument, given: kernelArgument };

/** One row for each statement of the language. */
const lowerings: Lowerings = {
  dhcp: ({ span }, state, frame) => {
    state.needs.add("network");
    return [step(state, frame, span, "dhcp", command("dhcp"))];
  },
  network: ({ properties, span }, state, frame) => {
    const { scope, report } = state;
    const schema = { address: ipv4, netmask: ipv4, gateway: ipv4, dns: ipv4 };
    const read = readProperties("network static", properties, schema, scope, report);
    if (!properties.some(({ key }) => key.name === "address")) {
      report(diagnose("property-missing", { what: "network static", name: "address" }, span));
    }
    const variables = { address: "ipaddr", netmask: "netmask", gateway: "gatewayip", dns: "dnsip" };
    return Object.entries(variables).flatMap(([key, name]) => {
      const found = read[key as keyof typeof variables];
      if (!found) return [];
      return [step(state, frame, span, `set ${name}`, command("setenv", name, found.value))];
    });
  },
  ping: ({ host, span }, state, frame) => {
    const word = wordOf(host, words, state.scope, state.report);
    return word ? [step(state, frame, span, "ping", command("ping", word))] : [];
  },
  load: lowerLoad,
  chain: lowerChain,
  boot: lowerBoot,
  bootargs: lowerBootargs,
  set: ({ name, value, span }, state, frame) => {
    const word = wordOf(value, values, state.scope, state.report);
    if (!word) return [];
    return [
      step(state, frame, span, `set ${name.name}`, command("setenv", envName(name, state), word)),
    ];
  },
  unset: ({ name, span }, state, frame) => [
    step(state, frame, span, `unset ${name.name}`, command("setenv", envName(name, state))),
  ],
  save: ({ span }, state, frame) => [step(state, frame, span, "save", command("saveenv"))],
  if: (statement, state, frame) => {
    const { dirty } = frame;
    const { before, condition } = lowerTest(statement.condition, state);
    const body = lowerBlock(statement.body, state, frame);
    const otherwise = lowerBlock(statement.otherwise, state, frame);
    const node = when(condition, body, otherwise);
    const tests = "operands" in condition ? condition.operands : [];
    for (const each of [node, condition, ...tests]) {
      state.origins.set(each, statement.condition.span);
    }
    return unlessFailed(frame, dirty, [...before, node]);
  },
  try: lowerTry,
  retry: lowerRetry,
  print: ({ text, span }, state, frame) => {
    const word = wordOf(text, texts, state.scope, state.report);
    return word ? [quietly(state, frame, span, command("echo", word))] : [];
  },
  sleep: (statement, state, frame) => {
    const milliseconds = readDuration(statement.duration, state.scope, state.report);
    if (milliseconds === undefined) return [];
    return [step(state, frame, statement.span, "sleep", sleep(milliseconds))];
  },
  run: ({ name, span }, state, frame) => [
    step(state, frame, span, `run ${name.name}`, command("run", name.name)),
  ],
  fail: ({ text, span }, state, frame) => {
    const why = constantOf(text, state.scope, state.report);
    const word = why === undefined ? undefined : wordOf(text, texts, state.scope, state.report);
    return why === undefined || !word ? [] : [step(state, frame, span, why, command("false"))];
  },
  reset: ({ span }, state, frame) => [step(state, frame, span, "reset", command("reset"))],
  poweroff: ({ span }, state, frame) => [step(state, frame, span, "poweroff", command("poweroff"))],
  shell: ({ span }, state, frame) => {
    const node: Node = assign(LEAVING, "yes");
    state.origins.set(node, span);
    const { dirty } = frame;
    return unlessFailed(frame, dirty, [node, ...leaveAll(frame)]);
  },
  uboot: (statement: UbootStatement, state, frame) => lowerRaw(statement, state, frame),
};

/** `block` as shell, each statement under a comment that names its line. */
export function lowerBlock(block: Block, state: State, frame: Frame): List {
  return block.flatMap((statement) => {
    const list = lowerStatement(statement, state, frame);
    return list.length === 0
      ? []
      : [{ type: "comment", text: sourceOf(statement) } as const, ...list];
  });
}

function lowerStatement<T extends Statement["type"]>(
  statement: Extract<Statement, { readonly type: T }>,
  state: State,
  frame: Frame,
): List {
  return lowerings[statement.type as T](statement, state, frame);
}

/** `23: boot linux with pi3`: the line as it was written, without its block. */
function sourceOf({ span: { source, start, end } }: Statement): string {
  const { line } = positionOf(source, start);
  const text = source.text.slice(start, end).split("\n")[0] ?? "";
  const LONGEST = 80;
  return `${line}: ${text.slice(0, LONGEST).trimEnd()}`;
}

function lowerTry(statement: TryStatement, state: State, outer: Frame): List {
  const { dirty } = outer;
  const inner = frameIn(outer);
  const body = lowerBlock(statement.body, state, inner);
  const { line } = positionOf(statement.span.source, statement.span.start);
  const next = statement.otherwise.length > 0 ? "trying the else" : "going on behind the try";
  const said = echoFailure(state, inner, `, ${next} of line ${line}`);
  const otherwise = lowerBlock(statement.otherwise, state, outer);
  const caught: List = [said, clear(inner), ...otherwise];
  const list: List = [
    clear(inner),
    ...body,
    when(failed(inner), unlessLeaving(state, outer, caught)),
  ];
  return unlessFailed(outer, dirty, list);
}

function lowerRetry(statement: RetryStatement, state: State, outer: Frame): List {
  const { span, count, pause } = statement;
  const { dirty } = outer;
  const inner = frameIn(outer);
  const times = count ? Number(count.text) : undefined;
  const MOST = 60;
  if (times !== undefined && (times < 1 || times > MOST)) {
    const data = { expected: `a number from 1 to ${MOST}, or \`forever\``, found: `${times}` };
    state.report(diagnose("value-invalid", data, count?.span ?? span));
    return [];
  }
  const wait = pause ? readDuration(pause, state.scope, state.report) : undefined;
  // With the script's name, since a script that this one chains to may count as well.
  const counter = `ubootc_try_${state.script.name.replace(/[^A-Za-z0-9]/g, "_")}_${inner.depth}`;
  const body = lowerBlock(statement.body, state, inner);
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
          values: Array.from({ length: times }, (_, index) => `${index + 1}`),
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

/** A name both parsers can read back. */
function envName({ name, span }: { name: string; span: Statement["span"] }, { report }: State) {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    const expected = "a variable name of letters, digits and _";
    report(diagnose("value-invalid", { expected, found: name }, span));
  }
  return name;
}
