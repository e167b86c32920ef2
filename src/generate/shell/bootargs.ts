// The kernel's arguments: `console`, `root` and text become one value of `bootargs`, cut into
// several commands where a line would be longer than the board reads.

import { command, type List, type Part, print, type Word } from "../../hush/index.js";
import type { Client, Nfsroot } from "../../program/index.js";
import type { BootargsStep, KernelArgument } from "../../steps/index.js";
import { type Emit, step } from "./state.js";
import { wordFor } from "./words.js";

export function lowerBootargs(bootargs: BootargsStep, emit: Emit): List {
  const { state } = emit;
  const words = bootargs.arguments.map((each) => argumentWord(each, state.servers, state.client));
  const lines = linesOf(words, state.board.limits.cbsize);
  // Set to nothing where nothing is given: what a script before had set must not stay.
  return (lines.length > 0 ? lines : [[""]]).map((value) =>
    step(emit, "bootargs", command("setenv", "bootargs", value)),
  );
}

/** The arguments as the one line of a cmdline.txt. */
export function cmdlineText(
  all: readonly KernelArgument[],
  servers: readonly string[],
  client: Client | undefined,
): string {
  return all.map((each) => argumentWord(each, servers, client).join("")).join(" ");
}

/** One argument, or several that belong together. */
function argumentWord(
  argument: KernelArgument,
  servers: readonly string[],
  client: Client | undefined,
): Word {
  if (argument.type === "nfsroot") {
    return nfsArguments(argument.root, argument.dhcp, servers, client);
  }
  const word = wordFor(argument.value, client);
  return argument.key === undefined ? word : [`${argument.key}=`, ...word];
}

/** What the kernel needs for a root over NFS (Documentation/admin-guide/nfs/nfsroot.rst). */
function nfsArguments(
  { server, at, version, protocol, options, readonly }: Nfsroot,
  dhcp: boolean,
  [first = ""]: readonly string[],
  client: Client | undefined,
): Word {
  const list = [`vers=${version}`, protocol, ...(options ? [options] : [])];
  return [
    `root=/dev/nfs nfsroot=${server ?? first}:`,
    ...wordFor(at, client),
    `,${list.join(",")}`,
    ...(dhcp ? [" ip=dhcp"] : []),
    ` ${readonly ? "ro" : "rw"}`,
  ];
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
