// Compression: the same bytes everywhere, and a look at the start of what is packed.
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, compressors, contentOf, gunzipStart, gzip } from "../../src/image/index.js";
import { runs } from "../tools/runs.js";

/** Bytes that compress, but not to nothing. */
const sample = Uint8Array.from({ length: 700_000 }, (_, index) => (index * index) >> (index % 13));

describe("gzip", () => {
  it("unpacks to what was packed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect([...gunzipSync(bytesOf(gzip(contentOf(bytes))))]).toEqual([...bytes]);
      }),
    );
    expect(gunzipSync(bytesOf(gzip(contentOf(sample)))).equals(sample)).toBe(true);
  });

  it("has neither name nor time, and the operating system Unix", () => {
    const header = bytesOf(gzip(contentOf(sample))).subarray(0, 10);
    expect(Buffer.from(header).toString("hex")).toBe("1f8b0800000000000203");
  });

  it("is the same on every machine and in every year", () => {
    const digests = ([1, 6, 9] as const).map((level) => {
      const packed = bytesOf(gzip(contentOf(sample), level));
      return createHash("sha256").update(packed).digest("hex").slice(0, 16);
    });
    expect(digests).toEqual(["ea9bf5863ec2a65f", "b6cc160352a612e2", "219afab63639103b"]);
  });

  it("is in the table, beside doing nothing", () => {
    const content = contentOf(sample);
    expect(compressors.none(content)).toBe(content);
    expect(gunzipSync(bytesOf(compressors.gzip(content))).equals(sample)).toBe(true);
  });
});

describe("gunzipStart", () => {
  const packed = gzipSync(sample);

  it.each([0, 1, 64, 5000, sample.length, sample.length + 1])("%d bytes", (length) => {
    const start = gunzipStart(contentOf(packed), length);
    expect(Buffer.from(start).equals(sample.subarray(0, length))).toBe(true);
  });

  it("reads only what it needs", () => {
    let read = 0;
    const content = {
      size: packed.length,
      read(offset: number, length: number) {
        read += length;
        return packed.subarray(offset, offset + length);
      },
    };
    gunzipStart(content, 64);
    expect(read).toBeLessThan(10_000);
  });

  it("gives what there is of damaged data, and never throws", () => {
    fc.assert(
      fc.property(
        fc.nat(packed.length - 1),
        fc.nat(255),
        fc.nat(packed.length),
        (at, value, cut) => {
          const bytes = Uint8Array.from(packed).subarray(0, cut);
          bytes[at] = value;
          expect(gunzipStart(contentOf(bytes), 1000).length).toBeLessThanOrEqual(1000);
        },
      ),
      { numRuns: runs(300) },
    );
    expect(gunzipStart(contentOf(packed.subarray(0, 3000)), 64)).toHaveLength(64);
    expect(gunzipStart(contentOf(new Uint8Array(0)), 64)).toHaveLength(0);
    expect(gunzipStart(contentOf(sample), 64)).toHaveLength(0);
  });
});
