// A flow, built in memory: what a server serves. Names are looked up, never paths. With thousands
// of clients a client's script is compiled when it is asked for.
import { type CompileOptions, prepare } from "../compile.js";
import {
  type Diagnostic,
  hasErrors,
  type Judged,
  judge,
  nearest,
  type Policy,
  type Report,
  unrepeated,
} from "../diagnostics/index.js";
import { packFirmware, packProvisions, type Root, reportTakenFiles } from "../generate/index.js";
import type { Plan } from "../memory/index.js";
import type { Network, Provision } from "../program/index.js";
import { servedFirmware } from "./firmware-ways.js";
import { type HeldFiles, heldFiles } from "./inputs.js";
import { Scripts } from "./scripts.js";
import type { Served } from "./served.js";

/** What a snapshot is made with. */
export type SnapshotOptions = Omit<CompileOptions, "files">;

/** By what people know a board, besides its name and address. */
export interface Identity {
  readonly serial?: string;
  readonly mac?: string;
}

/** What is served of a flow as it was at one time. */
export interface Snapshot {
  /** Counts the snapshots of a server, from 1. */
  readonly generation: number;
  /** The names that can be asked for. */
  readonly names: readonly string[];
  /** The file called `name`; undefined when there is none, or its script has errors. */
  find(name: string): Served | undefined;
  /** The name somebody who asked for `name` most likely meant. */
  nearest(name: string): string | undefined;
  /** What the flow says of a client. */
  identity(client: string): Identity;
  /** The client that the flow gives `address` to. */
  clientAt(address: string): string | undefined;
  /** The client that the flow gives `mac` to. */
  clientWith(mac: string): string | undefined;
  /** How boards get their addresses, where the flow says so. */
  readonly network?: Network;
  /** Inputs that are in memory, for the next snapshot. */
  readonly held: ReadonlyMap<string, Uint8Array>;
  /** Frees the inputs. Nothing may be read of it afterwards. */
  close(): void;
}

/** A snapshot, or why there is none; and what to watch, in both cases. */
export interface Taken extends Judged {
  readonly snapshot?: Snapshot;
  readonly asked: HeldFiles["asked"];
}

/** The longest name U-Boot asks for, in bytes (net/tftp.c). */
const LONGEST_NAME = 127;

/** How many guesses are remembered: a board asks for the same name again and again. */
const GUESSES = 500;

/** What a snapshot is told about its making. */
interface Circumstances {
  readonly generation: number;
  /** The snapshot before: what did not change is shared with it. */
  readonly before?: Snapshot | undefined;
  /** Hears of mistakes in scripts that are compiled when they are asked for. */
  readonly late?: (judged: Judged) => void;
}

/**
 * Builds the flow at `path` as it is on the disk now.
 * @throws ReadError when an input changes meanwhile.
 */
export function takeSnapshot(
  path: string,
  options: SnapshotOptions,
  circumstances: Circumstances,
): Taken {
  const files = heldFiles(circumstances.before?.held);
  const { asked } = files;
  let kept = false;
  try {
    const { findings: found, policy, plan, run } = prepare(path, { ...options, files });
    const before = judge(found, policy, false);
    if (!plan) return { ...before, asked };
    const findings = [...found];
    const report = unrepeated((each) => findings.push(each), findings);
    const scripts = new Scripts(plan, run, report);
    const others = servedProvisions(plan, scripts, options, report);
    const judged = judge(findings, policy, scripts.few && !hasErrors(before.diagnostics));
    kept = !hasErrors(judged.diagnostics);
    if (!kept) return { ...judged, asked };
    const { late = () => {} } = circumstances;
    const find = finder(scripts, others, policy, late);
    const { generation } = circumstances;
    return {
      ...judged,
      asked,
      snapshot: snapshotOf(plan, generation, files, scripts, others, find),
    };
  } finally {
    if (!kept) files.close();
  }
}

