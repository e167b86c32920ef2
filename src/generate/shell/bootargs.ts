// The kernel's arguments: `console`, `root` and text become one value of `bootargs`, cut into
// several commands where a line would be longer than the board reads.

import { diagnose, type Report } from "../../diagnostics/index.js";
import { command, type List, type Part, print, type Word } from "../../hush/index.js";
import type { Argument, BootargsStatement } from "../../language/index.js";
import {
  kernelArgument,
  kernelArguments,
  type Nfsroot,
  nfsrootOf,
  type Program,
  type Scope,
} from "../../program/index.js";
import { type Frame, type State, step } from "./state.js";
import { pathWord, wordOf } from "./words.js";

export function lowerBootargs(statement: BootargsStatement, state: State, frame: Frame): List {
  const items = statement.arguments;
  const words = items.map((each) => argumentOf(each, items, state));
  if (words.some((word) => !word)) return [];
  const { span } = statement;
  const lines = linesOf(words as Word[], state.board.limits.cbsize);
  // Set to nothing where nothing is given: what a script before had set must not stay.
  return (lines.length > 0 ? lines : [[""]]).map((value) =>
    step(state, frame, span, "bootargs", command("setenv", "bootargs", value)),
  );
}

/** What arguments are put together from. */
type Values = Pick<State, "program" | "servers" | "scope" | "report">;

/** The arguments as the one line of a cmdline.txt; undefined, reported, where only U-Boot could. */
export function cmdlineText(
  items: readonly Argument[],
  program: Program,
  scope: Scope,
  report: Report,
): string | undefined {
  const values = { program, servers: program.servers.map(({ text }) => text), scope, report };
  const words = items.map((each) => argumentOf(each, items, values));
  if (words.some((word) => !word)) return undefined;
  for (const [index, word] of (words as Word[]).entries()) {
    const late = word.find((part) => typeof part !== "string");
    if (!late || typeof late === "string") continue;
    const span = items[index]?.span;
    report(diagnose("variable-too-late", { name: late.variable }, span));
    return undefined;
  }
  return (words as Word[]).map((word) => word.join("")).join(" ");
}

/** One argument, or several that belong together. */
function argumentOf(
  { key, value }: Argument,
  all: readonly Argument[],
  state: Values,
): Word | undefined {
  const { scope, report } = state;
  if (!key)
    return wordOf(value, { written: kernelArguments, given: kernelArgument }, scope, report);
  if (key.name === "root" && (value.type === "name" || value.type === "interpolation")) {
    const root = nfsrootOf(state.program, value, scope, report);
    const address = all.some((each) => each.key?.name === "ip") ? [] : [" ip=dhcp"];
    return root && nfsArguments(root, address, state);
  }
  const word = wordOf(value, { written: kernelArgument, given: kernelArgument }, scope, report);
  return word && [`${key.name}=`, ...word];
}

/** What the kernel needs for a root over NFS (Documentation/admin-guide/nfs/nfsroot.rst). */
function nfsArguments(root: Nfsroot, address: readonly string[], state: Values): Word | undefined {
  const server = root.server ?? state.servers[0];
  if (server === undefined) {
    state.report(diagnose("server-missing", { what: `nfsroot ${root.name}` }, root.span));
    return undefined;
  }
  const path = pathWord(root.at, state.scope, state.report);
  const options = [`vers=${root.version}`, root.protocol, ...(root.options ? [root.options] : [])];
  const mode = root.readonly ? "ro" : "rw";
  return (
    path && [
      `root=/dev/nfs nfsroot=${server}:`,
      ...path,
      `,${options.join(",")}`,
      ...address,
      ` ${mode}`,
    ]
  );
}

/** The values to set one after the other, each line short enough; later ones append. */
function linesOf(words: readonly Word[], cbsize: number): readonly Word[] {
  const tokens = words.flatMap(splitAtBlanks).filter((token) => token.length > 0);
  // Room for the rest of the step: the guard, the command and where it fails.
  const room = cbsize - 200;
  const whole = joined(tokens.flatMap((token, index) => (index === 0 ? token : [" ", ...token])));
  if (whole.length === 0 || lengthOf(whole) <= room) return whole.length === 0 ? [] : [whole];
  const lines: Word[] = [];
  let line: Word = [];
  for (const token of tokens) {
    const longer = line.length === 0 ? token : [...line, " ", ...token];
    if (line.length > 0 && lengthOf(longer) > room) {
      lines.push(line);
      line = [{ variable: "bootargs" }, " ", ...token];
    } else line = longer;
  }
  return line.length > 0 ? [...lines, line] : lines;
}

/** `word` with neighbouring texts made one. */
function joined(word: Word): Word {
  const parts: Part[] = [];
  for (const part of word) {
    const last = parts.at(-1);
    if (typeof last === "string" && typeof part === "string") parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

function lengthOf(word: Word): number {
  return print([command("x", word)]).text.length;
}

/** `word` cut at its blanks. */
function splitAtBlanks(word: Word): Word[] {
  const tokens: Word[] = [[]];
  for (const part of word) {
    const pieces = typeof part === "string" ? part.split(/ +/) : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) tokens.push([]);
      if (piece !== "") tokens[tokens.length - 1] = [...(tokens.at(-1) ?? []), piece];
    }
  }
  return tokens;
}
