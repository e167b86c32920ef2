// The kernel's arguments as each client gets them, one by one and with the place each was written.
// What U-Boot puts in when it runs stays `${name}`.
import type { Span } from "../diagnostics/index.js";
import { setTo } from "../faults/index.js";
import type { Run } from "../memory/index.js";
import {
  type Client,
  type Nfsroot,
  type Program,
  textFor,
  type Wording,
} from "../program/index.js";
import { type KernelArgument as ReadArgument, type Step, stepsIn } from "../steps/index.js";
import { commandsOfLine } from "./raw.js";

/** One argument. */
export interface KernelArgument {
  readonly text: string;
  readonly span: Span;
  /** The declaration it comes from, where `root` names one. */
  readonly nfsroot?: Nfsroot;
}

/** What a step makes of `bootargs`. */
export interface KernelArguments {
  readonly step: Pick<Step, "span">;
  readonly list: readonly KernelArgument[];
}

/** Every value that `bootargs` gets in the script of `run`, in order; appending is followed. */
export function kernelArguments(program: Program, run: Run): readonly KernelArguments[] {
  const results: KernelArguments[] = [];
  let before: readonly KernelArgument[] = [];
  for (const step of stepsIn(run.analysis.steps)) {
    const list = argumentsOf(step, program, run.client);
    if (!list) continue;
    before = list.flatMap((each) => (each.text === "${bootargs}" ? before : [each]));
    results.push({ step, list: before });
  }
  return results;
}

function argumentsOf(
  step: Step,
  program: Program,
  client: Client | undefined,
): readonly KernelArgument[] | undefined {
  if (step.type === "bootargs") return argumentList(step.arguments, program, client);
  if (step.type === "uboot") {
    const words = commandsOfLine(step).findLast(({ words }) => setTo("bootargs", words))?.words;
    const text = words && setTo("bootargs", words)?.join(" ");
    return text?.split(/\s+/).map((each) => ({ text: each, span: step.line.span }));
  }
  const sets = step.type === "set" && step.name === "bootargs";
  return sets ? tokens(step.value, "", client) : undefined;
}

/** The arguments `all` as `client` has them, one by one. */
export function argumentList(
  all: readonly ReadArgument[],
  program: Program,
  client: Client | undefined,
): readonly KernelArgument[] {
  return all.flatMap((each): readonly KernelArgument[] => {
    if (each.type === "text") {
      return tokens(each.value, each.key === undefined ? "" : `${each.key}=`, client);
    }
    const { root: nfsroot, span, dhcp } = each;
    const texts = [...nfsTexts(nfsroot, client, program), ...(dhcp ? ["ip=dhcp"] : [])];
    return texts.map((text) => ({ text, span, nfsroot }));
  });
}

function nfsTexts(
  nfsroot: Nfsroot,
  client: Client | undefined,
  { servers }: Program,
): readonly string[] {
  const { server = servers[0]?.text ?? "", version, protocol, options, readonly } = nfsroot;
  const list = [`vers=${version}`, protocol, ...(options ? [options] : [])].join(",");
  const path = textFor(nfsroot.at, client);
  return ["root=/dev/nfs", `nfsroot=${server}:${path},${list}`, readonly ? "ro" : "rw"];
}

function tokens(
  value: Wording,
  prefix: string,
  client: Client | undefined,
): readonly KernelArgument[] {
  const text = `${prefix}${textFor(value, client)}`;
  const words = text.split(/ +/).filter((each) => each !== "");
  return words.map((word) => ({ text: word, span: spanOf(word, value.span) }));
}

/** Where `word` stands inside `span`, if it stands there as it is. */
export function spanOf(word: string, span: Span): Span {
  const at = span.source.text.slice(span.start, span.end).indexOf(word);
  return at < 0 ? span : { ...span, start: span.start + at, end: span.start + at + word.length };
}
