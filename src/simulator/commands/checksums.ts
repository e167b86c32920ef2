// Checksums over memory, and unpacking in it. Governed by common/hash.c, cmd/mem.c, cmd/unzip.c.
import type { Run } from "../../hush/index.js";
import {
  bytesOf,
  type Content,
  chunks,
  contentOf,
  crc32,
  type HashName,
  hashOf,
  zeros,
} from "../../image/index.js";
import type { Family, Machine } from "../machine.js";
import type { Origin } from "../memory.js";
import { hex, hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { gunzip } from "../unpack/gunzip.js";
import { unlz4 } from "../unpack/unlz4.js";
import { isBeyond } from "./memory.js";

type Algorithm = HashName | "crc32";

/** `crc32`, `md5sum`, `sha1sum`, `hash`, `unzip` and `unlz4`. */
export const checksumCommands: Family = (machine) => ({
  crc32: { run: (args) => crc(machine, args), maxargs: verifies(machine, "crc32") ? 5 : 4 },
  md5sum: { run: (args) => checksum(machine, "md5", args), maxargs: 4 },
  sha1sum: { run: (args) => checksum(machine, "sha1", args), maxargs: 4 },
  unzip: { run: (args) => unzip(machine, args), maxargs: 4 },
  unlz4: { run: (args) => unpackLz4(machine, args), maxargs: 4 },
  hash: { run: (args) => anyHash(machine, args), maxargs: verifies(machine, "hash") ? 6 : 5 },
});

/** CONFIG_HASH_VERIFY and CONFIG_CRC32_VERIFY: `-v`, which few builds have. */
const verifies = ({ board }: Machine, name: "crc32" | "hash") => board.commands.has(`${name} -v`);

function crc(machine: Machine, [first, ...args]: readonly string[]): ReturnType<Run> {
  if (first === undefined || args.length === 0) return "usage";
  if (first === "-v" && verifies(machine, "crc32")) return verify(machine, "crc32", args);
  const [count, where] = args;
  // Always an address.
  return checksum(machine, "crc32", [
    first,
    count ?? "",
    ...(where === undefined ? [] : [`*${where}`]),
  ]);
}

const algorithms: readonly Algorithm[] = ["md5", "sha1", "sha256", "sha384", "sha512", "crc32"];

function anyHash(machine: Machine, all: readonly string[]): ReturnType<Run> {
  if (all.length < 3) return "usage";
  const checks = all[0] === "-v" && verifies(machine, "hash");
  const [called = "", ...args] = checks ? all.slice(1) : all;
  if (args.length < (checks ? 3 : 2)) return "usage";
  const name = called.toLowerCase();
  const algorithm = algorithms.find((each) => each === name);
  if (algorithm) return (checks ? verify : checksum)(machine, algorithm, args);
  if (OTHERS.has(name)) return unknown(machine, "hash", name);
  machine.print(`Unknown hash algorithm '${name}'\n`);
  return "usage";
}

/** What some builds have besides. */
const OTHERS = new Set(["crc16-ccitt", "crc8", "sm3_256"]);

/** `-v address length sum`: the sum in digits, in a variable or, after a star, in memory. */
function verify(
  machine: Machine,
  algorithm: Algorithm,
  [from = "", count, asked]: readonly string[],
): ReturnType<Run> {
  if (count === undefined || asked === undefined) return "usage";
  const [address, size] = [hexadecimal(from), hexadecimal(count)];
  if (isBeyond(machine, size)) return 1;
  const sum = digest(algorithm, machine.memory.read(address, size).content);
  const expected = sumOf(machine, asked, sum.length);
  if (expected === undefined) {
    machine.print(`Expected ${2 * sum.length} hex digits in env var\n`);
    machine.print(`ERROR: ${asked} does not contain a valid ${algorithm} sum\n`);
    return 1;
  }
  if (digits(sum) === digits(expected)) return 0;
  const shown = `${algorithm} for ${range(address, size)} ==> ${digits(sum)}`;
  machine.print(`${shown} != ${digits(expected)} ** ERROR **\n`);
  return 1;
}

/** The sum that is asked for; undefined: there is none of that length. */
function sumOf(machine: Machine, asked: string, length: number): Uint8Array | undefined {
  const { environment, memory } = machine;
  if (asked.startsWith("*")) {
    return memory.read(hexadecimal(asked.slice(1)), length).content.read(0, length);
  }
  const text = asked.length === 2 * length ? asked : (environment.get(asked) ?? "");
  if (text.length !== 2 * length) return undefined;
  return Uint8Array.from({ length }, (_, at) => hexadecimal(text.slice(2 * at, 2 * at + 2)));
}

const digits = (sum: Uint8Array) => [...sum].map((byte) => hex(byte, 2)).join("");

/** The last address is one before the first where nothing was read. */
const range = (address: number, size: number): string =>
  `${hex(address, 8)} ... ${hex(size === 0 && address === 0 ? 0 : address + size - 1, 8)}`;

/** `address length [where]`: into a variable or, after a star, into memory. */
function checksum(
  machine: Machine,
  algorithm: Algorithm,
  [from, count, where]: readonly string[],
): ReturnType<Run> {
  if (from === undefined || count === undefined) return "usage";
  const [address, size] = [hexadecimal(from), hexadecimal(count)];
  if (isBeyond(machine, size)) return 1;
  const sum = digest(algorithm, machine.memory.read(address, size).content);
  const text = digits(sum);
  machine.print(`${algorithm} for ${range(address, size)} ==> ${text}\n`);
  if (where === undefined) return 0;
  if (where.startsWith("*")) {
    const to = hexadecimal(where.slice(1));
    machine.memory.write(to, contentOf(sum), machine.memory.origin(`${algorithm} of memory`));
  } else machine.environment.set(where, text);
  return 0;
}

function digest(algorithm: Algorithm, content: Content): Uint8Array {
  if (algorithm !== "crc32") return hashOf(algorithm, [content]);
  let sum = 0;
  for (const piece of chunks(content)) sum = crc32(piece, sum);
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, sum);
  return bytes;
}

