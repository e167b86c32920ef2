// The kernel's arguments as each client gets them, one by one and with the place each was written.
// What U-Boot puts in when it runs stays `${name}`.
import type { Report, Span } from "../diagnostics/index.js";
import type { Argument, Statement, Value } from "../language/index.js";
import type { Run } from "../memory/index.js";
import { type Nfsroot, nfsrootOf, type Program, partsOf, type Scope } from "../program/index.js";
import { statementsOf } from "./texts.js";

/** One argument. */
export interface KernelArgument {
  readonly text: string;
  readonly span: Span;
  /** The declaration it comes from, where `root` names one. */
  readonly nfsroot?: Nfsroot;
}

/** What a statement makes of `bootargs`. */
export interface KernelArguments {
  readonly statement: Pick<Statement, "span">;
  readonly list: readonly KernelArgument[];
}

/** Every value that `bootargs` gets in the script of `run`, in order; appending is followed. */
export function kernelArguments(program: Program, run: Run): readonly KernelArguments[] {
  const results: KernelArguments[] = [];
  let before: readonly KernelArgument[] = [];
  for (const statement of statementsOf(run.analysis.block)) {
    const list = argumentsOf(statement, program, run);
    if (!list) continue;
    before = list.flatMap((each) => (each.text === "${bootargs}" ? before : [each]));
    results.push({ statement, list: before });
  }
  return results;
}

function argumentsOf(
  statement: Statement,
  program: Program,
  run: Run,
): readonly KernelArgument[] | undefined {
  if (statement.type === "bootargs") {
    return argumentList(statement.arguments, program, run.scope);
  }
  const sets = statement.type === "set" && statement.name.name === "bootargs";
  return sets ? tokens(statement.value, "", run) : undefined;
}

/** The arguments `all`, one by one. */
export function argumentList(
  all: readonly Argument[],
  program: Program,
  scope: Scope,
): readonly KernelArgument[] {
  return all.flatMap((each) => ofOne(each, all, program, { scope }));
}

// Whatever cannot be read was reported when the script was made.
const silently: Report = () => {};

function ofOne(
  { key, value }: Argument,
  all: readonly Argument[],
  program: Program,
  run: Pick<Run, "scope">,
): readonly KernelArgument[] {
  if (key?.name === "root" && (value.type === "name" || value.type === "interpolation")) {
    const nfsroot = nfsrootOf(program, value, run.scope, silently);
    if (!nfsroot) return [];
    const { span } = value;
    const texts = nfsTexts(nfsroot, run, program);
    const address = all.some((each) => each.key?.name === "ip") ? [] : ["ip=dhcp"];
    return [...texts, ...address].map((text) => ({ text, span, nfsroot }));
  }
  return tokens(value, key ? `${key.name}=` : "", run);
}

function nfsTexts(
  nfsroot: Nfsroot,
  run: Pick<Run, "scope">,
  { servers }: Program,
): readonly string[] {
  const { server = servers[0]?.text ?? "", version, protocol, options, readonly } = nfsroot;
  const list = [`vers=${version}`, protocol, ...(options ? [options] : [])].join(",");
  const path = textOf(nfsroot.at, run) ?? "";
  return ["root=/dev/nfs", `nfsroot=${server}:${path},${list}`, readonly ? "ro" : "rw"];
}

/** The text of `value` for the client of `run`. */
export function textOf(value: Value, { scope }: Pick<Run, "scope">): string | undefined {
  const parts = partsOf(value, scope, silently);
  return parts?.map((part) => (typeof part === "string" ? part : `\${${part.name}}`)).join("");
}

function tokens(value: Value, prefix: string, run: Pick<Run, "scope">): readonly KernelArgument[] {
  const text = textOf(value, run);
  if (text === undefined) return [];
  const words = `${prefix}${text}`.split(/ +/).filter((each) => each !== "");
  return words.map((word) => ({ text: word, span: spanOf(word, value.span) }));
}

/** Where `word` stands inside `span`, if it stands there as it is. */
export function spanOf(word: string, span: Span): Span {
  const at = span.source.text.slice(span.start, span.end).indexOf(word);
  return at < 0 ? span : { ...span, start: span.start + at, end: span.start + at + word.length };
}
