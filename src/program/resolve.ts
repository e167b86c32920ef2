// Tree to program: every name is looked up, every value read, every input opened and looked into.
// Whether the result can boot is not asked here; that is for the checks.

import type { Board } from "../boards/index.js";
import {
  type Allowance,
  type Diagnostic,
  diagnose,
  hasErrors,
  type Label,
  nearest,
  type Report,
} from "../diagnostics/index.js";
import { type Files, MOST } from "../files/index.js";
import { fileName } from "../ground/index.js";
import type { KeyMeans } from "../image/index.js";
import type { Declaration, Name, ServerDeclaration } from "../language/index.js";
import { resolveBoards } from "./board.js";
import { resolveClients } from "./clients.js";
import { type Context, of } from "./context.js";
import { resolveEeprom } from "./eeprom.js";
import { resolveFirmware } from "./firmware.js";
import { namesIn, resolveFit } from "./fits.js";
import { readDeclarations } from "./include.js";
import { resolveNetwork } from "./network.js";
import { resolveNfsroot } from "./nfsroot.js";
import type { Given, Program, Provision, Script, Server, Transfer } from "./program.js";
import { resolveProvision } from "./provisions.js";
import { resolveScript } from "./scripts.js";
import { resolveSign } from "./signing.js";
import { resolveTests } from "./tests.js";
import { constantOf, duration, ipv4, readProperties, type Scope, size } from "./values.js";

/** What a flow is resolved with. */
export interface ResolveOptions {
  readonly files: Files;
  /** Values for `param`, by name, as with `-D`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What there is to sign with; without it, private keys that are not encrypted. */
  readonly keys?: KeyMeans;
}

/** The program, and what is wrong with it. */
export interface Resolved {
  /** Without what has mistakes: the names of that are `broken`. Undefined when nothing can be read. */
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
  /** Every `allow` of the flow, as far as it could be read. */
  readonly allowances: readonly Allowance[];
}

/** Resolves the flow at `path`. */
export function resolve(path: string, options: ResolveOptions): Resolved {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const whole = readDeclarations(options.files, path, report);
  if (!whole) return { diagnostics, allowances: [] };
  const { main, declarations, allowances } = whole;
  const { parameters, broken } = resolveParameters(declarations, options.parameters ?? {}, report);
  const keep: Keep = { report, broken, nameless: new Set() };
  const scope: Scope = {
    parameters,
    broken,
    outside: "only scripts `for each client`, and what they use, know a client",
  };
  const { files, keys = {} } = options;
  const context: Context = { files, scope, report, keys, broken };
  const boards = resolveBoards(of(declarations, "board"), main, context);
  if (!boards) return { diagnostics, allowances };
  const eeprom = resolveEeprom(of(declarations, "eeprom"), context);
  const { servers, transfer } = resolveServers(of(declarations, "server"), context);
  const clients = resolveClients(declarations, boards, context);
  const network = resolveNetwork(of(declarations, "network"), clients, servers, context);
  const board = boards.values().next().value as Board;
  const declared = of(declarations, "script").slice(0, MOST.scripts + 1);
  const first = declared[MOST.scripts];
  if (first) report(diagnose("too-many", { what: "scripts", most: MOST.scripts }, first.span));
  const written: Script[] = [];
  const scripts = unique(declared, keep, (each, note) => {
    const script = resolveScript(each, { ...context, report: note });
    written.push(script);
    return script;
  });
  const sound = new Set(scripts.values());
  const { provisions, signature } = resolveProvisions(declarations, board, context, keep);
  const mentioned = new Set(
    of(declarations, "fit").flatMap((each) => (broken.has(each.name.name) ? namesIn(each) : [])),
  );
  const untested: Program = {
    name: fileName(path),
    board,
    servers,
    transfer,
    parameters,
    provisions,
    ...(signature && { signature }),
    nfsroots: unique(of(declarations, "nfsroot"), keep, (each, note) =>
      resolveNfsroot(each, clients, { ...context, report: note }),
    ),
    clients,
    ...(network && { network }),
    scripts,
    faulty: written.filter((each) => !sound.has(each)),
    firmware: of(declarations, "firmware").flatMap((each) => resolveFirmware(each, context) ?? []),
    ...(eeprom && { eeprom }),
    tests: [],
    broken,
    mentioned,
    nameless: keep.nameless,
  };
  const tests = resolveTests(of(declarations, "test"), untested, context);
  return { diagnostics, allowances, program: { ...untested, tests } };
}

