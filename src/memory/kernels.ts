// What starting a kernel writes to memory: where it is unpacked to and where it moves itself.
// Sources: boot/bootm.c, cmd/booti.c, arch/arm/lib/image.c, arch/arm/lib/zimage.c.
import type { Board, Region } from "../boards/index.js";
import {
  type Architecture,
  type Compression,
  type Content,
  compressors,
  contentOf,
  gunzipStart,
  identify,
  type KernelImage,
  type Payload,
  slice,
  type UImageHeader,
} from "../image/index.js";
import type { Provision } from "../program/index.js";

const MiB = 0x100000;
const UIMAGE_HEADER = 64;
/** No stream of deflate grows more than this (RFC 1951: 258 bytes from two bits). */
const DEFLATE_RATIO = 1032;
/** Every arm64 kernel starts this far from its text offset's boundary. */
const KERNEL_ALIGN = 2 * MiB;
/** Without a recorded size, what a compressed kernel grows to at most. */
const LARGEST_RATIO = 8;

/** A provision's bytes as they are served, before any header of ours. */
export interface Packed {
  readonly content: Content;
  readonly compression: Compression;
  /** What it unpacks to, in bytes; an estimate from above where the format does not record it. */
  readonly unpacked: number;
  /** What is inside the compression. */
  readonly inner: Payload;
}

/** What has to be known of a file to tell what starting it does. */
export type Startable = Pick<Provision, "input" | "compress" | "wrapped">;

const packings = new WeakMap<Startable, Packed>();

/** The payload of `provision`, compressed if the flow asks for it. */
export function packedOf(provision: Startable): Packed | undefined {
  const { input, compress } = provision;
  if (!input) return undefined;
  let packed = packings.get(provision);
  if (!packed) {
    packed = compress && compress !== "none" ? compressed(provision, compress) : asItIs(input);
    packings.set(provision, packed);
  }
  return packed;
}

function compressed(provision: Startable, compression: Compression): Packed {
  const { content, payload } = provision.input as NonNullable<Provision["input"]>;
  const compressor = compressors[compression as keyof typeof compressors];
  return { content: compressor(content), compression, unpacked: content.size, inner: payload };
}

function asItIs({
  content,
  payload,
}: Pick<NonNullable<Provision["input"]>, "content" | "payload">): Packed {
  if (payload.kind !== "compressed" || !isCompression(payload.compression)) {
    return { content, compression: "none", unpacked: content.size, inner: payload };
  }
  const inner: Payload =
    payload.compression === "gzip"
      ? identify(contentOf(gunzipStart(content, 512)))
      : { kind: "unknown" };
  const unpacked = payload.uncompressedSize ?? content.size * LARGEST_RATIO;
  return { content, compression: payload.compression, unpacked, inner };
}

/** The compressions that U-Boot undoes. */
function isCompression(name: string): name is Compression {
  return ["gzip", "bzip2", "lzma", "lzo", "lz4", "zstd"].includes(name);
}

/** How a kernel is started, and what that writes. */
export interface Landing {
  readonly command: "bootm" | "booti" | "bootz" | "zboot";
  /** Where `bootm` puts it. */
  readonly load?: number;
  /** Memory that starting it writes to. */
  readonly writes: readonly Region[];
  /** Whether the file that was loaded may lie in what is written: the kernel copes with that. */
  readonly inPlace: boolean;
  /** Whether it is written by the kernel itself, when U-Boot has moved DTB and initrd away. */
  readonly late?: boolean;
  /** Bytes that `booti` unpacks, which needs a second place of that size. */
  readonly unpacks?: number;
}

/** What is in a uImage, and the bytes that it unpacks to: as it says itself, where it does. */
function insideOf(image: Content, header: UImageHeader): Pick<Packed, "inner" | "unpacked"> {
  const content = slice(image, UIMAGE_HEADER, header.size);
  const payload = identify(content);
  if (header.compression === 0) return { inner: payload, unpacked: header.size };
  const told = payload.kind === "compressed" ? payload.uncompressedSize : undefined;
  // Of an image that is cut or damaged the last bytes say anything.
  const isWhole = image.size >= UIMAGE_HEADER + header.size;
  const isSound = isWhole && told !== undefined && told <= header.size * DEFLATE_RATIO;
  if (!isSound) return { inner: { kind: "unknown" }, unpacked: header.size * LARGEST_RATIO };
  return asItIs({ content, payload });
}

