// The environment as text in memory: `env export` and `env import`. Governed by hexport_r and
// himport_r in lib/hashtable.c.
import { concatenate, contentOf, crc32, zeros } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { isBeyond } from "./memory.js";

/** `text`, `binary` with NUL instead of newlines, `checksum`: binary after its CRC-32. */
type Form = "text" | "binary" | "checksum";

interface Request {
  readonly form: Form;
  readonly options: string;
  readonly address: number;
  /** Bytes, when it was said. */
  readonly size: number | undefined;
  readonly names: readonly string[];
}

const forms: Readonly<Record<string, Form>> = { t: "text", b: "binary", c: "checksum" };

/** Where U-Boot stops to look for an end, bytes. */
const LONGEST = 1 << 20;

function formOf({ print }: Machine, options: string, verb: string): Form | undefined {
  const asked = [...options].filter((letter) => Object.hasOwn(forms, letter));
  if (asked.length > 1) {
    const before = verb === "export" ? "## Error: export" : "## import";
    print(`${before}: only one of "-b", "-c" or "-t" allowed\n`);
    return undefined;
  }
  return forms[asked[0] ?? "t"];
}

/** `env export [-t|-b|-c] [-s size] addr [name…]`. */
export function exportEnvironment(machine: Machine, args: readonly string[]): number | "usage" {
  const rest = [...args];
  let options = "";
  let size: number | undefined;
  for (let next = rest[0]; next?.startsWith("-"); next = rest[0]) {
    rest.shift();
    // What stands after the s in a word is not looked at.
    const [found, letters = "", sized] = /^-([bct]*)(s.*)?$/s.exec(next) ?? [];
    if (found === undefined) return "usage";
    options += letters;
    if (sized === undefined) continue;
    const value = rest.shift();
    if (value === undefined) return "usage";
    size = hexadecimal(value);
  }
  const form = formOf(machine, options, "export");
  const [address, ...names] = rest;
  if (form === undefined) return 1;
  if (address === undefined) return "usage";
  return write(machine, { form, options, address: hexadecimal(address), size, names });
}

/** Text takes what it needs, or the size that was given; the other forms are as long as ENV_SIZE. */
function write(machine: Machine, { form, address, size = 0, names }: Request): number {
  const { environment, memory, print } = machine;
  const end = form === "text" ? "\n" : "\0";
  const lines = [...environment.entries()]
    .filter(([name]) => names.length === 0 || names.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${escaped(value, end)}${end}`);
  const bytes = new TextEncoder().encode(`${lines.join("")}\0`);
  if (isBeyond(machine, size)) return 1;
  if (size > 0) memory.write(address, zeros(size), memory.origin("env export"));
  const room = form === "text" ? size || bytes.length : environment.size;
  if (bytes.length > room) {
    print(`Env export buffer too small: ${room}, but need ${bytes.length}\n`);
    print("## Error: Cannot export environment: errno = 12\n");
    return 1;
  }
  const parts = [contentOf(bytes), zeros(room - bytes.length)].filter((part) => part.size > 0);
  const at = form === "checksum" ? address + CHECKSUM : address;
  memory.write(at, concatenate(parts), memory.origin("env export"));
  if (form === "checksum") writeChecksum(machine, address, size ? size - CHECKSUM : room);
  const length = form === "text" ? hex(room).toUpperCase() : hex(room + CHECKSUM);
  environment.set("filesize", length);
  return 0;
}

/** The bytes of the checksum before a block. */
const CHECKSUM = 4;

function writeChecksum({ memory }: Machine, address: number, size: number): void {
  const { content } = memory.read(address + CHECKSUM, size);
  const check = new Uint8Array(CHECKSUM);
  new DataView(check.buffer).setUint32(0, crc32(content.read(0, size)), true);
  memory.write(address, contentOf(check), memory.origin("env export"));
}

export const escaped = (value: string, end: string) =>
  value.replace(/[\\\n]/g, (each) => (each === "\\" || each === end ? `\\${each}` : each));

/** `env import [-t|-b|-c] [-d] [-r] addr [size|-] [name…]`. */
export function importEnvironment(machine: Machine, args: readonly string[]): number | "usage" {
  const first = args.findIndex((each) => !each.startsWith("-") || each === "-");
  const options = (first < 0 ? args : args.slice(0, first)).join("").replaceAll("-", "");
  const [address, length, ...names] = first < 0 ? [] : args.slice(first);
  if (!/^[bctdr]*$/.test(options) || address === undefined) return "usage";
  const form = formOf(machine, options, "import");
  if (form === undefined) return 1;
  if (!/[bct]/.test(options)) machine.print("## Warning: defaulting to text format\n");
  const size = length === undefined || length === "-" ? undefined : hexadecimal(length);
  const request = { form, options, address: hexadecimal(address), size, names };
  const bytes = read(machine, request);
  if (!bytes) return 1;
  return take(machine, bytes, request);
}

function read({ print, memory }: Machine, { form, address, size }: Request) {
  if (size === undefined && form === "checksum") {
    print("## Error: external checksum format must pass size\n");
    return undefined;
  }
  const all = memory.read(address, Math.min(size ?? LONGEST, LONGEST)).content;
  const bytes = all.read(0, all.size);
  if (size === undefined) {
    const separator = form === "text" ? 10 : 0;
    const end = bytes.findIndex((byte, at) => byte === separator && bytes[at + 1] === 0);
    const found = (end < 0 ? LONGEST : end) + 2;
    if (end < 0) print(`## Warning: Input data exceeds ${LONGEST} bytes - truncated\n`);
    print(`## Info: input data size = ${found} = 0x${hex(found).toUpperCase()}\n`);
    return bytes.subarray(0, found);
  }
  if (form !== "checksum") return bytes;
  if (bytes.length <= 4) {
    print(`## Error: Invalid size 0x${hex(size).toUpperCase()}\n`);
    return undefined;
  }
  const data = bytes.subarray(4);
  const recorded = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (crc32(data) === recorded) return data;
  print("## Error: bad CRC, import failed\n");
  return undefined;
}