function snapshotOf(
  { program: { clients, network } }: Plan,
  generation: number,
  files: HeldFiles,
  scripts: Scripts,
  others: ReadonlyMap<string, Served>,
  find: Snapshot["find"],
): Snapshot {
  const names = [...new Set([...scripts.names, ...others.keys()])];
  const byName = new Map(clients.map(({ name, values }) => [name, values]));
  const byAddress = new Map(
    clients.map(({ name, values }) => [values.get("address")?.text ?? "", name]),
  );
  const byMac = new Map(
    clients.map(({ name, values }) => [values.get("mac")?.text.toLowerCase() ?? "", name]),
  );
  const guesses = new Map<string, string | undefined>();
  return {
    generation,
    names,
    find,
    held: files.held,
    nearest(name) {
      if (name.length > LONGEST_NAME) return undefined;
      const known = guesses.has(name) ? guesses.get(name) : nearest(name, names);
      if (guesses.size > GUESSES) guesses.clear();
      guesses.set(name, known);
      return known;
    },
    identity(client) {
      const values = byName.get(client);
      const [serial, mac] = [values?.get("serial")?.text, values?.get("mac")?.text];
      return { ...(serial !== undefined && { serial }), ...(mac !== undefined && { mac }) };
    },
    clientAt: (address) => byAddress.get(address),
    clientWith: (mac) => byMac.get(mac),
    ...(network && { network }),
    close: () => files.close(),
  };
}

/** Looks names up, and compiles a script that nobody has asked for yet. */
function finder(
  scripts: Scripts,
  others: ReadonlyMap<string, Served>,
  policy: Policy,
  late: (judged: Judged) => void,
): Snapshot["find"] {
  return (name) => {
    const known = scripts.ready(name) ?? others.get(name);
    if (known) return known;
    const findings: Diagnostic[] = [];
    // A script with errors is never given to a board, whatever came of it.
    return scripts.compile(
      name,
      unrepeated((each) => findings.push(each)),
      () => {
        const judged = judge(findings, policy, false);
        if (judged.diagnostics.length > 0) late(judged);
        return !hasErrors(judged.diagnostics);
      },
    );
  };
}

/**
 * The provisions by their names: those that a build puts on the server, and after them all others
 * whose names are free, since somebody may type a command at the prompt.
 */
function servedProvisions(
  plan: Plan,
  scripts: Scripts,
  options: SnapshotOptions,
  report: Report,
): ReadonlyMap<string, Served> {
  const all = [...plan.program.provisions.values()];
  const isOwn = ({ name, place }: Provision) => {
    const roots = scripts.fetched.get(name);
    return place === "tftp" || roots?.has("tftp") === true || (!place && !roots);
  };
  const served = new Map<string, Served>();
  for (const own of [true, false]) {
    const some = all.filter((each) => isOwn(each) === own);
    const artifacts = some.flatMap((each) =>
      packProvisions(only(plan, each), onTftp(each), options, report)
        .filter(({ root }) => root === "tftp")
        .map((artifact) => ({ ...artifact, kind: each.kind })),
    );
    const firmware = own ? packFirmware(plan, report).filter(({ root }) => root === "tftp") : [];
    if (own) reportTakenFiles([...scripts.artifacts, ...artifacts, ...firmware], report);
    for (const each of servedFirmware(firmware, boardsOf(plan))) served.set(each.name, each);
    for (const { name, content, kind } of artifacts) {
      if (!served.has(name)) {
        served.set(name, { name, content, kind, begins: false, ways: [] });
      }
    }
  }
  return served;
}

/** The boards that may ask for a file: that of its client, or all. */
function boardsOf({ program: { board, clients } }: Plan) {
  const byName = new Map(clients.map((client) => [client.name, [client.board]]));
  const all = [...new Set([board, ...clients.map((client) => client.board)])];
  return (client: string | undefined) => byName.get(client ?? "") ?? all;
}

/** `plan` with only one of its provisions. */
function only(plan: Plan, provision: Provision): Plan {
  const provisions = new Map([[provision.name, provision]]);
  return { ...plan, program: { ...plan.program, provisions } };
}

const onTftp = ({ name }: Provision) => new Map([[name, new Set<Root>(["tftp"])]]);
