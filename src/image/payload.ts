// Tells what a payload is by its first bytes, and what that says about sizes and places.
// Kernel headers: U-Boot's cmd/booti.c and cmd/bootz.c; compressions: the formats' own documents.
// Leaves out what U-Boot does not load.
import { type Packed, packedAs } from "./compressed.js";
import type { Content } from "./content.js";
import { readFdtHeader, walkFdt } from "./fdt/fdt.js";
import { gap, layout, startsWith, u32le, u64le, viewOf } from "./layout.js";
import { UIMAGE_MAGIC, type UImageHeader, uimageHeader } from "./uimage/uimage.js";

/** What a payload is. Sizes, offsets and addresses in bytes. */
export type Payload =
  | KernelImage
  /** A 32-bit Arm kernel for bootz; `end - start` is its length. */
  | { readonly kind: "zimage"; readonly start: number; readonly end: number }
  | { readonly kind: "uimage"; readonly header: UImageHeader | undefined }
  | ({ readonly kind: "compressed" } & Packed)
  | ElfPayload
  | FdtPayload
  /** An archive as the kernel's initramfs takes it. */
  | { readonly kind: "cpio"; readonly format: "newc" | "crc" }
  /** A PE program for UEFI; `machine` as in the PE header. */
  | { readonly kind: "efi"; readonly machine: number }
  | { readonly kind: "unknown" };

/** An Image for booti. */
export interface KernelImage {
  readonly kind: "arm64-image" | "riscv-image";
  /** From a 2 MiB boundary to where the kernel runs. */
  readonly textOffset: number;
  /** What the kernel takes in memory, more than the file; 0 in very old kernels. */
  readonly imageSize: number;
  /** Bit 3: may be anywhere in memory. */
  readonly flags: number;
  /** Whether it starts as a UEFI program too. */
  readonly efi: boolean;
}

/** An ELF file. */
export interface ElfPayload {
  readonly kind: "elf";
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  /** e_machine: 40 Arm, 183 AArch64, 243 RISC-V, 20 PowerPC, 62 x86-64. */
  readonly machine: number;
}

/** A flattened device tree. */
export interface FdtPayload {
  readonly kind: "fdt";
  readonly totalSize: number;
  /** Whether it is a FIT: a tree with images in it. */
  readonly fit: boolean;
  /** Whether it is an overlay for another tree. */
  readonly overlay: boolean;
  /** The root's `compatible`, most specific first. */
  readonly compatible: readonly string[];
}

type Detector = (start: Uint8Array, content: Content) => Payload | undefined;

/** In this order: an Image that is a UEFI program too counts as an Image. */
const detectors: readonly Detector[] = [
  uimage,
  fdt,
  kernelImage,
  zimage,
  elf,
  compressed,
  cpio,
  efi,
];

/** Bytes from the start that detectors look at. */
const START = 512;

/**
 * What `content` is, by its magic: a damaged rest does not change the answer.
 * @throws only what `content.read` throws.
 */
export function identify(content: Content): Payload {
  const start = content.read(0, START);
  for (const detector of detectors) {
    const payload = detector(start, content);
    if (payload) return payload;
  }
  return { kind: "unknown" };
}

function uimage(start: Uint8Array): Payload | undefined {
  if (start.length < 4 || viewOf(start).getUint32(0) !== UIMAGE_MAGIC) return undefined;
  return { kind: "uimage", header: uimageHeader.decode(start) };
}

const imageHeader = layout({
  code: { kind: gap(8) },
  textOffset: { kind: u64le },
  imageSize: { kind: u64le },
  flags: { kind: u64le },
  reserved: { kind: gap(24) },
  magic: { kind: u32le },
});

const imageKinds = new Map<number | undefined, KernelImage["kind"]>([
  [0x644d5241, "arm64-image"],
  [0x05435352, "riscv-image"],
]);

function kernelImage(start: Uint8Array): Payload | undefined {
  const header = imageHeader.decode(start);
  const kind = imageKinds.get(header?.magic);
  if (!header || !kind) return undefined;
  return {
    kind,
    textOffset: Number(header.textOffset),
    imageSize: Number(header.imageSize),
    flags: Number(header.flags),
    efi: startsWith(start, "MZ"),
  };
}

const zimageHeader = layout({
  code: { kind: gap(0x24) },
  magic: { kind: u32le },
  start: { kind: u32le },
  end: { kind: u32le },
});

function zimage(start: Uint8Array): Payload | undefined {
  const header = zimageHeader.decode(start);
  if (header?.magic !== 0x016f2818) return undefined;
  return { kind: "zimage", start: header.start, end: header.end };
}

function elf(start: Uint8Array): Payload | undefined {
  if (!startsWith(start, "\x7fELF") || start.length < 20) return undefined;
  const little = start[5] !== 2;
  return {
    kind: "elf",
    bits: start[4] === 2 ? 64 : 32,
    endian: little ? "little" : "big",
    machine: viewOf(start).getUint16(18, little),
  };
}

function compressed(_start: Uint8Array, content: Content): Payload | undefined {
  const packed = packedAs(content);
  return packed && { kind: "compressed", ...packed };
}

function cpio(start: Uint8Array): Payload | undefined {
  if (startsWith(start, "070701")) return { kind: "cpio", format: "newc" };
  if (startsWith(start, "070702")) return { kind: "cpio", format: "crc" };
  return undefined;
}

function efi(start: Uint8Array, content: Content): Payload | undefined {
  if (!startsWith(start, "MZ") || start.length < 0x40) return undefined;
  const pe = content.read(viewOf(start).getUint32(0x3c, true), 6);
  if (pe.length < 6 || !startsWith(pe, "PE\0\0")) return undefined;
  return { kind: "efi", machine: viewOf(pe).getUint16(4, true) };
}

function fdt(_start: Uint8Array, content: Content): Payload | undefined {
  const header = readFdtHeader(content);
  if (!header) return undefined;
  let [fit, overlay] = [false, false];
  let compatible: string[] = [];
  for (const item of walkFdt(content)) {
    if (item.kind === "node") {
      if (item.depth === 1 && item.name === "images") fit = true;
      if (item.depth === 2 && item.name === "__overlay__") overlay = true;
    } else if (item.depth === 0 && item.name === "compatible") {
      compatible = stringsOf(content.read(item.offset, Math.min(item.length, MAX_COMPATIBLE)));
    }
  }
  return { kind: "fdt", totalSize: header.totalSize, fit, overlay, compatible };
}

/** The longest list of `compatible` strings that is read, in bytes. */
const MAX_COMPATIBLE = 4096;

function stringsOf(bytes: Uint8Array): string[] {
  const strings = new TextDecoder().decode(bytes).split("\0");
  return strings.filter((string) => string !== "");
}
