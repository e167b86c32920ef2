// Recognises compressed data and reads the unpacked size that some formats record.
// Documents: RFC 1952 (gzip), RFC 8878 (zstd), the lz4 frame format, and the headers of lzma-alone,
// lzop, bzip2 and xz. U-Boot knows neither xz nor lz4's old format; a kernel build writes both.
import type { Content } from "./content.js";
import { startsWith, u32le, u64le, viewOf } from "./layout.js";

/** A format of compressed data. */
export type Packing = "gzip" | "bzip2" | "lzma" | "lzo" | "lz4" | "lz4-legacy" | "zstd" | "xz";

interface Format {
  readonly name: Packing;
  readonly magic: string;
  /** A further condition, where the magic alone is too weak. */
  readonly sure?: (start: DataView) => boolean;
  /** The unpacked size, where it is recorded. */
  readonly size?: (start: DataView, content: Content) => number | bigint | undefined;
}

const formats: readonly Format[] = [
  { name: "gzip", magic: "\x1f\x8b\x08", size: gzipSize },
  { name: "bzip2", magic: "BZh", sure: plausibleBzip2 },
  { name: "lzma", magic: "\x5d\0\0", sure: plausibleLzma, size: lzmaSize },
  { name: "lzo", magic: "\x89LZO\0\r\n\x1a\n" },
  { name: "lz4", magic: "\x04\x22\x4d\x18", size: lz4Size },
  { name: "lz4-legacy", magic: "\x02\x21\x4c\x18" },
  { name: "zstd", magic: "\x28\xb5\x2f\xfd", size: zstdSize },
  { name: "xz", magic: "\xfd7zXZ\0" },
];

/** The format of compressed data and the size that it records. */
export interface Packed {
  readonly compression: Packing;
  /** In bytes; gzip records it modulo 4 GiB and of its last member only. */
  readonly uncompressedSize: number | undefined;
}

/** How many bytes from the start `packedAs` looks at. */
const START = 32;

/** What `content` is compressed with; undefined when it does not look compressed. */
export function packedAs(content: Content): Packed | undefined {
  const start = content.read(0, START);
  const view = viewOf(start);
  for (const { name, magic, sure, size } of formats) {
    if (!startsWith(start, magic) || !(sure?.(view) ?? true)) continue;
    const found = size?.(view, content);
    return { compression: name, uncompressedSize: found === undefined ? found : Number(found) };
  }
  return undefined;
}

/** The last four bytes. */
function gzipSize(_start: DataView, content: Content): number | undefined {
  const SMALLEST = 18;
  if (content.size < SMALLEST) return undefined;
  const trailer = content.read(content.size - 4, 4);
  return trailer.length < 4 ? undefined : u32le.read(viewOf(trailer), 0);
}

/** The level is a digit, and the first block or the end of the stream follows. */
function plausibleBzip2(start: DataView): boolean {
  if (start.byteLength < 8) return false;
  const level = start.getUint8(3);
  return level >= 0x31 && level <= 0x39 && [0x31415926, 0x17724538].includes(start.getUint32(4));
}

const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn;

/** Encoders choose a dictionary of 2^n or 2^n + 2^(n-1) bytes; sizes stay below 256 GiB. */
function plausibleLzma(start: DataView): boolean {
  if (start.byteLength < 13) return false;
  const dictionary = u32le.read(start, 1);
  const power = 31 - Math.clz32(dictionary);
  const rest = dictionary - 2 ** power;
  const size = u64le.read(start, 5);
  return (
    dictionary > 0 &&
    (rest === 0 || rest === 2 ** (power - 1)) &&
    (size === UNKNOWN_SIZE || size < 2n ** 38n)
  );
}

function lzmaSize(start: DataView): bigint | undefined {
  const size = u64le.read(start, 5);
  return size === UNKNOWN_SIZE ? undefined : size;
}

/** Recorded when bit 3 of the flags says so. */
function lz4Size(start: DataView): bigint | undefined {
  if (start.byteLength < 14 || (start.getUint8(4) & 8) === 0) return undefined;
  return u64le.read(start, 6);
}

/** RFC 8878 section 3.1.1.1: how long the size is, and where, depends on the descriptor's bits. */
function zstdSize(start: DataView): number | bigint | undefined {
  if (start.byteLength < 18) return undefined;
  const descriptor = start.getUint8(4);
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (single ? 0 : 1) + dictionary;
  const readers = [
    single ? () => start.getUint8(at) : () => undefined,
    () => start.getUint16(at, true) + 256,
    () => start.getUint32(at, true),
    () => start.getBigUint64(at, true),
  ];
  return readers[descriptor >> 6]?.();
}

/** The longest header of gzip that is looked at, bytes. */
const GZIP_HEADER = 4096;

/** Where the deflated data of `packed` begins; undefined: it is no gzip (RFC 1952). */
export function deflatedFrom(packed: Content): number | undefined {
  const header = packed.read(0, GZIP_HEADER);
  const [first, second, method, flags = 0] = header;
  if (first !== 0x1f || second !== 0x8b || method !== 8 || (flags & 0xe0) !== 0) return undefined;
  let at = 10;
  if (flags & 4) at += 2 + (header[at] ?? 0) + 256 * (header[at + 1] ?? 0);
  for (const text of [8, 16]) if (flags & text) at = header.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
