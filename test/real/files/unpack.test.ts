// Compressed streams, left, cut and damaged at every place they can be, alone and one after the other: what was asked for is right, and what is
// thrown where nobody can catch it fails the run (vitest's "unhandled errors").
import { spawnSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ReadError, UnpackError, unpack } from "../../../src/files/index.js";
import { type Content, contentOf } from "../../../src/image/index.js";
import { have } from "../../tools/tools.js";

/** Bytes that do not shrink, the same in each run. */
const plain = Buffer.from(
  Array.from({ length: 600_000 }, (_, n) => Math.imul(n ^ (n >> 7), 0x9e3779b1) >>> 13),
);

const byTool = (tool: string, ...options: string[]) =>
  new Uint8Array(
    spawnSync(tool, [...options, "-c"], { input: plain, maxBuffer: 1 << 24 }).stdout ?? [],
  );

describe.each([
  { packing: "gzip", tools: [], pack: () => new Uint8Array(gzipSync(plain)) },
  { packing: "xz", tools: ["xz"], pack: () => byTool("xz", "-0") },
  { packing: "zstd", tools: ["zstd"], pack: () => byTool("zstd", "-q", "-1") },
] as const)("$packing", ({ packing, tools, pack }) => {
  const there = have(...tools);
  const packed = there ? pack() : new Uint8Array();

  /** Reads until `wanted` bytes have come, then leaves. */
  async function readUpTo(wanted: number, content: Content): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of unpack(content, packing)) {
      pieces.push(piece);
      length += piece.length;
      if (length >= wanted) break;
    }
    return Buffer.concat(pieces);
  }

  /** Until whatever still runs has had its turn: a stream delivers some turns later. */
  const settled = () => new Promise((done) => setTimeout(done, 10));

  it.runIf(there)("is left after every few kilobytes", async () => {
    for (let wanted = 1; wanted <= plain.length; wanted += 4093) {
      const got = await readUpTo(wanted, contentOf(packed));
      expect(got.length).toBeGreaterThanOrEqual(wanted);
      expect(got.equals(plain.subarray(0, got.length)), `after ${wanted} bytes`).toBe(true);
      await settled();
    }
  });

  it.runIf(there)(
    "is cut after every few kilobytes: a message, or all that came before",
    async () => {
      for (let size = 1; size < packed.length; size += 16_381) {
        await expect(
          readUpTo(plain.length + 1, contentOf(packed.slice(0, size))),
          `${size} bytes`,
        ).rejects.toThrow(UnpackError);
        await settled();
      }
    },
  );

  it.runIf(there)("cannot be read any more, anywhere: that is what is thrown", async () => {
    for (let limit = 0; limit < packed.length; limit += 65_537) {
      const whole = contentOf(packed);
      const content: Content = {
        size: whole.size,
        read(offset, length, into) {
          if (offset + length > limit) throw new ReadError("was cut while it was read");
          return whole.read(offset, length, into);
        },
      };
      await expect(readUpTo(plain.length, content)).rejects.toThrow(ReadError);
      await settled();
    }
  });

  /** All of it. */
  const whole = (content: Uint8Array) => readUpTo(2 * plain.length + 1, contentOf(content));

  it.runIf(there)("is damaged after every few kilobytes: that is said", async () => {
    const places = Array.from({ length: Math.ceil(packed.length / 9973) }, (_, n) => n * 9973);
    const last = Array.from({ length: 12 }, (_, n) => packed.length - 1 - n);
    // gzip's header has a time, a level and a system, and the last byte of what is packed may have bits
    // that stand for nothing.
    for (const at of [...places, ...last].filter(
      (each) => packing !== "gzip" || (each > 9 && each !== packed.length - 9),
    )) {
      const damaged = packed.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const read = whole(damaged).then((bytes) =>
        bytes.equals(plain) ? "as if whole" : "other bytes",
      );
      await expect(read, `byte ${at}`).rejects.toThrow(UnpackError);
      await settled();
    }
  });

  it.runIf(there)("follows another of its kind: both are read", async () => {
    const twice = await whole(Buffer.concat([packed, packed]));
    expect(twice.equals(Buffer.concat([plain, plain]))).toBe(true);
  });

  it
    .runIf(there)
    .each(["garbage", "\x1f", "\x1f\x8b", "\xfd7zXZ\0", "\x28\xb5\x2f\xfd", "\0\0\0x"])(
    "is followed by %j: that is said",
    async (garbage) => {
      const followed = Buffer.concat([packed, Buffer.from(garbage, "latin1")]);
      await expect(whole(followed)).rejects.toThrow(UnpackError);
    },
  );

  it.runIf(there && packing !== "zstd")("may be followed by zeros", async () => {
    const padded = Buffer.concat([
      packed,
      Buffer.alloc(512),
      ...(packing === "xz" ? [packed] : []),
    ]);
    const expected = packing === "xz" ? [plain, plain] : [plain];
    expect((await whole(padded)).equals(Buffer.concat(expected))).toBe(true);
  });
});

describe("other ways of packing", () => {
  it.runIf(have("xz", "zstd")).each([
    { tool: "xz", packing: "xz", options: ["-T0", "--block-size=65536"] },
    { tool: "xz", packing: "xz", options: ["--check=crc32"] },
    { tool: "xz", packing: "xz", options: ["--check=none"] },
    { tool: "zstd", packing: "zstd", options: ["-q", "--no-check"] },
    { tool: "zstd", packing: "zstd", options: ["-q", "--ultra", "-22", "--long=20"] },
  ] as const)("$tool $options", async ({ tool, packing, options }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of unpack(contentOf(byTool(tool, ...options)), packing))
      pieces.push(piece);
    expect(Buffer.concat(pieces).equals(plain)).toBe(true);
  });

  it.runIf(have("xz"))("a checksum that cannot be looked at is said", async () => {
    const packed = contentOf(byTool("xz", "--check=sha256"));
    const read = async () => {
      for await (const _ of unpack(packed, "xz"));
    };
    await expect(read()).rejects.toThrow("a checksum that is not supported");
  });

  it.runIf(have("zstd"))("frames that are to be skipped are", async () => {
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const packed = Buffer.concat([skipped, byTool("zstd", "-q"), skipped]);
    const pieces: Uint8Array[] = [];
    for await (const piece of unpack(contentOf(packed), "zstd")) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(plain)).toBe(true);
  });
});
