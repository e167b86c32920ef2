// Reading legacy images: each kind of damage has its own problem, whole images have none, and no
// bytes whatever make the reader throw.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  architectures,
  bytesOf,
  compressions,
  contentOf,
  encodeUImage,
  headerCrcOf,
  identify,
  listing,
  operatingSystems,
  readUImage,
  type UImageOptions,
  uimageHeader,
  uimageTypes,
  viewOf,
} from "../../src/image/index.js";
import { runs } from "../tools/runs.js";

const text = (value: string) => contentOf(new TextEncoder().encode(value));

function image(options: Partial<UImageOptions> = {}): Uint8Array {
  const encoded = encodeUImage({
    type: "kernel",
    arch: "arm",
    payload: text("12345678"),
    ...options,
  });
  if (!encoded.image) throw new Error(encoded.problems.map(({ message }) => message).join());
  return bytesOf(encoded.image);
}

const multi = () => image({ type: "multi", payload: ["one", "two!", "three"].map(text) });

/** `bytes` with `value` at `offset`, all checksums right again. */
function changed(bytes: Uint8Array, offset: number, value: number, width: 1 | 4 = 4): Uint8Array {
  if (width === 4) viewOf(bytes).setUint32(offset, value);
  else bytes[offset] = value;
  return resealed(bytes);
}

function resealed(bytes: Uint8Array): Uint8Array {
  const { dataCrc } = encodeUImage({
    type: "kernel",
    arch: "arm",
    payload: contentOf(bytes.subarray(64)),
  }).header ?? { dataCrc: 0 };
  const view = viewOf(bytes);
  view.setUint32(uimageHeader.offsetOf("dataCrc"), dataCrc);
  view.setUint32(uimageHeader.offsetOf("headerCrc"), headerCrcOf(bytes));
  return bytes;
}

/** `bytes` with `value` at `offset` and nothing else made to fit. */
function broken(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  bytes[offset] = value;
  return bytes;
}

const dataCrc = (bytes: Uint8Array) => uimageHeader.decode(bytes)?.dataCrc;

const damaged: { code: string; bytes: Uint8Array; problem: object }[] = [
  {
    code: "header-truncated",
    bytes: image().subarray(0, 63),
    problem: { offset: 0, expected: 64, found: 63, severity: "damage" },
  },
  {
    code: "header-truncated",
    bytes: new Uint8Array(0),
    problem: { found: 0, message: "the header is cut: 0 of 64 bytes" },
  },
  {
    code: "bad-magic",
    bytes: broken(image(), 3, 0x57),
    problem: { offset: 0, expected: 0x27051956, found: 0x27051957, severity: "damage" },
  },
  {
    code: "header-crc",
    bytes: broken(image(), 40, 1),
    problem: { offset: 4, severity: "damage", found: uimageHeader.decode(image())?.headerCrc },
  },
  {
    code: "data-truncated",
    bytes: image().subarray(0, 70),
    problem: { offset: 70, expected: 8, found: 6, severity: "damage" },
  },
  {
    code: "data-crc",
    bytes: broken(image(), 70, 0),
    problem: { offset: 24, found: dataCrc(image()), severity: "damage" },
  },
  {
    code: "trailing-bytes",
    bytes: Buffer.concat([image(), Buffer.alloc(5)]),
    problem: { offset: 72, expected: 0, found: 5, severity: "remark" },
  },
  {
    code: "unknown-os",
    bytes: changed(image(), 28, 13, 1),
    problem: { offset: 28, found: 13, severity: "remark" },
  },
  {
    code: "unknown-arch",
    bytes: changed(image(), 29, 200, 1),
    problem: { offset: 29, found: 200 },
  },
  { code: "unknown-type", bytes: changed(image(), 30, 22, 1), problem: { offset: 30, found: 22 } },
  {
    code: "unknown-compression",
    bytes: changed(image(), 31, 7, 1),
    problem: { offset: 31, found: 7, message: "the compression number 7 has no name" },
  },
  {
    code: "table-empty",
    bytes: changed(multi(), 64, 0),
    problem: { offset: 64, found: 0, severity: "damage" },
  },
  {
    code: "table-unterminated",
    bytes: changed(image({ payload: text("11112222333") }), 30, 4, 1),
    problem: { offset: 72, found: 2, severity: "damage" },
  },
  {
    code: "table-too-long",
    bytes: changed(image({ payload: contentOf(new Uint8Array(8000).fill(1)) }), 30, 6, 1),
    problem: { offset: 64 + 4 * 1025, found: 1025, severity: "damage" },
  },
  {
    code: "part-overlong",
    bytes: changed(multi(), 72, 0xffffffff),
    problem: { offset: 88, expected: 0xffffffff, found: 5, severity: "damage" },
  },
  {
    code: "part-overlong",
    bytes: changed(multi(), 64, 1000),
    problem: { offset: 80, expected: 1000, found: 13, message: "file 0 is cut: 13 of 1000 bytes" },
  },
  {
    code: "data-unclaimed",
    bytes: changed(multi(), 72, 2),
    problem: { offset: 90, found: 3, severity: "remark" },
  },
];

