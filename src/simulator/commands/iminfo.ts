// `iminfo`: what is in an image in memory, and whether it is whole. Governed by cmd/bootm.c and
// boot/image.c.
import {
  architectures,
  compressions,
  operatingSystems,
  readUImage,
  types,
  UIMAGE_MAGIC,
  type UImageHeader,
  type UImagePart,
  uimageHeader,
} from "../../image/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal, sizeText } from "../numbers.js";

/** `iminfo`. */
export const imageCommands: Family = (machine) => ({
  iminfo: (args) => {
    const addresses = args.length === 0 ? [machine.loadAddress] : args.map(hexadecimal);
    return addresses.map((address) => describe(machine, address)).some((bad) => bad) ? 1 : 0;
  },
});

/** Whether it is bad. */
function describe(machine: Machine, address: number): boolean {
  const { print, memory, board } = machine;
  print(`\n## Checking Image at ${hex(address, 8)} ...\n`);
  const start = memory.read(address, uimageHeader.size).content.read(0, uimageHeader.size);
  const header = uimageHeader.decode(start);
  if (header?.magic !== UIMAGE_MAGIC || !board.images.legacy) {
    print("Unknown image format!\n");
    return true;
  }
  print("   Legacy image found\n");
  const { content } = memory.read(address, uimageHeader.size + header.size);
  const { parts, problems } = readUImage(content);
  const has = (code: string) => problems.some((problem) => problem.code === code);
  if (has("header-crc")) {
    print("   Bad Header Checksum\n");
    return true;
  }
  print(contents(header, parts));
  print("   Verifying Checksum ... ");
  const bad = has("data-crc") || has("data-truncated");
  print(bad ? "   Bad Data CRC\n" : "OK\n");
  return bad;
}

/** The lines that a board prints about a legacy image. */
export function contents(header: UImageHeader, parts: readonly UImagePart[]): string {
  const kind = [
    architectures.longName(header.arch),
    operatingSystems.longName(header.os),
    types.longName(header.type),
  ].join(" ");
  const lines = [
    `Image Name:   ${header.name}`,
    `Image Type:   ${kind} (${compressions.longName(header.compression)})`,
    `Data Size:    ${amount(header.size)}`,
    `Load Address: ${hex(header.load, 8)}`,
    `Entry Point:  ${hex(header.entry, 8)}`,
    ...(["multi", "script"].includes(types.byId(header.type)?.name ?? "")
      ? [
          "Contents:",
          ...parts.map(({ content }, index) => `   Image ${index}: ${amount(content.size)}`),
        ]
      : []),
  ];
  return lines.map((line) => `   ${line}\n`).join("");
}

const amount = (size: number) =>
  size < 1024 ? `${size} Bytes = ${sizeText(size)}` : `${size} Bytes = ${sizeText(size)}`;
