// How `ubootc mkimage` reads its command line: names, numbers and long options as U-Boot's mkimage has them
// (tools/mkimage.c, strtoull and getopt_long of C). Leaves out what would be wrong in silence there: numbers
// below zero, and those whose upper half is cut off.
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { type Identifiers, type ImageType, types } from "../../image/index.js";

/** A command that takes its long options by their beginnings, where only one begins so, as getopt_long does. */
export class LongOptions extends Command {
  override parseOptions(words: string[]) {
    let isValue = false;
    const end = words.indexOf("--");
    return super.parseOptions(
      words.map((word, index) => {
        const asked = isValue || (end >= 0 && index >= end) ? word : this.#completed(word);
        isValue = !isValue && this.#wantsValue(asked);
        return asked;
      }),
    );
  }

  /** `word` with the whole name of the only option that it is the beginning of. */
  #completed(word: string): string {
    const [, beginning, rest = ""] = /^(--[a-z-]+)(=[\s\S]*)?$/.exec(word) ?? [];
    if (beginning === undefined) return word;
    const names = this.options.flatMap(({ long }) => (long ? [long] : []));
    const found = [...names, "--help"].filter((name) => name.startsWith(beginning));
    if (found.length < 2 || found.includes(beginning)) return `${found[0] ?? beginning}${rest}`;
    return this.error(`error: ${beginning} is the beginning of ${found.join(", ")}`);
  }

  /** Whether the word after `word` is its value. */
  #wantsValue(word: string): boolean {
    if (word.startsWith("--")) return this.options.some((o) => o.long === word && o.required);
    if (!word.startsWith("-")) return false;
    for (let at = 1; at < word.length; at++) {
      const option = this.options.find(({ short }) => short === `-${word[at]}`);
      if (option?.required) return at === word.length - 1;
    }
    return false;
  }
}

/** What an option that may be repeated has so far. */
export function collect(name: string, before: readonly string[] = []): string[] {
  return [...before, name];
}

/** Reads a name of `table`; of two names for a number the first, which is what mkimage writes into a FIT. */
export function nameIn<Name extends string>(table: Identifiers<Name>): (text: string) => Name {
  return (text) => {
    const found = table.byName(text);
    if (found) return table.byId(found.id)?.name ?? found.name;
    throw new InvalidArgumentError(`Known are ${table.rows.map((row) => row.name).join(", ")}.`);
  };
}

/** Reads the name of a type of image; where it says nothing, mkimage takes it for a kernel. */
export function typeName(text: string): ImageType {
  const found = types.byName(text);
  if (found) return found.id === 0 ? "kernel" : found.name;
  const known = types.rows.filter(({ id }) => id > 0).map(({ name }) => name);
  throw new InvalidArgumentError(`Known are ${known.join(", ")}.`);
}

/**
 * Reads a hexadecimal number. An address of 32 bits that was extended to 64 by its sign, as Linux for MIPS
 * has them, is that of 32 bits.
 */
export function hexadecimal(text: string): number {
  const [, digits] = /^\s*\+?(?:0x)?([0-9a-f]+)$/i.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError("It is not a hexadecimal number.");
  const value = BigInt(`0x${digits}`);
  const isExtended = value >> 31n === 0x1_ffff_ffffn;
  return Number(isExtended ? value & 0xffff_ffffn : value);
}

/**
 * `text`, an argument, in its bytes where it was not UTF-8: the system knows them, Node does not tell.
 * @throws InvalidArgumentError where the system does not say.
 */
export function rawText(text: string): string | Uint8Array {
  if (!text.includes("\ufffd")) return text;
  for (const word of commandLine()) {
    const read = word.toString();
    if (!read.endsWith(text)) continue;
    return new Uint8Array(word.subarray(Buffer.byteLength(read.slice(0, -text.length))));
  }
  throw new InvalidArgumentError("It is not UTF-8, and this system does not show its bytes.");
}

/** The words of this process's command line, in bytes; none where the system has no /proc. */
function commandLine(): Buffer[] {
  const words: Buffer[] = [];
  let line: Buffer;
  try {
    line = readFileSync("/proc/self/cmdline");
  } catch {
    return [];
  }
  for (let at = 0; at < line.length; ) {
    const end = line.indexOf(0, at);
    words.push(line.subarray(at, end < 0 ? line.length : end));
    at = end < 0 ? line.length : end + 1;
  }
  return words;
}
