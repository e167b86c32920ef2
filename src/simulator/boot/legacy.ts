// A legacy image in the memory of the board: told apart, printed and checked as U-Boot does before it
// uses one. Governed by boot/image.c and boot/image-board.c.
import {
  architectures,
  type Content,
  compressions,
  FDT_MAGIC,
  hasLengthTable,
  operatingSystems,
  readUImage,
  types,
  UIMAGE_MAGIC,
  type UImageHeader,
  type UImagePart,
  uimageHeader,
  viewOf,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, sizeText, yes } from "../numbers.js";

/** What kind of image begins at `address`. A FIT and a device tree begin alike. */
export function formatAt(machine: Machine, address: number): "legacy" | "fdt" | undefined {
  const magic = viewOf(machine.memory.read(address, 4).content.read(0, 4)).getUint32(0);
  return magic === UIMAGE_MAGIC ? "legacy" : magic === FDT_MAGIC ? "fdt" : undefined;
}

/** A legacy image that lies in memory. */
export interface LegacyImage {
  readonly address: number;
  readonly header: UImageHeader;
  readonly data: Content;
  readonly parts: readonly UImagePart[];
  /** After its last byte. */
  readonly end: number;
  readonly headerHolds: boolean;
  readonly dataHolds: boolean;
}

/** The legacy image at `address`, where there is one. */
export function legacyAt({ memory }: Machine, address: number): LegacyImage | undefined {
  const first = memory.read(address, uimageHeader.size).content;
  const size = uimageHeader.decode(first.read(0, uimageHeader.size))?.size ?? 0;
  const { header, data, parts, problems } = readUImage(
    memory.read(address, uimageHeader.size + size).content,
  );
  if (!header) return undefined;
  const found = new Set(problems.map(({ code }) => code));
  return {
    address,
    header,
    data,
    parts,
    end: address + uimageHeader.size + size,
    headerHolds: !found.has("header-crc"),
    dataHolds: !found.has("data-crc"),
  };
}

/** Whether checksums are looked at: `verify`, which is on when it is unset. */
export const verifies = ({ environment }: Machine): boolean =>
  yes(environment.get("verify") ?? "y");

/** Prints what the image says of itself. */
export function printLegacy(machine: Machine, image: LegacyImage): void {
  const { header, parts } = image;
  const { os, arch, type, compression, time, size, load, entry, name } = header;
  const what = [architectures.longName(arch), operatingSystems.longName(os), types.longName(type)];
  const lines = [
    `Image Name:   ${name}`,
    ...(machine.board.images.timestampRequired ? [`Created:      ${dateText(time)}`] : []),
    `Image Type:   ${what.join(" ")} (${compressions.longName(compression)})`,
    `Data Size:    ${bytesText(size)}`,
    `Load Address: ${hex(load, 8)}`,
    `Entry Point:  ${hex(entry, 8)}`,
    ...(hasLengthTable(type) ? ["Contents:"] : []),
    ...(hasLengthTable(type) ? parts.flatMap((part, index) => partLines(image, part, index)) : []),
  ];
  machine.print(lines.map((line) => `   ${line}\n`).join(""));
}

/** Of what is in a script beside the script it is said where it lies. */
function partLines(
  { address, header }: LegacyImage,
  { content, offset }: UImagePart,
  index: number,
): string[] {
  const line = `   Image ${index}: ${bytesText(content.size)}`;
  const isScript = types.byId(header.type)?.name === "script";
  return isScript && index > 0 ? [line, `    Offset = 0x${hex(address + offset, 8)}`] : [line];
}

/** "552 Bytes = 552 Bytes". */
export const bytesText = (size: number): string => `${size} Bytes = ${sizeText(size)}`;

/** A time as U-Boot prints it: two blanks, and the hour not padded with zeros. */
export function dateText(seconds: number): string {
  const [date = "", clock = ""] = new Date(seconds * 1000).toISOString().split(/[T.]/);
  return `${date}  ${clock.replace(/^0/, " ")} UTC`;
}

/** Prints the image and checks its data where that is wanted; false when it does not hold. */
export function verifyLegacy(machine: Machine, image: LegacyImage): boolean {
  printLegacy(machine, image);
  if (!verifies(machine)) return true;
  machine.print(`   Verifying Checksum ... ${image.dataHolds ? "OK" : "Bad Data CRC"}\n`);
  return image.dataHolds;
}

/** Whether the board runs programs for `arch`. 64-bit Arm runs those for 32 bits too. */
export function runs({ board }: Machine, arch: number): boolean {
  if (board.arch === "sandbox") return true;
  const name = architectures.byId(arch)?.name;
  if (board.arch === "x86_64") return name === "x86";
  if (board.arch === "ppc") return arch === architectures.idOf("ppc");
  return name === board.arch || (board.arch === "arm64" && name === "arm");
}