function unzip(machine: Machine, [from, to, most]: readonly string[]): ReturnType<Run> {
  if (from === undefined || to === undefined) return "usage";
  const { memory, board } = machine;
  const { content, pieces } = memory.stretch(hexadecimal(from), board.memory.size);
  const limit = most === undefined ? board.memory.size : hexadecimal(most);
  const bytes = gunzip(content, limit);
  if ("message" in bytes) {
    machine.print(bytes.message);
    const left = memory.origin("what did not unpack", "it did not unpack");
    memory.write(hexadecimal(to), contentOf(bytes.bytes), left);
    return 1;
  }
  return unpacked(machine, to, bytes, pieces[0]?.origin);
}

/** As much of memory that nobody wrote as it takes to see no frame there, bytes. */
const BLANK = 16;

function unpackLz4(machine: Machine, [from, to, most]: readonly string[]): ReturnType<Run> {
  if (from === undefined || to === undefined || most === undefined) return "usage";
  const { memory, board } = machine;
  const { content, pieces } = memory.stretch(hexadecimal(from), board.memory.size);
  const whole = content.size > 0 ? content : zeros(BLANK);
  const { bytes, status } = unlz4(bytesOf(whole), hexadecimal(most));
  if (status === 0) return unpacked(machine, to, bytes, pieces[0]?.origin);
  machine.print(`Uncompressed err :${status}\n`);
  return 1;
}

function unpacked(machine: Machine, to: string, bytes: Uint8Array, from?: Origin): number {
  const { name = "memory", flaw } = from ?? {};
  const { memory, environment, print } = machine;
  memory.write(hexadecimal(to), contentOf(bytes), memory.origin(`${name} unpacked`, flaw));
  const size = bytes.length;
  print(`Uncompressed size: ${size} = 0x${hex(size).toUpperCase()}\n`);
  environment.set("filesize", hex(size));
  return 0;
}
