// Everything that can go wrong, one thing at a time or two at once, and where the board ends then.
// What can go wrong is what the board asked for: a file that no boot fetches cannot be missed.
import { defaultEnvironment } from "../boards/index.js";
import { type Fault, faultText, transferFailures } from "../program/index.js";
import { type Boot, type BootOptions, bootDesk, type Request } from "./boot.js";
import type { Desk } from "./desk.js";
import { type Severity, severities, type Verdict, verdictOf } from "./verdict.js";

/** What happens when some things go wrong together. */
export interface Row {
  readonly faults: readonly Fault[];
  readonly severity: Severity;
  /** Where the board ends. */
  readonly text: string;
  readonly problems: readonly string[];
}

/** A board with every fault tried. */
export interface Survey {
  /** With nothing wrong. */
  readonly sound: Verdict;
  /** The worst first; without pairs that end where one of the two alone ends. */
  readonly rows: readonly Row[];
  /** How many boots went wrong in some way. */
  readonly tried: number;
}

/** Boots `desk` with every single fault, or up to `depth` of them together. */
export function allFaults(desk: Desk, depth: 1 | 2 = 1, options: BootOptions = {}): Survey {
  const boot = (faults: readonly Fault[]) => bootDesk(desk, { ...options, faults });
  const first = boot([]);
  const sound = verdictOf(first);
  const rows: Row[] = [];
  const seen = new Map<string, Row>();
  const visit = (before: readonly Fault[], went: Boot) => {
    for (const fault of faultsOf(went, before)) {
      const faults = [...before, fault];
      const key = keyOf(faults);
      if (seen.has(key)) continue;
      const next = boot(faults);
      const row = rowOf(faults, verdictOf(next), sound);
      seen.set(key, row);
      const alone = faults.length > 1 ? faults.map((each) => seen.get(keyOf([each]))) : [];
      if (!alone.some((each) => each && endOf(each) === endOf(row))) rows.push(row);
      if (faults.length < depth) visit(faults, next);
    }
  };
  visit([], first);
  const rank = ({ severity }: Row) => severities.indexOf(severity);
  return { sound, rows: rows.sort((a, b) => rank(a) - rank(b)), tried: seen.size };
}

const keyOf = (faults: readonly Fault[]) => faults.map(faultText).sort().join("\n");
const endOf = ({ severity, text, problems }: Row) => [severity, text, ...problems].join("\n");

function rowOf(faults: readonly Fault[], verdict: Verdict, sound: Verdict): Row {
  const { text, problems } = verdict;
  const other = verdict.severity === "booted" && text !== sound.text;
  return { faults, severity: other ? "fallback" : verdict.severity, text, problems };
}

/** Whether a survey holds what no flow may: a hang, or memory that is not what was meant. */
export const isBad = ({ severity }: { readonly severity: Severity }): boolean =>
  severity === "wrong" || severity === "hang";

/** What could have gone wrong in `boot`, without what did already. */
function faultsOf(boot: Boot, already: readonly Fault[]): readonly Fault[] {
  const found = new Map<string, Fault>();
  const add = (fault: Fault) => found.set(faultText(fault), fault);
  for (const request of boot.requests) for (const fault of requestFaults(request, boot)) add(fault);
  for (const name of variablesRead(boot)) add({ kind: "environment", name });
  const clash = already.map(placeOf);
  return [...found.values()].filter((fault) => !clash.includes(placeOf(fault)));
}

/** What a fault is about: two on the same thing are not tried together. */
const placeOf = (fault: Fault) => faultText(fault).split(" ").slice(0, -1).join(" ");

function requestFaults(request: Request, { desk }: Boot): readonly Fault[] {
  switch (request.kind) {
    case "dhcp":
      return [{ kind: "dhcp" }];
    case "transfer": {
      const { protocol, server, answer } = request;
      const what = meant(request.name, desk);
      const failures = answer === "refused" ? (["timeout"] as const) : transferFailures;
      return [
        ...failures.map((failure): Fault => ({ kind: "transfer", protocol, what, failure })),
        { kind: "server", address: server },
      ];
    }
    case "read": {
      const [device = "", number = ""] = request.device.split(" ");
      const place = { device, number: Number(number), partition: request.partition };
      const whole: Fault = { kind: "device", ...place, failure: "missing" };
      if (!request.found) return [whole];
      const what = meant(request.name, desk);
      const failures = ["missing", "short", "corrupt"] as const;
      return [
        whole,
        ...failures.map((failure): Fault => ({ kind: "device", ...place, what, failure })),
      ];
    }
  }
}

/** A file by the name that the flow has for it, which is the same for all clients. */
function meant(file: string, desk: Desk) {
  const plain = file.replace(/^\/+/, "");
  const declared = desk.nameOf(plain);
  return declared === undefined ? { file: plain } : { declared };
}

/** Variables of the board's environment that scripts of `boot` read. */
function variablesRead({ commands, desk }: Boot): ReadonlySet<string> {
  const texts = new Set(commands.flatMap(({ running }) => running.map(({ text }) => text)));
  const read = new Set<string>();
  for (const text of texts) {
    for (const [, braced, bare] of text.matchAll(/\$\{([^}\s]+)\}|\$(\w+)/g)) {
      const name = (braced ?? bare ?? "").replace(/:-.*/, "");
      if (isSet(desk, name)) read.add(name);
    }
  }
  return read;
}

const isSet = ({ world, board }: Desk, name: string) =>
  world.environment[name] !== undefined || Object.hasOwn(defaultEnvironment(board), name);