describe("damage", () => {
  it.each(damaged)("$code: $problem", ({ code, bytes, problem }) => {
    const before = Buffer.from(bytes);
    expect(readUImage(contentOf(bytes)).problems).toEqual([
      expect.objectContaining({ code, ...problem }),
    ]);
    expect(before.equals(bytes), "reading writes nothing").toBe(true);
  });

  it("leaves the files before it readable", () => {
    const { parts } = readUImage(contentOf(changed(multi(), 72, 6)));
    expect(parts.map(({ content }) => new TextDecoder().decode(bytesOf(content)))).toEqual([
      "one",
      "two!",
    ]);
  });

  it("a header alone is whole", () => {
    for (const type of uimageTypes) {
      const read = readUImage(contentOf(image({ type, payload: [] })));
      expect(read).toMatchObject({ parts: [], problems: [] });
    }
  });
});

const word = fc.integer({ min: 0, max: 0xffffffff });
const payload = fc.uint8Array({ minLength: 1, maxLength: 300 });
const options = fc.record({
  type: fc.constantFrom(...uimageTypes),
  arch: fc.constantFrom(...architectures.rows.map(({ name }) => name)),
  os: fc.constantFrom(...operatingSystems.rows.map(({ name }) => name)),
  compression: fc.constantFrom(...compressions.rows.map(({ name }) => name)),
  load: word,
  entry: word,
  time: word,
  name: fc.string({ maxLength: 32 }).filter((name) => !name.includes("\0")),
});

describe("properties", () => {
  it("reads back what was written", () => {
    const cases = fc.array(payload, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(options, cases, (chosen, files) => {
        const kept = ["multi", "script"].includes(chosen.type) ? files : files.slice(0, 1);
        const { image, header } = encodeUImage({ ...chosen, payload: kept.map(contentOf) });
        if (!image) throw new Error("refused");
        const read = readUImage(image);
        expect(read.problems).toEqual([]);
        expect(read.header).toEqual(header);
        expect(read.header).toMatchObject({ load: chosen.load, time: chosen.time });
        expect(read.header?.name).toBe(chosen.name);
        expect(read.parts.map(({ content }) => [...bytesOf(content)])).toEqual(
          kept.map((file) => [...file]),
        );
      }),
    );
  });

  it("never throws, and one changed bit never goes unnoticed", () => {
    const images = [image(), multi(), image({ type: "script" })];
    const bit = fc.record({ image: fc.constantFrom(...images), at: fc.nat(), bit: fc.nat(7) });
    fc.assert(
      fc.property(bit, ({ image: whole, at, bit: shift }) => {
        const bytes = Uint8Array.from(whole);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << shift);
        expect(readUImage(contentOf(bytes)).problems).not.toEqual([]);
      }),
    );
  });

  it("never throws on any bytes behind a good magic", () => {
    const magic = [0x27, 0x05, 0x19, 0x56];
    const type = fc.constantFrom(2, 4, 6, 255);
    const hostile = fc.tuple(fc.uint8Array({ maxLength: 400 }), type, fc.boolean());
    fc.assert(
      fc.property(hostile, ([rest, id, seal]) => {
        const bytes = Uint8Array.from([...magic, ...rest]);
        if (bytes.length >= 64) bytes[30] = id;
        const content = contentOf(seal && bytes.length > 64 ? resealed(bytes) : bytes);
        const { header, parts, data } = readUImage(content);
        const taken = parts.reduce((sum, part) => sum + bytesOf(part.content).length, 0);
        expect(taken).toBeLessThanOrEqual(data.size);
        if (header) expect(listing({ header, parts })).toMatch(/^Image Name: {3}/);
        expect(identify(content).kind).toBe("uimage");
      }),
      { numRuns: runs(2000) },
    );
  });
});
