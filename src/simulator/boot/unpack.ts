// Unpacking and copying a kernel, as image_decomp does. gzip, lz4 and zstd are really undone; for lzma, lzo
// and bzip2 there is no decoder for Node 20 that stands damaged data: the simulation ends there.
// Governed by boot/image.c, lib/gunzip.c and lib/lz4_wrapper.c.
import { Inflate, Z_SYNC_FLUSH } from "pako";
import {
  bytesOf,
  type Content,
  compressions,
  contentOf,
  deflatedFrom,
  slice,
  types,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { namesIn, type Reading } from "../memory.js";
import { hex } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { inflate, TOO_LARGE } from "../unpack/gunzip.js";
import { type Unlz4, unlz4 } from "../unpack/unlz4.js";
import { unzstd } from "../unpack/unzstd.js";

/** What is unpacked, and where to. */
export interface Unpacking {
  /** Number of the image type, for what is printed. */
  readonly type: number;
  /** Number of the compression. */
  readonly compression: number;
  /** Where it lies. */
  readonly source: number;
  /** Bytes that may be read there. */
  readonly size: number;
  readonly to: number;
  /** Where it says it goes, where that is not `to`. */
  readonly shown?: number;
  /** Bytes it may come to at most. */
  readonly limit: number;
}

/** What became of it. */
export type Unpacked =
  | { readonly kind: "done"; readonly size: number }
  | { readonly kind: "too-large" }
  | { readonly kind: "failed"; readonly status: number }
  /** The build has no such decompressor. */
  | { readonly kind: "unimplemented" };

/** Unpacks or copies, and prints what U-Boot prints. */
export function unpack(machine: Machine, unpacking: Unpacking): Unpacked {
  const { type, compression, source, size, to, shown = to, limit } = unpacking;
  const packed = compressions.byId(compression)?.name;
  const verb = packed !== "none" ? "Uncompressing" : shown === source ? "XIP" : "Loading";
  const where = machine.shell.since("2024.04") ? ` to ${hex(shown)}` : "";
  machine.print(`   ${verb} ${types.longName(type)}${where}\n`);
  // Above the smallest variant's memory may be that of a larger one; below there is none.
  if (to < machine.board.memory.base) {
    const why = `the ${types.longName(type)} goes to 0x${hex(to)}, where the board has no memory`;
    machine.end({ kind: "undefined", why });
    return { kind: "unimplemented" };
  }
  if (packed === "none") {
    if (to === source) return { kind: "done", size };
    if (size > limit) return { kind: "too-large" };
    machine.memory.move(source, to, size);
    return { kind: "done", size };
  }
  if (!packed || !machine.board.images.compressions.some((each) => each === packed)) {
    machine.print(`Unimplemented compression type ${compression}\n`);
    return { kind: "unimplemented" };
  }
  if (packed === "gzip") return gunzip(machine, unpacking);
  const decode = decoders[packed];
  const name = `unpacking ${packed}`;
  if (decode) return decodeTo(machine, unpacking, decode, name);
  unknown(machine, name);
  return { kind: "unimplemented" };
}

type Decode = (packed: Uint8Array, limit: number) => Unlz4 | undefined;

/** Those without words of their own. Undefined: they failed as it is not known here. */
const decoders: Readonly<Record<string, Decode>> = { lz4: unlz4, zstd: unzstd };

function decodeTo(
  machine: Machine,
  { source, size, to, limit }: Unpacking,
  decode: Decode,
  name: string,
): Unpacked {
  const { memory } = machine;
  const reading = memory.read(source, size);
  const made = decode(bytesOf(reading.content), limit);
  const end = to + (made?.bytes.length ?? 0);
  // What is overwritten before it is read is not told by the result.
  if (!made || (to < source + size && end > source)) {
    unknown(machine, made ? `${name} over itself` : name);
    return { kind: "unimplemented" };
  }
  memory.write(to, contentOf(made.bytes), memory.made(nameIn(reading), reading));
  if (made.status !== 0) {
    memory.miss(to, nameIn(reading));
    return made.bytes.length >= limit ? { kind: "too-large" } : { kind: "failed", ...made };
  }
  if (reading.missed !== undefined) memory.miss(to, reading.missed);
  return { kind: "done", size: made.bytes.length };
}

const nameIn = (reading: Reading) => namesIn(reading).join(" and ");

function gunzip(machine: Machine, { source, size, to, limit }: Unpacking): Unpacked {
  const { memory } = machine;
  const reading = memory.read(source, size);
  const names = nameIn(reading);
  const fail = (message: string): Unpacked => {
    machine.print(`Error: ${message}\n`);
    memory.miss(to, names);
    return { kind: "failed", status: -1 };
  };
  const start = deflatedFrom(reading.content);
  if (start === undefined) return fail("Bad gzipped data");
  const deflated = slice(reading.content, start);
  const bytes = inflate(deflated, limit);
  if (typeof bytes === "number") {
    const failed = fail(`inflate() returned ${bytes}`);
    return bytes === TOO_LARGE && inflate(deflated, 2 * limit) !== bytes
      ? { kind: "too-large" }
      : failed;
  }
  const overlaps = to < source + size && to + bytes.length > source;
  if (overlaps && overtakes(deflated, source + start, to)) return fail("inflate() returned -3");
  memory.write(to, contentOf(bytes), memory.made(names, reading));
  // What was to come instead did not come here either.
  if (reading.missed !== undefined) memory.miss(to, reading.missed);
  return { kind: "done", size: bytes.length };
}

/** How much is read at a time where it matters what is overwritten first. */
const STEP = 512;

/** Whether unpacking to `to` overwrites what lies at `source` before it was read. */
function overtakes(content: Content, source: number, to: number): boolean {
  let made = 0;
  let lost = false;
  const reader = new Inflate({ raw: true, chunkSize: 1 << 14 });
  reader.onData = (piece) => {
    made += piece.length;
  };
  for (let read = 0; read < content.size && !reader.ended && !lost; read += STEP) {
    reader.push(bytesOf(slice(content, read, STEP)), Z_SYNC_FLUSH);
    const next = source + read + STEP;
    lost = next < source + content.size && to <= next && to + made > next;
  }
  return lost;
}
