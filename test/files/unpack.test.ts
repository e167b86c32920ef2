// Compressed streams, left at every place they can be left: what was asked for is right, and what is
// thrown where nobody can catch it fails the run (vitest's "unhandled errors").
import { spawnSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ReadError, UnpackError, unpack } from "../../src/files/index.js";
import { type Content, contentOf } from "../../src/image/index.js";
import { have } from "../tools/tools.js";

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
});
