// What is inside a file: under the header of a uImage and under a compression. Leaves out FITs, which
// hold more than one thing.
import type { Board } from "../boards/index.js";
import {
  architectures,
  type Compression,
  type Content,
  compressions,
  identify,
  identifyInside,
  type Packing,
  type Payload,
  slice,
  type UImageHeader,
} from "../image/index.js";

/** A file, taken apart. */
export interface Inside {
  /** As the input is. */
  readonly outer: Payload;
  /** Of a uImage that goes in. */
  readonly header?: UImageHeader;
  /** What the data are compressed with, also when they still have to be. */
  readonly compression: Packing | "none";
  /** What is inside; unknown where the compression is not one that can be looked into. */
  readonly inner: Payload;
  /** Whether `inner` was looked at: it is not inside some compressions. */
  readonly seen: boolean;
}

/** Takes `content` apart, which is `outer`, and is compressed with `compress` before it is used. */
export function takeApart(content: Content, outer: Payload, compress?: Compression): Inside {
  const { header } = outer.kind === "uimage" ? outer : {};
  const data = header ? slice(content, 64, header.size) : content;
  const payload = header ? identify(data) : outer;
  if (compress !== undefined && compress !== "none") {
    return { outer, compression: compress, inner: payload, seen: true };
  }
  const rest = { outer, ...(header && { header }) };
  if (payload.kind !== "compressed") {
    return { ...rest, compression: "none", inner: payload, seen: true };
  }
  const inner = identifyInside(data, payload);
  return {
    ...rest,
    compression: payload.compression,
    inner: inner ?? { kind: "unknown" },
    seen: inner !== undefined,
  };
}

/** What the header of a uImage says the data are compressed with. */
export function declaredCompression({ compression }: UImageHeader): string {
  return compressions.byId(compression)?.name ?? `number ${compression}`;
}

const machines: ReadonlyMap<number, string> = new Map([
  [3, "x86"],
  [8, "mips"],
  [20, "ppc"],
  [21, "ppc"],
  [40, "arm"],
  [62, "x86_64"],
  [183, "arm64"],
  [243, "riscv"],
]);

/** The architecture that `payload` is for, as `mkimage -A` spells it; undefined when it is silent. */
export function architectureOf(payload: Payload): string | undefined {
  switch (payload.kind) {
    case "arm64-image":
      return "arm64";
    case "riscv-image":
      return "riscv";
    case "zimage":
      return "arm";
    case "elf":
      return machines.get(payload.machine) ?? `ELF machine ${payload.machine}`;
    case "uimage":
      return payload.header && architectures.byId(payload.header.arch)?.name;
    default:
      return undefined;
  }
}

/** Whether `board` starts a kernel for `arch`; 64-bit Arm starts 32-bit ones in a uImage. */
export function accepted(arch: string, { arch: own }: Board, inImage: boolean): boolean {
  if (own === "sandbox" || arch === own) return true;
  if (own === "arm64") return arch === "arm" && inImage;
  return own.startsWith("x86") && arch.startsWith("x86");
}

/** `payload` in words for the middle of a sentence: `a device tree`. */
export function article(payload: Payload): string {
  switch (payload.kind) {
    case "arm64-image":
      return "an arm64 Image";
    case "riscv-image":
      return "a RISC-V Image";
    case "zimage":
      return "a zImage";
    case "uimage":
      return "a uImage";
    case "compressed":
      return `${payload.compression} data`;
    case "elf":
      return "an ELF file";
    case "fdt":
      return payload.fit ? "a FIT" : payload.overlay ? "a device tree overlay" : "a device tree";
    case "cpio":
      return "a cpio archive";
    case "efi":
      return "a UEFI program";
    case "unknown":
      return "something unknown";
  }
}
