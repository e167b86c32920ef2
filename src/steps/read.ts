// Statements to steps. What cannot be read is reported and leaves a broken step; what stands beside
// it is read all the same. Of an `if` that is decided the branch that is taken stands in its place,
// and the other one is looked at only for what is wrong for everybody.
import { diagnose, nearest } from "../diagnostics/index.js";
import type { Block, Statement, Value } from "../language/index.js";
import {
  address,
  addressWord,
  duration,
  ipv4,
  isKnown,
  isOfClient,
  kernelArgument,
  plainWord,
  plainWording,
  plainWords,
  provisionOf,
  type Reader,
  readProperties,
  scriptOf,
  shellText,
  textFor,
  type Wording,
  wordingOf,
} from "../program/index.js";
import { readBoot } from "./boot.js";
import { readArguments } from "./bootargs.js";
import { readCondition } from "./conditions.js";
import { readOrigin, readStorage } from "./devices.js";
import { forAskedFiles, readAskedName } from "./files.js";
import { readRaw } from "./raw.js";
import {
  decides,
  type Reading,
  type Rules,
  readDeciding,
  readText,
  scopeOf,
  wordsIn,
} from "./reading.js";
import type { ChainStep, LoadStep, Origin, Step, Steps, Target } from "./step.js";
import { isStorage } from "./visit.js";

type Of<T extends Statement["type"]> = Extract<Statement, { readonly type: T }>;

/** A step, those of a branch that is taken, or undefined where something is wrong, which is reported. */
type Readers = {
  readonly [T in Statement["type"]]: (
    statement: Of<T>,
    reading: Reading,
  ) => Step | Steps | undefined;
};

/** Text for the console. */
const texts: Rules = { written: shellText, given: shellText };
/** Text for a variable: `run` may take it for a command, so a table adds a word at most. */
const values: Rules = { written: shellText, given: plainWord };
const lists: Rules = { written: plainWords, given: plainWord };
const words: Rules = { written: kernelArgument, given: kernelArgument };

const plain = <T extends "dhcp" | "save" | "reset" | "poweroff" | "shell">({
  type,
  span,
}: {
  readonly type: T;
  readonly span: Statement["span"];
}): Step => ({ type, span }) as Step;

/** One row for each statement of the language. */
const readers: Readers = {
  dhcp: plain,
  save: plain,
  reset: plain,
  poweroff: plain,
  shell: plain,
  network: readNetwork,
  ping: ({ host, span }, reading) => {
    const wording = readText(host, words, reading);
    return wording && { type: "ping", span, host: wording };
  },
  load: readLoad,
  fetch: readFetch,
  call: readCall,
  chain: readChain,
  boot: readBoot,
  bootargs: ({ arguments: all, span }, reading) => {
    const read = readArguments(all, reading);
    return read && { type: "bootargs", span, arguments: read };
  },
  set: ({ name, value, local, span }, reading) => {
    const good = isVariableName(name.name, span, reading);
    const wording = readText(value, values, reading);
    if (!good || !wording) return undefined;
    return { type: "set", span, name: name.name, value: wording, ...(local && { local }) };
  },
  unset: ({ name, span }, reading) =>
    isVariableName(name.name, span, reading) ? { type: "unset", span, name: name.name } : undefined,
  if: readIf,
  try: ({ span, body, next, otherwise }, reading) => ({
    type: "try",
    span,
    body: readBlock(body, reading),
    next: readBlock(next, reading),
    otherwise: readBlock(otherwise, reading),
  }),
  retry: readRetry,
  each: ({ name, values: listed, body, span }, reading) => {
    const good = isVariableName(name.name, span, reading);
    const wording = readText(listed, lists, reading);
    const inside = readBlock(body, reading);
    if (!good || !wording) return undefined;
    return { type: "each", span, name: name.name, values: wordsIn(wording), body: inside };
  },
  print: ({ text, span }, reading) => {
    const wording = readText(text, texts, reading);
    return wording && { type: "print", span, text: wording };
  },
  sleep: (statement, reading) => {
    const time = readDeciding(statement.duration, duration, reading);
    return time === undefined ? undefined : { type: "sleep", span: statement.span, duration: time };
  },
  run: ({ name, span }) => ({ type: "run", span, name: name.name }),
  fail: ({ text, span }, reading) => {
    const wording = readText(text, texts, reading);
    return wording && isKnown(wording, reading.report)
      ? { type: "fail", span, text: wording }
      : undefined;
  },
  uboot: readRaw,
};