/** The provisions, FITs among them, and the key of the flow. */
function resolveProvisions(
  declarations: readonly Declaration[],
  board: Board,
  context: Context,
  keep: Keep,
): Pick<Program, "provisions" | "signature"> {
  const { report } = context;
  const [sign, second] = of(declarations, "sign");
  if (second) {
    const labels = [{ span: second.span }, { span: sign?.span ?? second.span, text: "first here" }];
    report(diagnose("name-taken", { name: "sign" }, labels));
  }
  const signature = sign && resolveSign(sign, context);
  const plain = new Map<string, Provision>();
  const all = [...of(declarations, "provision"), ...of(declarations, "fit")];
  const provisions = unique(all, keep, (each, note) => {
    const own = { ...context, report: note };
    if (each.type === "fit") {
      return resolveFit(each, { ...own, provisions: plain, board, signature });
    }
    const provision = resolveProvision(each, own);
    if (provision) plain.set(provision.name, provision);
    return provision;
  });
  return { provisions, ...(signature && { signature }) };
}

/** Where mistakes go, and the names that have one; added to. */
interface Keep {
  readonly report: Report;
  readonly broken: Set<string>;
  /** The kinds of declarations whose name was taken; added to. */
  readonly nameless: Set<string>;
}

/**
 * `declarations` resolved and by name, those with errors left out; a name that is taken is reported
 * with its first place.
 */
function unique<D extends { readonly name: Name; type: string; kind?: string }, R>(
  declarations: readonly D[],
  { report, broken, nameless }: Keep,
  resolveOne: (declaration: D, report: Report) => R | undefined,
): ReadonlyMap<string, R> {
  const first = new Map<string, Name>();
  const result = new Map<string, R>();
  for (const declaration of declarations) {
    const { name } = declaration;
    const before = first.get(name.name);
    if (before) {
      reportTaken(name, before, report);
      nameless.add(declaration.kind ?? declaration.type);
    } else first.set(name.name, name);
    const found: Diagnostic[] = [];
    const resolved = resolveOne(declaration, (diagnostic) => found.push(diagnostic));
    for (const diagnostic of found) report(diagnostic);
    if (!resolved || hasErrors(found)) broken.add(name.name);
    else if (!before) result.set(name.name, resolved);
  }
  return result;
}

function reportTaken(name: Name, before: Name, report: Report) {
  const labels: Label[] = [{ span: name.span }, { span: before.span, text: "first used here" }];
  report(diagnose("name-taken", { name: name.name }, labels));
}

function resolveParameters(
  declarations: readonly Declaration[],
  given: Readonly<Record<string, string>>,
  report: Report,
): { parameters: ReadonlyMap<string, Given>; broken: Set<string> } {
  const result = new Map<string, Given>();
  const broken = new Set<string>();
  const names = new Map<string, Name>();
  for (const { name, value } of of(declarations, "param")) {
    const before = names.get(name.name);
    if (before) reportTaken(name, before, report);
    names.set(name.name, name);
    const set = Object.hasOwn(given, name.name) ? given[name.name] : undefined;
    if (set !== undefined) result.set(name.name, { text: set, span: name.span, define: name.name });
    else if (!value) report(diagnose("param-unset", { name: name.name }, name.span));
    else {
      const text = constantOf(value, { parameters: result, broken }, report);
      if (text !== undefined) result.set(name.name, { text, span: value.span });
    }
    if (!result.has(name.name)) broken.add(name.name);
  }
  for (const name of Object.keys(given)) {
    if (names.has(name)) continue;
    report(diagnose("param-unknown", { name, nearest: nearest(name, names.keys()) }));
  }
  return { parameters: result, broken };
}

/** 16 blocks a window is several times faster than 1, and safe with U-Boot's receive ring. */
const DEFAULT_TRANSFER: Transfer = { blocksize: 1468, window: 16 };

function resolveServers(
  declarations: readonly ServerDeclaration[],
  { scope, report, broken }: Context,
) {
  const servers: Server[] = [];
  let transfer = DEFAULT_TRANSFER;
  for (const { addresses, properties } of declarations) {
    for (const each of addresses) {
      const text = ipv4(each, scope, report);
      if (text === undefined) {
        // No name can be that word.
        broken.add("server");
        continue;
      }
      const before = servers.find((server) => server.text === text);
      if (before) {
        const first = { span: before.span, text: "first given here" };
        report(diagnose("name-taken", { name: text }, [{ span: each.span }, first]));
      } else servers.push({ text, span: each.span });
    }
    const schema = { blocksize: size, window: size, timeout: duration, tries: size };
    const read = readProperties("server", properties, schema, scope, report);
    for (const [key, range] of Object.entries(TRANSFER_RANGES)) {
      const found = read[key as keyof typeof TRANSFER_RANGES];
      if (!found) continue;
      if (found.value < range[0] || found.value > range[1]) {
        const expected = `a ${key} between ${range[0]} and ${range[1]}`;
        report(diagnose("value-invalid", { expected, found: `${found.value}` }, found.span));
      } else transfer = { ...transfer, [key]: found.value };
    }
  }
  return { servers, transfer };
}

/** What U-Boot takes (net/tftp.c); times in ms. */
const TRANSFER_RANGES = {
  blocksize: [8, 65464],
  window: [1, 64],
  timeout: [1000, 255_000],
  tries: [1, 1000],
} as const;
