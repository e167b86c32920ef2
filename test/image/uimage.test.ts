// Writing legacy images: literal vectors made with mkimage, and every reason for not writing one.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  type Content,
  contentOf,
  encodeUImage,
  isUImageType,
  MAX_PARTS,
  readUImage,
  types,
  type UImageOptions,
  uimageTypes,
} from "../../src/image/index.js";

const text = (value: string) => contentOf(new TextEncoder().encode(value));
const filled = (size: number, value = 0) => contentOf(new Uint8Array(size).fill(value));
const hi = text("echo hi\n");
const abc = [hi, text("12345"), text("abcdefg")];
const xip = text(`${"\x7f".repeat(64)}payload`);

interface Vector {
  readonly options: UImageOptions;
  /** mkimage's flags for the same. */
  readonly flags: string;
  readonly headerCrc: number;
  readonly size: number;
  readonly sha256?: string;
}

const vectors: Vector[] = [
  {
    flags: "-A arm64 -O linux -T script -C none -a 0 -e 0 -n test",
    options: { type: "script", arch: "arm64", name: "test", payload: hi },
    headerCrc: 0x32e81b3a,
    size: 16,
    sha256: "b0fcd4af3cb5560b0d64bb414ce6dbd6200ca942f93c8841ab286b1e96649f72",
  },
  {
    flags: "-A arm64 -O linux -T script -C none -a 0 -e 0",
    options: { type: "script", arch: "arm64", payload: [hi] },
    headerCrc: 0x90a33ca6,
    size: 16,
  },
  {
    flags: "-A arm64 -T kernel -C gzip -a 0x80000",
    options: {
      type: "kernel",
      arch: "arm64",
      compression: "gzip",
      load: 0x80000,
      payload: text("abcdefg"),
    },
    headerCrc: 0xc4d94b21,
    size: 7,
    sha256: "cbd6e9e52ed0096bbdce1144f1788df8335ae85094fb59e1b285f6d00a5be330",
  },
  {
    flags: "-A arm -T multi -C none -d A:B:C",
    options: { type: "multi", arch: "arm", payload: abc },
    headerCrc: 0xd44909b0,
    size: 0x27,
    sha256: "39c78cfbcc6170dc3d654f8d83db4b702227d0ce83b9e0aed3f77e2fe4dd1b1f",
  },
  {
    flags: "-A arm -T script -d A:B:C",
    options: { type: "script", arch: "arm", compression: "gzip", payload: abc },
    headerCrc: 0xabbf3b2f,
    size: 0x27,
    sha256: "5c3d516fd69d54ef6782c6e46d0592c56946bbefa3a62734cb8ebbba4ce17dfa",
  },
  {
    flags: "-A arm -T ramdisk -n x",
    options: {
      type: "ramdisk",
      arch: "arm",
      compression: "gzip",
      name: "x",
      payload: text("12345"),
    },
    headerCrc: 0xf4339482,
    size: 5,
    sha256: "5ce81aa8962ee7ef5bb23b874c96a4233ed607acec13defcd67f0b929ca78422",
  },
  {
    flags: "-x -A arm -T kernel -C none -a 0x1000",
    options: {
      type: "kernel",
      arch: "arm",
      load: 0x1000,
      xip: true,
      payload: contentOf(Buffer.concat([Buffer.alloc(64, 0xff), Buffer.from("payload")])),
    },
    headerCrc: 0x014bb43a,
    size: 7,
    sha256: "1a9e263032c16eade4a22a994ccff97788ba0dac9f0c21f5d542469d54780563",
  },
];

describe("the bytes that mkimage writes at 1700000000 s", () => {
  it.each(vectors)("$flags", ({ options, headerCrc, size, sha256 }) => {
    const { image, header } = encodeUImage({ ...options, time: 1700000000 });
    if (!image) throw new Error("no image");
    expect(header).toMatchObject({ headerCrc, size });
    expect(image.size).toBe(64 + size);
    const digest = createHash("sha256").update(bytesOf(image)).digest("hex");
    expect(digest).toBe(sha256 ?? digest);
  });

  it("a device tree is of type 8, whichever of its names is used", () => {
    for (const type of ["flat_dt", "fdt_legacy"] as const) {
      expect(encodeUImage({ type, arch: "arm", payload: hi }).header?.type).toBe(8);
    }
  });

  it("without payload there is a header alone", () => {
    const { image, header } = encodeUImage({ type: "script", arch: "arm", payload: [] });
    expect(image?.size).toBe(64);
    expect(header).toMatchObject({ size: 0, dataCrc: 0 });
  });

  it("without time and addresses these are 0", () => {
    const { header } = encodeUImage({ type: "kernel", arch: "arm", payload: hi });
    expect(header).toMatchObject({ time: 0, load: 0, entry: 0, name: "" });
  });
});