/** `block`, statement by statement. */
export function readBlock(block: Block, reading: Reading): Steps {
  return block.flatMap((statement): Steps => {
    const read = readOne(statement, reading);
    if (!read) return [{ type: "broken", span: statement.span }];
    return "type" in read ? [read] : read;
  });
}

function readOne<T extends Statement["type"]>(
  statement: Of<T>,
  reading: Reading,
): Step | Steps | undefined {
  return readers[statement.type as T](statement, reading);
}

function readIf(statement: Of<"if">, reading: Reading): Step | Steps | undefined {
  const { body, otherwise, span } = statement;
  const condition = readCondition(statement.condition, reading);
  const idle: Reading = { ...reading, idle: true, late: () => {}, asks: () => {} };
  switch (condition) {
    case undefined:
      readBlock(body, idle);
      readBlock(otherwise, idle);
      return undefined;
    case true:
    case false: {
      const taken = readBlock(condition ? body : otherwise, reading);
      readBlock(condition ? otherwise : body, idle);
      return taken;
    }
    default: {
      const then = readBlock(body, reading);
      return { type: "if", span, condition, body: then, otherwise: readBlock(otherwise, reading) };
    }
  }
}

const MOST_ATTEMPTS = 60;

function readRetry(statement: Of<"retry">, reading: Reading): Step | undefined {
  const { count, pause, span } = statement;
  const times = count ? Number(count.text) : undefined;
  const good = times === undefined || (times >= 1 && times <= MOST_ATTEMPTS);
  if (!good) {
    const expected = `a number from 1 to ${MOST_ATTEMPTS}, or \`forever\``;
    const data = { expected, found: `${times}` };
    reading.report(diagnose("value-invalid", data, count?.span ?? span));
  }
  const wait = pause && readDeciding(pause, duration, reading);
  const body = readBlock(statement.body, reading);
  return {
    type: "retry",
    span,
    body,
    ...(times !== undefined && { count: good ? times : 1 }),
    ...(wait !== undefined && { pause: wait }),
  };
}

const networkVariables = {
  address: "ipaddr",
  netmask: "netmask",
  gateway: "gatewayip",
  dns: "dnsip",
} as const;

function readNetwork({ properties, span }: Of<"network">, reading: Reading): Step | undefined {
  const { report } = reading;
  let good = true;
  const setting: Reader<Wording> = (value) => {
    const wording = readAddress(value, reading);
    good &&= wording !== undefined;
    return wording;
  };
  const schema = { address: setting, netmask: setting, gateway: setting, dns: setting };
  const read = readProperties("network static", properties, schema, scopeOf(reading), report);
  if (!properties.some(({ key }) => key.name === "address")) {
    report(diagnose("property-missing", { what: "network static", name: "address" }, span));
    return undefined;
  }
  const keys = Object.keys(networkVariables) as (keyof typeof networkVariables)[];
  const settings = keys.flatMap((key) => {
    const found = read[key];
    return found ? [{ variable: networkVariables[key], value: found.value }] : [];
  });
  return good ? { type: "network", span, settings } : undefined;
}

/** An IPv4 address, which each client may have its own of. */
function readAddress(value: Value, reading: Reading): Wording | undefined {
  const { program, report, late, idle, script } = reading;
  const scope = scopeOf(reading);
  if (isOfClient(value) && (idle || script.forEachClient)) {
    const { parameters } = program;
    late((client, note) => ipv4(value, { parameters, client }, note) !== undefined);
    return wordingOf(value, scope, report, "each");
  }
  const found = readDeciding(value, ipv4, reading);
  return found === undefined ? undefined : plainWording(found, value.span);
}

/** A name both parsers can read back. */
function isVariableName(found: string, span: Statement["span"], { report }: Reading): boolean {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(found)) return true;
  const expected = "a variable name of letters, digits and _";
  report(diagnose("value-invalid", { expected, found }, span));
  return false;
}

function readLoad(statement: Of<"load">, reading: Reading): LoadStep | undefined {
  const { what, to: target, from: device, span } = statement;
  const { program, report } = reading;
  const provision = decides(what, reading)
    ? provisionOf(program, what, scopeOf(reading), report)
    : undefined;
  const to = target && readTarget(target, reading);
  const from = readOrigin(device, reading);
  if (!provision || !from || (target && !to)) return undefined;
  if (!hasServer(from, `load ${provision.name} (${provision.file})`, span, reading)) {
    return undefined;
  }
  return { type: "load", span, provision, from, ...(to && { to }) };
}

