// The small parts that images are made of: CRC-32, layouts, identifiers, content, the listing.
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { crc32 as nodeCrc32 } from "../../src/image/crc32-node.js";
import { crc32 as portableCrc32 } from "../../src/image/crc32-portable.js";
import {
  architectures,
  bytesOf,
  compressions,
  concatenate,
  contentOf,
  crc32,
  ctime,
  layout,
  operatingSystems,
  printable,
  sizeText,
  slice,
  text,
  types,
  u8,
  u32be,
  u32le,
  u64le,
} from "../../src/image/index.js";

describe("crc32", () => {
  it("is 0xcbf43926 of 123456789, with either implementation", () => {
    const digits = new TextEncoder().encode("123456789");
    for (const crc of [crc32, nodeCrc32, portableCrc32]) expect(crc(digits)).toBe(0xcbf43926);
  });

  it("both implementations agree, in one piece or in two", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        const whole = nodeCrc32(Uint8Array.from([...first, ...second]));
        expect(nodeCrc32(second, nodeCrc32(first))).toBe(whole);
        expect(portableCrc32(second, portableCrc32(first))).toBe(whole);
      }),
    );
  });
});

describe("layout", () => {
  const example = layout({
    magic: { kind: u32be },
    count: { kind: u8, meaning: (count: number) => `${count} files` },
    place: { kind: u64le },
    size: { kind: u32le },
    name: { kind: text(4) },
  });
  const values = { magic: 0xd00dfeed, count: 3, place: 2n ** 40n, size: 5, name: "ab" };
  const encoded = "d00dfeed03000000000001000005000000" + "61620000";

  it("encodes fields in the order they are declared", () => {
    expect(example.size).toBe(21);
    expect(example.offsetOf("size")).toBe(13);
    expect(Buffer.from(example.encode(values)).toString("hex")).toBe(encoded);
  });

  it("decodes them, from an array inside another too", () => {
    const bytes = Buffer.from(`ff${encoded}ff`, "hex").subarray(1);
    expect(example.decode(bytes)).toEqual(values);
    expect(example.decode(bytes.subarray(0, 20))).toBeUndefined();
  });

  it("dumps what is there with what it means", () => {
    const lines = example.dump(Buffer.from(encoded, "hex").subarray(0, 19));
    expect(lines.map(({ offset, field, meaning }) => [offset, field, meaning])).toEqual([
      [0, "magic", "0xd00dfeed"],
      [4, "count", "3 files"],
      [5, "place", "0x0000010000000000"],
      [13, "size", "0x00000005"],
    ]);
  });

  it("text is cut at its size and read up to the first zero", () => {
    const name = layout({ name: { kind: text(4) } });
    expect(name.decode(name.encode({ name: "abcdef" }))).toEqual({ name: "abcd" });
    expect(name.decode(Uint8Array.of(0x61, 0, 0x62, 0))).toEqual({ name: "a" });
    expect(name.decode(Uint8Array.of(0x61, 0xff, 0, 0))).toEqual({ name: "a\ufffd" });
  });
});

describe("identifiers", () => {
  it.each([
    [operatingSystems, 28, "efi", "EFI Firmware", 13, "Unknown OS"],
    [architectures, 22, "arm64", "AArch64", 18, "Unknown Architecture"],
    [types, 6, "script", "Script", 22, "Unknown Image"],
    [compressions, 6, "zstd", "zstd compressed", 7, "Unknown Compression"],
  ] as const)("%#: %d is %s", (table, id, name, long, nameless, unknown) => {
    expect(table.byId(id)).toEqual({ id, name, long });
    expect(table.byName(name.toUpperCase())).toEqual({ id, name, long });
    expect(table.byName("nothing")).toBeUndefined();
    expect(table.longName(nameless)).toBe(unknown);
  });

  it("no name is used twice, and only ppc is a second name", () => {
    for (const { rows } of [operatingSystems, architectures, types, compressions]) {
      expect(new Set(rows.map(({ name }) => name as string)).size).toBe(rows.length);
      const second = rows.filter(({ id }, index) => rows[index - 1]?.id === id);
      expect(second.map(({ name }) => name)).toEqual(rows === architectures.rows ? ["ppc"] : []);
    }
    expect(architectures.byId(7)?.name).toBe("powerpc");
    expect(architectures.idOf("ppc")).toBe(7);
  });
});

describe("content", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 5 });
  const place = fc.tuple(fc.nat(50), fc.nat(50));

  it("concatenated and sliced content reads like one array", () => {
    fc.assert(
      fc.property(pieces, place, place, (arrays, [from, size], [offset, length]) => {
        const whole = arrays.flatMap((array) => [...array]);
        const content = concatenate(arrays.map(contentOf));
        expect([...content.read(offset, length)]).toEqual(whole.slice(offset, offset + length));
        const expected = whole.slice(from, from + size);
        const part = slice(content, from, size);
        expect(part.size).toBe(expected.length);
        expect([...bytesOf(part)]).toEqual(expected);
        expect([...part.read(offset, length)]).toEqual(expected.slice(offset, offset + length));
        const into = new Uint8Array(length + 3);
        expect([...part.read(offset, length, into)]).toEqual([...part.read(offset, length)]);
      }),
    );
  });
});

describe("the listing's pieces", () => {
  // mkimage printed these; toFixed would round the ties of the first three up.
  it.each([
    [128, "128 Bytes = 0.12 KiB = 0.00 MiB"],
    [640, "640 Bytes = 0.62 KiB = 0.00 MiB"],
    [131072, "131072 Bytes = 128.00 KiB = 0.12 MiB"],
    [384, "384 Bytes = 0.38 KiB = 0.00 MiB"],
    [0, "0 Bytes = 0.00 KiB = 0.00 MiB"],
    [0xffffffff, "4294967295 Bytes = 4194304.00 KiB = 4096.00 MiB"],
  ])("%d bytes", (size, words) => expect(sizeText(size)).toBe(words));

  it("times are those of C's ctime", () => {
    vi.stubEnv("TZ", "UTC");
    expect(ctime(1700000000)).toBe("Tue Nov 14 22:13:20 2023");
    expect(ctime(0xffffffff)).toBe("Sun Feb  7 06:28:15 2106");
    vi.unstubAllEnvs();
  });

  it("control characters are written out", () => {
    expect(printable("a\x1b[2Jé\x7f\x9b\n")).toBe("a\\x1b[2Jé\\x7f\\x9b\\x0a");
  });
});
