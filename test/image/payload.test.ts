// What payloads are recognised as: headers built by hand after U-Boot's and the formats' documents.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contentOf,
  describePayload,
  identify,
  identifyInside,
  type Payload,
} from "../../src/image/index.js";
import { runs } from "../tools/runs.js";
import { bytes, image } from "./bytes.js";

const efiProgram = bytes("MZ", 0x3a, [0x80, 4], 0x40, "PE\0\0", [0x8664, 2], 10);

const known: { name: string; data: Uint8Array; payload: Payload; words: string }[] = [
  {
    name: "arm64 Image",
    data: image("\x01", "ARM\x64"),
    payload: {
      kind: "arm64-image",
      textOffset: 0x80000,
      imageSize: 0x1fee000,
      flags: 10,
      efi: false,
    },
    words: "arm64 Image, 33480704 bytes (31.9 MiB) in memory, text offset 0x80000, flags 0xa",
  },
  {
    name: "arm64 Image that is a UEFI program too",
    data: image("MZ", "ARM\x64"),
    payload: {
      kind: "arm64-image",
      textOffset: 0x80000,
      imageSize: 0x1fee000,
      flags: 10,
      efi: true,
    },
    words:
      "arm64 Image, 33480704 bytes (31.9 MiB) in memory, text offset 0x80000, flags 0xa, also for UEFI",
  },
  {
    name: "RISC-V Image",
    data: image("MZ", "RSC\x05"),
    payload: {
      kind: "riscv-image",
      textOffset: 0x80000,
      imageSize: 0x1fee000,
      flags: 10,
      efi: true,
    },
    words:
      "RISC-V Image, 33480704 bytes (31.9 MiB) in memory, text offset 0x80000, flags 0xa, also for UEFI",
  },
  {
    name: "zImage",
    data: bytes(0x24, [0x016f2818, 4], [0, 4], [0x5000, 4]),
    payload: { kind: "zimage", start: 0, end: 0x5000 },
    words: "zImage, 20480 bytes (20.0 KiB)",
  },
  {
    name: "uImage cut in its header",
    data: bytes("\x27\x05\x19\x56"),
    payload: { kind: "uimage", header: undefined },
    words: "legacy image (uImage)",
  },
  {
    name: "ELF, 64 bit, AArch64",
    data: bytes("\x7fELF\x02\x01\x01", 9, [2, 2], [183, 2], 40),
    payload: { kind: "elf", bits: 64, endian: "little", machine: 183 },
    words: "ELF, 64 bit, little endian, machine 183",
  },
  {
    name: "ELF, 32 bit, PowerPC",
    data: bytes("\x7fELF\x01\x02\x01", 9, "\0\x02\0\x14", 30),
    payload: { kind: "elf", bits: 32, endian: "big", machine: 20 },
    words: "ELF, 32 bit, big endian, machine 20",
  },
  {
    name: "UEFI program",
    data: efiProgram,
    payload: { kind: "efi", machine: 0x8664 },
    words: "UEFI program, machine 0x8664",
  },
  {
    name: "cpio newc",
    data: bytes("070701", 104),
    payload: { kind: "cpio", format: "newc" },
    words: "cpio archive (newc)",
  },
  {
    name: "cpio with checksums",
    data: bytes("070702", 104),
    payload: { kind: "cpio", format: "crc" },
    words: "cpio archive (crc)",
  },
  ...[
    bytes(),
    bytes("M"),
    bytes("MZ", 500),
    bytes("MZ", 0x3a, [0xffffffff, 4], 9),
    bytes("\x1f\x8b"),
    bytes("BZh9", 20),
    bytes("]\0\0", 20),
    bytes("\x7fELF"),
    bytes("setenv a b\n"),
  ].map((data) => ({
    name: `nothing: ${Buffer.from(data.subarray(0, 8)).toString("hex")}`,
    data,
    payload: { kind: "unknown" } as const,
    words: "unknown data",
  })),
];

describe("headers", () => {
  it.each(known)("$name", ({ data, payload, words }) => {
    expect(identify(contentOf(data))).toEqual(payload);
    expect(describePayload(payload)).toBe(words);
  });
});

describe("sizes in headers", () => {
  // Tools know the size of a file, not of a pipe; each width of zstd's field has its own encoding.
  it.each([
    { field: "one byte", data: bytes("\x28\xb5\x2f\xfd\x20\xc8", 20), size: 200 },
    { field: "two bytes", data: bytes("\x28\xb5\x2f\xfd\x60", [1000 - 256, 2], 20), size: 1000 },
    { field: "four bytes", data: bytes("\x28\xb5\x2f\xfd\xa0", [1e9, 4], 20), size: 1e9 },
    { field: "eight bytes", data: bytes("\x28\xb5\x2f\xfd\xe0", [1e12, 8], 20), size: 1e12 },
    { field: "behind a window", data: bytes("\x28\xb5\x2f\xfd\x80\x58", [1e6, 4], 20), size: 1e6 },
    {
      field: "behind a dictionary",
      data: bytes("\x28\xb5\x2f\xfd\xa2", [7, 2], [1e6, 4], 20),
      size: 1e6,
    },
  ])("zstd: the size in $field", ({ data, size }) => {
    expect(identify(contentOf(data))).toMatchObject({ uncompressedSize: size });
  });

  it("lz4 and lzma: the size where it is recorded", () => {
    const lz4 = bytes("\x04\x22\x4d\x18\x68\x40", [123456, 8], 20);
    expect(identify(contentOf(lz4))).toMatchObject({ uncompressedSize: 123456 });
    const lzma = bytes("\x5d", [1 << 23, 4], [123456, 8], 20);
    expect(identify(contentOf(lzma))).toMatchObject({ uncompressedSize: 123456 });
  });
});

it("any bytes are something", () => {
  const magics = known.map(({ data }) => data.subarray(0, 8));
  const start = fc.oneof(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 8 }));
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (magic, rest) => {
      const content = contentOf(Uint8Array.from([...magic, ...rest]));
      const payload = identify(content);
      expect(describePayload(payload)).not.toBe("");
      identifyInside(content, payload);
    }),
    { numRuns: runs(2000) },
  );
});