/** Sets what `bytes` say, as himport_r does. */
function take(machine: Machine, bytes: Uint8Array, request: Request): number {
  const { environment, print } = machine;
  const { form, options, names } = request;
  const deletes = options.includes("d");
  if (deletes && names.length === 0) {
    for (const [name] of [...environment.entries()]) environment.delete(name);
  }
  if (bytes.length === 0) return 0;
  const left = new Set(names);
  const data = form === "text" && options.includes("r") ? withoutReturns(bytes) : bytes;
  for (const { name, value } of entriesOf(data, form === "text" ? NEWLINE : 0)) {
    if (name === "" && value !== undefined) {
      print("## Error: Environment import failed: errno = 22\n");
      return 1;
    }
    // A name that was asked for is taken once.
    if (names.length > 0 && !left.has(name)) continue;
    left.delete(name);
    enter(machine, name, value);
  }
  if (deletes)
    forget(
      machine,
      names.filter((name) => left.has(name)),
    );
  return 0;
}

function enter({ environment, print }: Machine, name: string, value: string | undefined): void {
  const refusal = environment.change(name, value);
  const failed = `himport_r: can't insert "${name}=${value}" into hash table\n`;
  // setenv says in words of its own that it could not insert.
  if (refusal) print(refusal.replace(/^## Error inserting .*\n/m, failed));
}

/** Removes variables that were asked for and did not come. */
export function forget({ environment, print }: Machine, names: readonly string[]): void {
  for (const name of names) {
    const there = environment.get(name) !== undefined;
    const refusal = there ? environment.change(name, undefined) : undefined;
    if (refusal) print(refusal);
    const gone = there && !refusal;
    const what = gone
      ? "not in imported env, deleting it"
      : "neither in running nor in imported env";
    print(`WARNING: '${name}' ${what}!\n`);
  }
}

const [NEWLINE, RETURN, BACKSLASH, EQUALS, HASH] = [10, 13, 92, 61, 35];

/** Without the carriage returns before newlines. The size is what is left; what follows stays. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  const kept: number[] = [];
  let end = 0;
  for (; end < bytes.length && bytes[end] !== 0; end++) {
    if (bytes[end] !== RETURN || bytes[end + 1] !== NEWLINE) kept.push(bytes[end] as number);
  }
  return Uint8Array.from([...kept, ...bytes.subarray(end)]);
}

/** The variables in `data`; without a value: to be removed. A NUL ends a line in a text, too. */
function* entriesOf(data: Uint8Array, separator: number) {
  const at = (index: number) => data[index] ?? 0;
  const ends = (byte: number) => byte === 0 || byte === separator;
  const text = (bytes: Iterable<number>) => new TextDecoder().decode(Uint8Array.from(bytes));
  let index = 0;
  do {
    while (at(index) === 32 || at(index) === 9) index += 1;
    if (at(index) === HASH) {
      while (!ends(at(index))) index += 1;
      index += 1;
      continue;
    }
    const start = index;
    while (at(index) !== EQUALS && !ends(at(index))) index += 1;
    const name = text(data.subarray(start, index));
    // Sic: a name of which only one character follows the end is removed, too.
    if (ends(at(index)) || ends(at(index + 1))) {
      index += at(index) === EQUALS ? 2 : 1;
      yield { name, value: undefined };
      continue;
    }
    const value: number[] = [];
    for (index += 1; !ends(at(index)); index++) {
      if (at(index) === BACKSLASH && at(index + 1) !== 0) index += 1;
      value.push(at(index));
    }
    index += 1;
    yield { name, value: text(value) };
  } while (index < data.length && at(index) !== 0);
}