function readFetch(statement: Of<"fetch">, reading: Reading): Step | undefined {
  const { file: named, to: target, from: device, span } = statement;
  const from = readOrigin(device, reading);
  const file = readText(named, forAskedFiles, reading);
  const to = readAddressWord(target, reading);
  if (!from || !file || !to) return undefined;
  const ownServer = "server" in from && from.server !== undefined;
  const what = `load "${textFor(file, reading.client)}"`;
  if (!ownServer && !hasServer(from, what, span, reading)) return undefined;
  return { type: "fetch", span, file, to, from };
}

const addresses: Rules = { written: addressWord, given: addressWord };

/** An address as a command takes it: a name is that of the variable which holds it. */
function readAddressWord(value: Value, reading: Reading): Wording | undefined {
  const { span } = value;
  const held =
    value.type === "name" ? ({ type: "variable", name: value.name, span } as const) : value;
  return readText(held, addresses, reading);
}

function readCall({ verb, words: all, span }: Of<"call">, reading: Reading): Step | undefined {
  const read = all.map((each) => {
    if (typeof each === "string") return plainWording(each, span);
    if (each.type === "device") return readStorage(each, reading);
    return verb === "fdt" ? readText(each, values, reading) : readAddressWord(each, reading);
  });
  const good = read.filter((each) => each !== undefined);
  return good.length === all.length ? { type: "call", span, verb, words: good } : undefined;
}

function readChain(statement: Of<"chain">, reading: Reading): ChainStep | undefined {
  const { script: named, to: target, from: device, span } = statement;
  const { program, report } = reading;
  const script = decides(named, reading)
    ? scriptOf(program, named, scopeOf(reading), report)
    : undefined;
  const self = script === reading.script;
  if (self) report(diagnose("chain-self", { name: script.name }, named.span));
  const to = target && readTarget(target, reading);
  const from = device || !script ? readOrigin(device, reading) : whereIs(script.place);
  const file = script && readAskedName(script, reading);
  if (!script || self || !from || !file || (target && !to)) return undefined;
  if (rootOf(from) !== script.place) {
    const data = { name: script.name, place: script.place, device: from.kind };
    report(diagnose("script-elsewhere", data, [{ span }, { span: script.span }]));
  }
  const what = `chain ${script.name} (${textFor(file, reading.client)})`;
  if (!hasServer(from, what, span, reading)) return undefined;
  return { type: "chain", span, script, file, from, ...(to && { to }) };
}

/** The device of a script: that of its place. */
const whereIs = (place: "tftp" | "sdcard"): Origin => ({ kind: place, span: undefined });

/** The folder of the build that a device's files go to. */
export type Root = "sdcard" | "tftp" | "usb" | "nvme" | "sata" | "nfs";

/** The folder of the build that what comes from `origin` goes to. */
export function rootOf({ kind }: Origin): Root {
  switch (kind) {
    case "http":
      return "tftp";
    case "mmc":
    case "virtio":
    case "device":
      return "sdcard";
    default:
      return kind;
  }
}

/** Whether there is a server for what comes over the network; otherwise it is reported. */
function hasServer(
  from: Origin,
  what: string,
  span: Statement["span"],
  { program, report, idle }: Reading,
): boolean {
  if (isStorage(from) || program.servers.length > 0) return true;
  if (!idle && !program.broken.has("server")) report(diagnose("server-missing", { what }, span));
  return false;
}

/** The address that `value` names: a number, or what a variable of the board holds. */
function readTarget(value: Value, reading: Reading): Target | undefined {
  const { board, report, idle } = reading;
  const { span } = value;
  const name = value.type === "name" || value.type === "variable" ? value.name : undefined;
  if (name === undefined) {
    const found = readDeciding(value, address, reading);
    return found === undefined ? undefined : { address: found, span };
  }
  const found = Object.hasOwn(board.addresses, name) ? board.addresses[name] : undefined;
  if (found !== undefined) return { address: found, span, variable: name };
  const known = Object.keys(board.addresses);
  const data = { name, board: board.id, known, nearest: nearest(name, known) };
  if (!idle) report(diagnose("address-unknown", data, span));
  return undefined;
}
