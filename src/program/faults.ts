// What can go wrong around a board, as data: read from the form that `fault` in a test and `--fault`
// share, and printed in it. What a fault does is the simulator's matter (simulator/faults.ts).
import { diagnose, nearest, type Report } from "../diagnostics/index.js";
import type { FaultStatement, Name } from "../language/index.js";
import type { Program } from "./program.js";
import { constantOf, ipv4, type Scope, size } from "./values.js";

/** How many times it happens before all is well; without it, for ever. */
interface Times {
  readonly times?: number;
}

/** A file: by the name it is asked for, or all that something of the flow is called. */
export type Faulty = { readonly file: string } | { readonly declared: string };

/** A single thing that goes wrong. */
export type Fault =
  | ({ readonly kind: "dhcp" } & Times)
  /** Nothing comes from this server. */
  | ({ readonly kind: "server"; readonly address: string } & Times)
  | ({
      readonly kind: "transfer";
      readonly protocol: "tftp" | "http" | "nfs";
      /** Undefined: whatever is asked for. */
      readonly what?: Faulty;
      readonly failure: "timeout" | "not-found" | "short" | "corrupt";
      /** Bytes that arrive before it; where a byte is wrong. */
      readonly after?: number;
    } & Times)
  | {
      readonly kind: "device";
      /** `mmc`, or `sdcard`: where the first script is found. */
      readonly device: string;
      readonly number?: number;
      readonly partition?: number;
      /** Undefined: the whole device. */
      readonly what?: Faulty;
      readonly failure: "missing" | "short" | "corrupt";
      readonly after?: number;
    }
  /** A variable of the board's environment; without `value` there is none. */
  | { readonly kind: "environment"; readonly name: string; readonly value?: string };

/** How the network fails, by protocol. */
export const transferFailures = ["timeout", "not-found", "short", "corrupt"] as const;

const protocols = ["tftp", "http", "nfs"] as const;
const storage = ["mmc", "usb", "nvme", "sata", "virtio", "sdcard"] as const;
const subjects = ["dhcp", "server", ...protocols, "environment", ...storage];

/** `fault` in the form that `readFault` reads. */
export function faultText(fault: Fault): string {
  const words = [...faultWords(fault)];
  if ("after" in fault && fault.after !== undefined) words.push("after", `${fault.after}`);
  if ("times" in fault && fault.times !== undefined) words.push("times", `${fault.times}`);
  return words.join(" ");
}

function faultWords(fault: Fault): readonly string[] {
  switch (fault.kind) {
    case "dhcp":
      return ["dhcp", "timeout"];
    case "server":
      return ["server", fault.address, "timeout"];
    case "transfer":
      return [fault.protocol, ...faultyWords(fault.what), fault.failure];
    case "device": {
      const { device, number, partition } = fault;
      const where = partition === undefined ? number : `${number}:${partition}`;
      const place = where === undefined ? [device] : [device, `${where}`];
      return [...place, ...faultyWords(fault.what), fault.failure];
    }
    case "environment":
      return [
        "environment",
        /^[A-Za-z][\w-]*#?$/.test(fault.name) ? fault.name : quoted(fault.name),
        fault.value === undefined ? "unset" : quoted(fault.value),
      ];
  }
}

function faultyWords(what: Faulty | undefined): readonly string[] {
  if (!what) return [];
  return ["declared" in what ? what.declared : quoted(what.file)];
}

const quoted = (text: string) => `"${text.replace(/["\\{]|\$(?=\{)/g, "\\$&")}"`;

/** What a fault is read with; without a program it is about files and devices only. */
export interface FaultContext {
  readonly program?: Program;
  readonly scope: Scope;
  readonly report: Report;
}

/** What `node` says, or undefined, reported. */
export function readFault(node: FaultStatement, context: FaultContext): Fault | undefined {
  const { name } = node.subject;
  const found = subjects.find((each) => each === name);
  if (!found) {
    const data = { kind: "device or protocol", name, nearest: nearest(name, subjects) };
    context.report(diagnose("name-unknown", data, node.subject.span));
    return undefined;
  }
  const times = node.times && { times: Math.max(1, Number(node.times.text)) };
  switch (found) {
    case "dhcp":
      if (!takes(node, ["times"], context)) return undefined;
      return failureOf(node, ["timeout"], context) && { kind: "dhcp", ...times };
    case "server":
      return serverFault(node, context);
    case "environment":
      return environmentFault(node, context);
    default: {
      const protocol = protocols.find((each) => each === found);
      if (!protocol) return deviceFault(node, context);
      if (!takes(node, ["what", "after", "times"], context)) return undefined;
      const failure = failureOf(node, transferFailures, context);
      const rest = { ...faultyOf(node, context), ...afterOf(node, context), ...times };
      return failure && { kind: "transfer", protocol, failure, ...rest };
    }
  }
}

