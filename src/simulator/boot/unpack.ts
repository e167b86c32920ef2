// Unpacking and copying a kernel, as image_decomp does. Of the compressions gzip is really undone;
// for the others there is no decoder in Node 20. Governed by boot/image.c, lib/gunzip.c.
import { inflateRawSync } from "node:zlib";
import { Inflate, Z_SYNC_FLUSH } from "pako";
import { bytesOf, type Content, compressions, contentOf, slice, types } from "../../image/index.js";
import type { Machine } from "../machine.js";
import type { Reading } from "../memory.js";
import { hex } from "../numbers.js";

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
  const packed = compressions.byId(compression)?.name ?? "none";
  const verb = packed !== "none" ? "Uncompressing" : shown === source ? "XIP" : "Loading";
  const where = machine.shell.since("2024.04") ? ` to ${hex(shown)}` : "";
  machine.print(`   ${verb} ${types.longName(type)}${where}\n`);
  if (packed === "none") {
    if (to === source) return { kind: "done", size };
    if (size > limit) return { kind: "too-large" };
    machine.memory.move(source, to, size);
    return { kind: "done", size };
  }
  if (!machine.board.images.compressions.some((each) => each === packed)) {
    machine.print(`Unimplemented compression type ${compression}\n`);
    return { kind: "unimplemented" };
  }
  if (packed === "gzip") return gunzip(machine, unpacking);
  machine.end({ kind: "unknown-command", name: `unpacking ${packed}` });
  return { kind: "unimplemented" };
}

function gunzip(machine: Machine, { source, size, to, limit }: Unpacking): Unpacked {
  const { memory } = machine;
  const reading = memory.read(source, size);
  const names = [...new Set(reading.pieces.map(({ origin }) => origin.name))].join(" and ");
  const fail = (message: string): Unpacked => {
    machine.print(`Error: ${message}\n`);
    memory.miss(to, names);
    return { kind: "failed", status: -1 };
  };
  const start = deflatedFrom(reading.content.read(0, HEADER));
  if (start === undefined) return fail("Bad gzipped data");
  const deflated = slice(reading.content, start);
  const bytes = inflated(deflated, limit);
  if (typeof bytes === "number") {
    const failed = fail(`inflate() returned ${bytes}`);
    return bytes === Z_BUF_ERROR && inflated(deflated, 2 * limit) !== bytes
      ? { kind: "too-large" }
      : failed;
  }
  const overlaps = to < source + size && to + bytes.length > source;
  if (overlaps && overtakes(deflated, source + start, to)) return fail("inflate() returned -3");
  memory.write(to, contentOf(bytes), memory.origin(names, flawOf(reading)));
  // What was to come instead did not come here either.
  if (reading.missed !== undefined) memory.miss(to, reading.missed);
  return { kind: "done", size: bytes.length };
}

/** Why what is made of the bytes is not what it should be. */
function flawOf({ pieces, unwritten }: Reading): string | undefined {
  const origins = pieces.map(({ origin }) => origin);
  const loads = new Set(origins.map(({ load }) => load));
  if (loads.size > 1)
    return `unpacked from bytes of ${origins.map(({ name }) => name).join(" and ")}`;
  if (loads.size === 0 && unwritten > 0) return "unpacked from memory that nobody wrote";
  return origins.find(({ flaw }) => flaw)?.flaw;
}

/** The longest gzip header that is looked at, bytes. */
const HEADER = 4096;

/** Where the deflated data begins (RFC 1952); undefined: it is no gzip. */
function deflatedFrom(header: Uint8Array): number | undefined {
  const [first, second, method, flags = 0] = header;
  if (first !== 0x1f || second !== 0x8b || method !== 8 || (flags & 0xe0) !== 0) return undefined;
  let at = 10;
  if (flags & 4) at += 2 + (header[at] ?? 0) + 256 * (header[at + 1] ?? 0);
  for (const text of [8, 16]) if (flags & text) at = header.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

const Z_DATA_ERROR = -3;
const Z_BUF_ERROR = -5;

/** The unpacked bytes, or what inflate returns. U-Boot does not look at the checksum behind them. */
function inflated(deflated: Content, limit: number): Uint8Array | number {
  try {
    return inflateRawSync(bytesOf(deflated), { maxOutputLength: limit });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const full = code === "ERR_BUFFER_TOO_LARGE" || code === "Z_BUF_ERROR";
    return full ? Z_BUF_ERROR : Z_DATA_ERROR;
  }
}

/** How much is read at a time where it matters what is overwritten first. */
const STEP = 512;

/** Whether unpacking to `to` overwrites what lies at `source` before it was read. */
function overtakes(content: Content, source: number, to: number): boolean {
  let made = 0;
  let lost = false;
  const inflate = new Inflate({ raw: true, chunkSize: 1 << 14 });
  inflate.onData = (piece) => {
    made += piece.length;
  };
  for (let read = 0; read < content.size && !inflate.ended && !lost; read += STEP) {
    inflate.push(bytesOf(slice(content, read, STEP)), Z_SYNC_FLUSH);
    const next = source + read + STEP;
    lost = next < source + content.size && to <= next && to + made > next;
  }
  return lost;
}