/** How `provision`, a kernel, is started on `board` when its image says to load it at `load`. */
export function landingOf(
  provision: Startable,
  board: Board,
  load: number,
  download: number,
): Landing {
  const packed = packedOf(provision) as Packed;
  const { inner, unpacked, compression } = packed;
  if (provision.wrapped) {
    const copied = { start: load, size: unpacked };
    return {
      command: "bootm",
      load,
      writes: [copied, ...moved(inner, board, load)],
      inPlace: false,
    };
  }
  if (inner.kind === "uimage" && inner.header) {
    const { header } = inner;
    const inside = insideOf(packed.content, header);
    const on = moved(inside.inner, board, header.load);
    const stays = on.find(({ start }) => start === header.load);
    const size = Math.max(inside.unpacked, stays?.size ?? 0);
    const writes = [{ start: header.load, size }, ...on.filter((region) => region !== stays)];
    return { command: "bootm", load: header.load, writes, inPlace: false };
  }
  if (inner.kind === "zimage") return zimageLanding(board, download, packed.content.size);
  const command = inner.kind === "unknown" ? board.boot.command : "booti";
  const here = { start: download, size: unpacked };
  const writes = [here, ...moved(inner, board, download)];
  return {
    command,
    writes,
    inPlace: true,
    ...(compression === "none" ? {} : { unpacks: unpacked }),
  };
}

/**
 * How `provision` is started as an image of a FIT: put to `load`, or, without, from `place`, where
 * it lies in the file.
 */
export function landingInFit(
  provision: Provision,
  board: Board,
  load: number | undefined,
  place: number,
): Landing {
  if (load !== undefined) return landingOf(provision, board, load, place);
  const { inner, unpacked } = packedOf(provision) as Packed;
  const writes = moved(inner, board, place);
  const here = { start: place, size: unpacked };
  return { command: "bootm", writes: writes.length > 0 ? writes : [here], inPlace: true };
}

/** Where an arm64 or RISC-V Image moves to from `load`. */
function moved(payload: Payload, board: Board, load: number): Region[] {
  if (payload.kind !== "arm64-image" && payload.kind !== "riscv-image") return [];
  const { textOffset, size } = sizeOf(payload);
  if (payload.kind === "riscv-image") return [{ start: board.memory.base + textOffset, size }];
  const anywhere = (payload.flags & 8) !== 0;
  const base = anywhere ? alignUp(load - textOffset, KERNEL_ALIGN) : board.memory.base;
  return [{ start: base + textOffset, size }];
}

function sizeOf({ textOffset, imageSize }: KernelImage): { textOffset: number; size: number } {
  // An image size of 0 means a kernel before 3.17: U-Boot assumes these.
  return imageSize === 0
    ? { textOffset: 0x80000, size: 16 * MiB }
    : { textOffset, size: imageSize };
}

/** A zImage unpacks itself to the start of its 128 MiB, moving out of the way first. */
function zimageLanding(board: Board, download: number, size: number): Landing {
  const base = Math.max(board.memory.base, Math.floor(download / (128 * MiB)) * 128 * MiB);
  const TEXT_OFFSET = 0x8000;
  const unpacked = size * 5;
  return {
    command: "bootz",
    writes: [{ start: base, size: TEXT_OFFSET + unpacked + size }],
    inPlace: true,
    late: true,
  };
}

/** The load address for an image of ours that has none: where its kernel need not move again. */
export function naturalLoad(provision: Provision, from: number): number {
  const inner = packedOf(provision)?.inner;
  const offset = inner?.kind === "arm64-image" ? sizeOf(inner).textOffset : 0;
  return alignUp(from - offset, KERNEL_ALIGN) + offset;
}

/** `value` or the next multiple of `step` above it. */
export function alignUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** What the payload is for, if it says; otherwise the board's own architecture. */
export function architectureOf(kind: string, board: Architecture): Architecture {
  if (kind === "arm64-image") return "arm64";
  if (kind === "riscv-image") return "riscv";
  return kind === "zimage" ? "arm" : board;
}