function serverFault(node: FaultStatement, context: FaultContext): Fault | undefined {
  const { program, scope, report } = context;
  if (!takes(node, ["where", "times"], context)) return undefined;
  const span = (node.where ?? node.subject).span;
  if (!node.where) {
    const data = { expected: "the address of a server after `server`", found: "server" };
    report(diagnose("value-invalid", data, span));
    return undefined;
  }
  const address = ipv4(node.where, scope, report);
  if (address === undefined || !failureOf(node, ["timeout"], context)) return undefined;
  const known = program?.servers.map(({ text }) => text);
  if (known && !known.includes(address)) {
    const data = { kind: "server", name: address, nearest: nearest(address, known) };
    report(diagnose("name-unknown", data, span));
  }
  const times = node.times && { times: Math.max(1, Number(node.times.text)) };
  return { kind: "server", address, ...times };
}

function environmentFault(node: FaultStatement, context: FaultContext): Fault | undefined {
  const { what, failure } = node;
  if (!takes(node, ["what"], context)) return undefined;
  if (!what) {
    const data = { expected: "a variable after `environment`", found: "environment" };
    context.report(diagnose("value-invalid", data, node.subject.span));
    return undefined;
  }
  const name = constantOf(what, context.scope, context.report);
  if (name === undefined) return undefined;
  if (failure.type === "name") {
    return failureOf(node, ["unset"], context) && { kind: "environment", name };
  }
  const value = constantOf(failure, context.scope, context.report);
  return value === undefined ? undefined : { kind: "environment", name, value };
}

function deviceFault(node: FaultStatement, context: FaultContext): Fault | undefined {
  const { subject, where } = node;
  if (!takes(node, ["where", "what", "after"], context)) return undefined;
  const failures = node.what ? (["missing", "short", "corrupt"] as const) : (["missing"] as const);
  const failure = failureOf(node, failures, context);
  const [, number, partition] = /^(\d{1,2})(?::(\d{1,3}))?$/.exec(where?.text ?? "0") ?? [];
  if (where && (number === undefined || subject.name === "sdcard")) {
    const expected =
      number === undefined ? "a device and partition such as 0:1" : "nothing after `sdcard`";
    context.report(diagnose("value-invalid", { expected, found: where.text }, where.span));
    return undefined;
  }
  return (
    failure && {
      kind: "device",
      device: subject.name,
      ...(where && { number: Number(number) }),
      ...(where && partition !== undefined && { partition: Number(partition) }),
      failure,
      ...faultyOf(node, context),
      ...afterOf(node, context),
    }
  );
}

type Part = "where" | "what" | "after" | "times";

/** Reports a part that this kind of fault does not have. */
function takes(node: FaultStatement, parts: readonly Part[], { report }: FaultContext): boolean {
  const words = { where: "no place", what: "no file", after: "no `after`", times: "no `times`" };
  for (const part of Object.keys(words) as Part[]) {
    const found = node[part];
    if (!found || parts.includes(part)) continue;
    const { source, start, end } = found.span;
    const data = {
      expected: `${words[part]} for \`${node.subject.name}\``,
      found: source.text.slice(start, end),
    };
    report(diagnose("value-invalid", data, found.span));
    return false;
  }
  return true;
}

/** The failure, when it is one of `allowed`. */
function failureOf<W extends string>(
  { subject, failure }: FaultStatement,
  allowed: readonly W[],
  { report }: FaultContext,
): W | undefined {
  const found = failure.type === "name" && allowed.find((each) => each === failure.name);
  if (found) return found;
  const { source, start, end } = failure.span;
  const words = allowed.join(" or ");
  const data = {
    expected: `${words} of \`${subject.name}\``,
    found: source.text.slice(start, end),
  };
  report(diagnose("value-invalid", data, failure.span));
  return undefined;
}

/** The file of a fault. A bare name is one of the flow. */
function faultyOf({ what }: FaultStatement, context: FaultContext): { what?: Faulty } {
  if (!what) return {};
  if (what.type === "text") {
    const file = constantOf(what, context.scope, context.report);
    return file === undefined ? {} : { what: { file } };
  }
  return declared(what, context) ? { what: { declared: what.name } } : {};
}

function declared({ name, span }: Name, context: FaultContext): boolean {
  const { program, report } = context;
  const known = [...(program?.provisions.keys() ?? []), ...(program?.scripts.keys() ?? [])];
  if (known.includes(name)) return true;
  // What is wrong with its declaration was said there.
  if (program?.broken.has(name)) return false;
  const data = { kind: "file or script", name, nearest: nearest(name, known) };
  report(diagnose("name-unknown", data, span));
  return false;
}

function afterOf({ after }: FaultStatement, { scope, report }: FaultContext): { after?: number } {
  const bytes = after && size(after, scope, report);
  return bytes === undefined ? {} : { after: bytes };
}
