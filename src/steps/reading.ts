// What reading a script carries along, and the two ways a value is read: as a wording that stays open
// for each client, or as what decides, which is the same for all that share a reading.
import type { Board } from "../boards/index.js";
import { diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { Value } from "../language/index.js";
import {
  admit,
  type Client,
  clientParts,
  constantOf,
  type Given,
  givenAt,
  isInterpolated,
  isOfClient,
  madeAt,
  type Program,
  type Provision,
  partFor,
  type Rule,
  type Scope,
  type Script,
  valueFor,
  type Wording,
  wordingOf,
  writtenAt,
} from "../program/index.js";

/** Looks at what a client has for a wording: whether it may stand there; otherwise it is reported. */
export type LateCheck = (client: Client, report: Report) => boolean;

/** Something that values of a client decide, and how it comes out for one. */
export type Question = (client: Client) => string;

/** One script being read, for one board. */
export interface Reading {
  readonly program: Program;
  readonly script: Script;
  readonly board: Board;
  /** The client that stands for all who take the same branches. */
  readonly client: Client | undefined;
  readonly report: Report;
  /** Nobody runs what is read: only what is wrong for everybody is said. */
  readonly idle: boolean;
  readonly late: (check: LateCheck) => void;
  readonly asks: (question: Question) => void;
  /** FITs that nobody declared, by name; added to. */
  readonly implied: Map<string, Provision>;
}

/** What a word may hold: as the flow's author wrote it, as it came from a table, and in all. */
export interface Rules {
  readonly written: Rule;
  readonly given: Rule;
  /** For the whole, an `x` in place of each variable. */
  readonly whole?: Rule;
}

/** What `{}` sees where something is decided. */
export function scopeOf({ program, script, client, idle }: Reading): Scope {
  const { parameters, broken } = program;
  if (client && !idle) return { parameters, broken, client };
  return { parameters, broken, outside: `\`${script.name}\` is the same for all clients` };
}

/** Looks further at a wording that keeps to its rules, for a client or for all. */
export type Further = (wording: Wording, client: Client | undefined, report: Report) => boolean;

/** `value` as a wording that keeps to `rules`, and to what `further` asks; undefined, reported. */
export function readText(
  value: Value,
  rules: Rules,
  reading: Reading,
  further?: Further,
): Wording | undefined {
  const clients = reading.script.forEachClient || reading.idle ? "each" : "none";
  const wording = wordingOf(value, { ...scopeOf(reading) }, reading.report, clients);
  return wording && admitted(wording, rules, reading, further) ? wording : undefined;
}

/** Whether `wording` keeps to `rules`, for every client; otherwise it is reported. */
export function admitted(
  wording: Wording,
  rules: Rules,
  reading: Reading,
  further: Further = () => true,
): boolean {
  const { report, idle, script } = reading;
  const { parts, span } = wording;
  let good = true;
  for (const part of parts) {
    if (typeof part === "string")
      good = admit(part, rules.written, writtenAt(span), report) && good;
    else if (part.type === "variable") good = isReadable(part.name, part.span, report) && good;
    else if (part.type === "given" && !idle) {
      good = admit(part.given.text, rules.given, givenAt(part.given, part.span), report) && good;
    }
  }
  const own = clientParts(wording);
  const [first] = own;
  if (first && !script.forEachClient && !idle) {
    const why = `\`${script.name}\` is the same for all clients`;
    report(diagnose("client-outside", { name: first.key, why }, first.span));
    return false;
  }
  const judged = own.length === 0 && (!idle || parts.every((part) => typeof part === "string"));
  if (good && judged) {
    return whole(wording, rules, undefined, report) && further(wording, undefined, report);
  }
  if (good && own.length > 0) reading.late(lateRules(wording, rules, further));
  return good;
}

/** The words of `wording`, which spaces separate. */
export function wordsIn({ parts, span }: Wording): readonly Wording[] {
  const words: Wording["parts"][number][][] = [];
  let open = false;
  for (const part of parts) {
    const pieces = typeof part === "string" ? part.split(" ") : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) open = false;
      if (piece === "") continue;
      if (open) words.at(-1)?.push(piece);
      else words.push([piece]);
      open = true;
    }
  }
  return words.map((each) => ({ parts: each, span }));
}

function lateRules(wording: Wording, rules: Rules, further: Further): LateCheck {
  const own = clientParts(wording);
  return (client, report) => {
    let good = true;
    for (const part of own) {
      const given = valueFor(part, client, report);
      good = !!given && admit(given.text, rules.given, givenAt(given, part.span), report) && good;
    }
    return good && whole(wording, rules, client, report) && further(wording, client, report);
  };
}

function whole(wording: Wording, rules: Rules, client: Client | undefined, report: Report) {
  if (!rules.whole) return true;
  const { parts, span } = wording;
  const text = parts.map((part) => (isVariable(part) ? "x" : partFor(part, client))).join("");
  return admit(text, rules.whole, madeAt(span, givensOf(wording, client)), report);
}

const isVariable = (part: Wording["parts"][number]) =>
  typeof part !== "string" && part.type === "variable";

/** The values in `wording` that stand elsewhere. */
export function givensOf({ parts }: Wording, client: Client | undefined): readonly Given[] {
  return parts.flatMap((part) => {
    if (typeof part === "string" || part.type === "variable") return [];
    return part.type === "given" ? [part.given] : (client?.values.get(part.key) ?? []);
  });
}

/** Whether both parsers can read the variable `name`; reports it when not. */
export function isReadable(name: string, span: Span, report: Report): boolean {
  if (/^[A-Za-z][A-Za-z0-9_]*#?$/.test(name)) return true;
  report(diagnose("not-portable", { what: `the variable name \`${name}\`` }, span));
  return false;
}

/** Reads a value that decides something; undefined, reported. */
export function readDeciding<T>(
  value: Value,
  read: (value: Value, scope: Scope, report: Report) => T | undefined,
  reading: Reading,
): T | undefined {
  if (!decides(value, reading)) return undefined;
  return read(value, scopeOf(reading), reading.report);
}

/** Whether what `value` decides can be known: not where nobody has the values in it. */
export function decides(value: Value, reading: Reading): boolean {
  const { idle, client, program, script, asks } = reading;
  if (idle && isInterpolated(value)) return false;
  if (!isOfClient(value) || !script.forEachClient) return true;
  if (!client) return false;
  const { parameters } = program;
  asks((each) => constantOf(value, { parameters, client: each }, () => {}) ?? "");
  return true;
}
