// Payloads in words, for people.
import { gunzipStart } from "./compress.js";
import { type Content, contentOf } from "./content.js";
import { hex } from "./layout.js";
import { identify, type Payload } from "./payload.js";

/** Unpacked bytes that are enough to tell what is inside. */
const INSIDE = 4096;

/** What is packed in `content`, by the start of it; undefined unless `payload` is gzip. */
export function identifyInside(content: Content, payload: Payload): Payload | undefined {
  if (payload.kind !== "compressed" || payload.compression !== "gzip") return undefined;
  return identify(contentOf(gunzipStart(content, INSIDE)));
}

/** `payload` in a few words, without its name in front. */
export function describePayload(payload: Payload): string {
  switch (payload.kind) {
    case "arm64-image":
    case "riscv-image": {
      const arch = payload.kind === "arm64-image" ? "arm64" : "RISC-V";
      const place = `text offset ${hex(payload.textOffset, 1)}, flags ${hex(payload.flags, 1)}`;
      const efi = payload.efi ? ", also for UEFI" : "";
      return `${arch} Image, ${amount(payload.imageSize)} in memory, ${place}${efi}`;
    }
    case "zimage":
      return `zImage, ${amount(Math.max(0, payload.end - payload.start))}`;
    case "uimage":
      return "legacy image (uImage)";
    case "compressed":
      return `${payload.compression}, ${unpacked(payload.uncompressedSize)}`;
    case "elf":
      return `ELF, ${payload.bits} bit, ${payload.endian} endian, machine ${payload.machine}`;
    case "fdt": {
      const what = payload.fit ? "FIT" : payload.overlay ? "device tree overlay" : "device tree";
      return [`${what}, ${amount(payload.totalSize)}`, ...payload.compatible].join(", ");
    }
    case "cpio":
      return `cpio archive (${payload.format})`;
    case "efi":
      return `UEFI program, machine ${hex(payload.machine, 4)}`;
    case "unknown":
      return "unknown data";
  }
}

function unpacked(size: number | undefined): string {
  return size === undefined ? "unpacked size not recorded" : `unpacks to ${amount(size)}`;
}

const units = [
  [1 << 30, "GiB"],
  [1 << 20, "MiB"],
  [1 << 10, "KiB"],
] as const;

/** `size` in bytes, and in a larger unit too where one fits. */
export function amount(size: number): string {
  const unit = units.find(([factor]) => size >= factor);
  return unit ? `${size} bytes (${(size / unit[0]).toFixed(1)} ${unit[1]})` : `${size} bytes`;
}
