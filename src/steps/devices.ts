// The devices a file can come from, as the language names them and as U-Boot numbers them
// (blk_get_device_part_str in disk/part.c).
import { diagnose, nearest, type Span } from "../diagnostics/index.js";
import type { Device, Value } from "../language/index.js";
import {
  givenAt,
  kernelArgument,
  madeAt,
  plainWord,
  type Rule,
  shellText,
  textFor,
  type VariablePart,
  type Wording,
  wordingOf,
} from "../program/index.js";
import { serverPathRules } from "./files.js";
import {
  admitted,
  decides,
  givensOf,
  type Reading,
  readText,
  scopeOf,
  wordsIn,
} from "./reading.js";
import type { DeviceNumber, Origin, Storage } from "./step.js";
import { isStorage } from "./visit.js";

const kinds = [
  ...(["tftp", "http", "nfs", "sdcard", "mmc", "virtio", "usb", "nvme", "sata", "device"] as const),
];

/** The word for a device. */
export type DeviceKind = (typeof kinds)[number];

/** Where a file comes from: over TFTP where nothing is written. */
export function readOrigin(device: Device | undefined, reading: Reading): Origin | undefined {
  if (!device) return { kind: "tftp", span: undefined };
  const kind = kindOf(device, reading);
  const { span, where } = device;
  switch (kind) {
    case undefined:
      return undefined;
    case "tftp": {
      if (!where) return { kind, span };
      const server = readText(where, { written: kernelArgument, given: kernelArgument }, reading);
      return server && { kind, span, server };
    }
    case "sdcard":
      return nothingAfter(device, reading) ? { kind, span } : undefined;
    case "device":
      return readNamed(device, reading);
    case "http":
    case "nfs": {
      if (!where) return { kind, span };
      const folder = wordingOf(where, scopeOf(reading), reading.report, openTo(reading));
      const good = folder && admitted(folder, serverPathRules(folder), reading);
      return good ? { kind, span, folder } : undefined;
    }
    default: {
      const place = where ? readNumbers(where, reading) : { device: 0, partition: 1 };
      return place && { kind, span, ...place };
    }
  }
}

/** A device with partitions; another is reported. */
export function readStorage(device: Device, reading: Reading): Storage | undefined {
  const origin = readOrigin(device, reading);
  if (!origin || isStorage(origin)) return origin;
  const { name, span } = device.kind;
  reading.report(diagnose("device-not-storage", { name }, span));
  return undefined;
}

/** `device "${devtype} ${devnum}:1"`: two words of a command. */
function readNamed({ where, span }: Device, reading: Reading): Storage | undefined {
  const wording = where && readText(where, { written: shellText, given: plainWord }, reading);
  const [kind, place, ...more] = wording ? wordsIn(wording) : [];
  if (kind && place && more.length === 0) return { kind: "device", span, interface: kind, place };
  const expected =
    'an interface and a number in quotes, such as "mmc 0:1" or "${devtype} ${devnum}"';
  const found = wording ? textFor(wording, undefined) : "nothing";
  if (!where || wording) reading.report(diagnose("value-invalid", { expected, found }, span));
  return undefined;
}

const openTo = ({ script, idle }: Reading) => (script.forEachClient || idle ? "each" : "none");

function kindOf({ kind: { name, span } }: Device, { report }: Reading): DeviceKind | undefined {
  const found = kinds.find((each) => each === name);
  if (!found) {
    const data = { name, nearest: nearest(name, kinds), known: [...kinds] };
    report(diagnose("device-unknown", data, span));
  }
  return found;
}

const partitionRule: Rule = {
  role: "a device and partition",
  allowed: "a number, or two joined by `:`",
  pattern: /^[0-9:]*$/,
  offence: /[^0-9:]/,
};

/** `0:1`, or a variable in place of one of the two; of clients that differ, each has its own. */
function readNumbers(where: Value, reading: Reading) {
  if (!decides(where, reading)) return undefined;
  const { report, idle } = reading;
  const wording = wordingOf(where, scopeOf(reading), report, idle ? "each" : "none");
  if (!wording) return undefined;
  if (!admitted(wording, { written: partitionRule, given: partitionRule }, reading))
    return undefined;
  const [device, partition, ...rest] = sidesOf(wording).map(numberOf);
  const numbers = device !== undefined && partition !== null && rest.length === 0;
  if (numbers && device !== null) {
    return { device, ...(partition !== undefined && { partition }) };
  }
  const expected = "a device and partition such as 0:1";
  const [given] = givensOf(wording, undefined);
  const only = given && wording.parts.length === 1;
  const { labels, notes } = only
    ? givenAt(given, where.span)
    : madeAt(where.span, givensOf(wording, undefined));
  report(
    diagnose("value-invalid", { expected, found: textFor(wording, undefined) }, labels, notes),
  );
  return undefined;
}

/** What stands before and after each `:`, in pieces. */
function sidesOf(wording: Wording): readonly (readonly (string | VariablePart)[])[] {
  const sides: (string | VariablePart)[][] = [[]];
  for (const part of wording.parts) {
    if (typeof part !== "string" && part.type === "variable") {
      sides.at(-1)?.push(part);
      continue;
    }
    const text = textFor({ ...wording, parts: [part] }, undefined);
    for (const [index, piece] of text.split(":").entries()) {
      if (index > 0) sides.push([]);
      if (piece !== "") sides.at(-1)?.push(piece);
    }
  }
  return sides;
}

/** The number of a side: all digits, or one variable and nothing else; `null`: neither. */
function numberOf(side: readonly (string | VariablePart)[], index: number): DeviceNumber | null {
  const [first] = side;
  if (side.length === 1 && typeof first === "object") return first;
  const digits = side.map((each) => (typeof each === "string" ? each : "x")).join("");
  return (index === 0 ? /^\d{1,2}$/ : /^\d{1,3}$/).test(digits) ? Number(digits) : null;
}

function nothingAfter({ kind, where }: Device, { report }: Reading): boolean {
  if (!where) return true;
  const found = written(where.span);
  const expected = `nothing after \`${kind.name}\``;
  report(diagnose("value-invalid", { expected, found }, where.span));
  return false;
}

const written = ({ source, start, end }: Span) => source.text.slice(start, end);