const refused: { code: string; says: string; options: Partial<UImageOptions> }[] = [
  { code: "name-unknown", says: 'no architecture "arm46"', options: { arch: "arm46" as "arm" } },
  { code: "name-unknown", says: 'no operating system ""', options: { os: "" as "linux" } },
  { code: "name-unknown", says: 'no compression "zip"', options: { compression: "zip" as "gzip" } },
  { code: "name-unknown", says: 'of type "kernl"', options: { type: "kernl" as "kernel" } },
  { code: "address-range", says: "load 0x100000000", options: { load: 2 ** 32, entry: 0 } },
  { code: "address-range", says: "entry 0x100000000", options: { entry: 2 ** 32 } },
  { code: "address-range", says: "load -1", options: { load: -1, entry: 0 } },
  { code: "address-range", says: "entry 1.5", options: { entry: 1.5 } },
  { code: "address-range", says: "entry NaN", options: { entry: Number.NaN } },
  { code: "time-range", says: "-1 s", options: { time: -1 } },
  { code: "time-range", says: "4294967296 s", options: { time: 2 ** 32 } },
  { code: "name-zero", says: "zero byte", options: { name: "a\0b" } },
  { code: "payload-count", says: "at most 1 files, not 2", options: { payload: [hi, hi] } },
  {
    code: "payload-count",
    says: "at most 1024 files, not 1025",
    options: { type: "multi", payload: Array<Content>(MAX_PARTS + 1).fill(hi) },
  },
  { code: "payload-empty", says: "file 0", options: { payload: filled(0) } },
  {
    code: "payload-empty",
    says: "file 1",
    options: { type: "script", payload: [hi, filled(0), hi] },
  },
  {
    code: "payload-too-large",
    says: "4294967296 bytes",
    options: { payload: { size: 2 ** 32, read: () => new Uint8Array(0) } },
  },
  {
    code: "xip-parts",
    says: "Script cannot",
    options: { type: "script", xip: true, payload: xip },
  },
  { code: "xip-space", says: "64 bytes of 0xff", options: { xip: true, payload: xip } },
  { code: "xip-space", says: "64 bytes of 0xff", options: { xip: true, payload: filled(63, 255) } },
];

describe("what is not written", () => {
  it.each(refused)("$code: $says", ({ code, says, options }) => {
    const encoded = encodeUImage({ type: "kernel", arch: "arm", payload: hi, ...options });
    expect(encoded.image).toBeUndefined();
    expect(encoded.problems).toEqual([{ code, message: expect.stringContaining(says) }]);
  });

  it("every reason is told, not the first one", () => {
    const options = { type: "kernel", arch: "arm", load: -1, time: -1, payload: [hi, hi] } as const;
    const codes = encodeUImage(options).problems.map(({ code }) => code);
    expect(codes).toEqual(["address-range", "address-range", "time-range", "payload-count"]);
  });

  it("types of other formats are known, but not as legacy images", () => {
    expect(types.rows.filter(({ name }) => isUImageType(name)).map(({ id }) => id)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 14, 42,
    ]);
    expect(uimageTypes).toHaveLength(10);
  });
});

it("a payload is read a piece at a time, twice", () => {
  let largest = 0;
  let total = 0;
  const size = 5_000_000;
  const payload: Content = {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      largest = Math.max(largest, bytes.length);
      total += bytes.length;
      return bytes;
    },
  };
  const { image } = encodeUImage({ type: "kernel", arch: "arm", payload });
  if (!image) throw new Error("no image");
  expect(total).toBe(size);
  expect(readUImage(image).problems).toEqual([]);
  expect(total).toBe(2 * size);
  expect(largest).toBeLessThanOrEqual(1 << 18);
});
