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
import { gunzip } from "../unpack/gunzip.js";
import { unlz4 } from "../unpack/unlz4.js";
import { isBeyond } from "./memory.js";

type Algorithm = HashName | "crc32";

/** `crc32`, `md5sum`, `sha1sum`, `hash`, `unzip` and `unlz4`. */
export const checksumCommands: Family = (machine) => ({
  crc32: { run: (args) => checksum(machine, "crc32", args), maxargs: 4 },
  md5sum: { run: (args) => checksum(machine, "md5", args), maxargs: 4 },
  sha1sum: { run: (args) => checksum(machine, "sha1", args), maxargs: 4 },
  unzip: { run: (args) => unzip(machine, args), maxargs: 4 },
  unlz4: { run: (args) => unpackLz4(machine, args), maxargs: 4 },
  hash: { run: ([name = "", ...args]) => anyHash(machine, name.toLowerCase(), args), maxargs: 5 },
});

const algorithms: readonly Algorithm[] = ["md5", "sha1", "sha256", "sha384", "sha512", "crc32"];

function anyHash(machine: Machine, name: string, args: readonly string[]): ReturnType<Run> {
  const algorithm = algorithms.find((each) => each === name);
  if (algorithm) return checksum(machine, algorithm, args);
  if (args.length < 2) return "usage";
  machine.print(`Unknown hash algorithm '${name}'\n`);
  return "usage";
}

/** `address length [where]`: into memory, or for all but crc32 also into a variable. */
function checksum(
  machine: Machine,
  algorithm: Algorithm,
  [from, count, where]: readonly string[],
): ReturnType<Run> {
  if (from === undefined || count === undefined) return "usage";
  const [address, size] = [hexadecimal(from), hexadecimal(count)];
  if (isBeyond(machine, size)) return 1;
  const sum = digest(algorithm, machine.memory.read(address, size).content);
  const text = [...sum].map((byte) => hex(byte, 2)).join("");
  // The last address is one before the first where nothing was read.
  const last = hex(size === 0 && address === 0 ? 0 : address + size - 1, 8);
  machine.print(`${algorithm} for ${hex(address, 8)} ... ${last} ==> ${text}\n`);
  if (where === undefined) return 0;
  if (algorithm === "crc32" || where.startsWith("*")) {
    const to = hexadecimal(algorithm === "crc32" ? where : where.slice(1));
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
  if (typeof bytes === "string") {
    machine.print(bytes);
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
