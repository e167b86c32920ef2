// What payloads are recognised as: headers built by hand after U-Boot's and the formats' documents,
// and files that the formats' own tools made.
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contentOf,
  describePayload,
  identify,
  identifyInside,
  type Payload,
  walkFdt,
} from "../../src/image/index.js";
import { find, have } from "../tools/tools.js";

/** Bytes: text in Latin-1, numbers as bytes, [n, width] little-endian. */
function bytes(...pieces: (string | number | readonly [number, 2 | 4 | 8])[]): Uint8Array {
  return Buffer.concat(
    pieces.map((piece) => {
      if (typeof piece === "string") return Buffer.from(piece, "latin1");
      if (typeof piece === "number") return Buffer.alloc(piece);
      const number = Buffer.alloc(8);
      number.writeBigUInt64LE(BigInt(piece[0]));
      return number.subarray(0, piece[1]);
    }),
  );
}

const image = (code: string, magic: string) =>
  bytes(code, 8 - code.length, [0x80000, 8], [0x1fee000, 8], [0xa, 8], 24, magic, 8);
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

const packers: { tool: string; args: string[]; compression: string; size: boolean }[] = [
  { tool: "gzip", args: ["-9nc"], compression: "gzip", size: true },
  { tool: "bzip2", args: ["-c"], compression: "bzip2", size: false },
  { tool: "xz", args: ["--format=lzma", "-c"], compression: "lzma", size: false },
  { tool: "xz", args: ["--format=lzma", "-0c"], compression: "lzma", size: false },
  { tool: "xz", args: ["-c"], compression: "xz", size: false },
  { tool: "lzop", args: ["-c"], compression: "lzo", size: false },
  { tool: "lz4", args: ["-c"], compression: "lz4", size: false },
  { tool: "lz4", args: ["-lc"], compression: "lz4-legacy", size: false },
  { tool: "zstd", args: ["-c"], compression: "zstd", size: false },
  { tool: "zstd", args: ["-19c", "--ultra"], compression: "zstd", size: false },
  { tool: "zstd", args: ["-c", "--stream-size=300000"], compression: "zstd", size: true },
];

const plain = bytes(
  image("MZ", "ARM\x64").toString(),
  "arm64 kernel ".repeat(100),
  300_000,
).subarray(0, 300_000);

describe("what the formats' own tools write", () => {
  for (const { tool, args, compression, size } of packers) {
    it.runIf(have(tool))(`${tool} ${args.join(" ")}`, () => {
      const { stdout } = spawnSync(find(tool) ?? tool, args, { input: plain });
      expect(identify(contentOf(stdout))).toEqual({
        kind: "compressed",
        compression,
        uncompressedSize: size ? plain.length : undefined,
      });
    });
  }

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

  it.runIf(have("gzip"))("gzip is looked into", () => {
    const { stdout } = spawnSync("gzip", ["-c"], { input: image("MZ", "ARM\x64") });
    const content = contentOf(stdout);
    expect(identifyInside(content, identify(content))).toMatchObject({ kind: "arm64-image" });
    expect(identifyInside(content, { kind: "unknown" })).toBeUndefined();
  });
});

const trees = {
  board: '/dts-v1/; / { compatible = "raspberrypi,3-model-b", "brcm,bcm2837"; soc { x = <1>; }; };',
  fit: '/dts-v1/; / { description = "d"; images { k { data = [01 02]; }; }; configurations { }; };',
  overlay: "/dts-v1/; /plugin/; / { fragment@0 { target = <0>; __overlay__ { a = <1>; }; }; };",
};

describe.runIf(have("dtc"))("device trees", () => {
  const compile = (source: string) =>
    contentOf(spawnSync(find("dtc") ?? "dtc", ["-q", "-O", "dtb"], { input: source }).stdout);

  it.each([
    {
      source: trees.board,
      payload: {
        fit: false,
        overlay: false,
        compatible: ["raspberrypi,3-model-b", "brcm,bcm2837"],
      },
      words: /^device tree, \d+ bytes, raspberrypi,3-model-b, brcm,bcm2837$/,
    },
    { source: trees.fit, payload: { fit: true, overlay: false, compatible: [] }, words: /^FIT, / },
    {
      source: trees.overlay,
      payload: { fit: false, overlay: true, compatible: [] },
      words: /^device tree overlay, /,
    },
  ])("$words", ({ source, payload, words }) => {
    const tree = compile(source);
    const found = identify(tree);
    expect(found).toEqual({ kind: "fdt", totalSize: tree.size, ...payload });
    expect(describePayload(found)).toMatch(words);
  });

  it("are walked in order", () => {
    const items = [...walkFdt(compile(trees.fit))].map(({ kind, name, depth }) => [
      depth,
      kind,
      name,
    ]);
    expect(items).toEqual([
      [0, "node", ""],
      [0, "property", "description"],
      [1, "node", "images"],
      [2, "node", "k"],
      [2, "property", "data"],
      [1, "node", "configurations"],
    ]);
  });

  it("never make the walk throw or go on for ever when damaged", () => {
    const whole = compile(trees.board).read(0, 1000);
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, cut) => {
        const tree = Uint8Array.from(whole);
        for (const [at, value] of changes) tree[at] = value;
        expect(identify(contentOf(tree)).kind).toBeTypeOf("string");
        expect(identify(contentOf(tree.subarray(0, cut))).kind).toBeTypeOf("string");
      }),
      { numRuns: 1000 },
    );
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
    { numRuns: 2000 },
  );
});
