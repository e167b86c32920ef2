// FITs: the bytes of mkimage 2023.01, with everything that its options move.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  autoFit,
  bytesOf,
  contentOf,
  encodeFdt,
  encodeFit,
  type FitOptions,
  readFdt,
  readFit,
  reopenFit,
  storeTree,
} from "../../../src/image/index.js";
import {
  fitOf,
  inputs,
  scratch,
  TIME,
  treeOf,
  vectorSource,
  writeInputs,
} from "../../image/fit-bench.js";
import { have } from "../../tools/tools.js";
import { mkimageFit } from "./mkimage-fit.js";

const folder = scratch();
writeInputs(folder);

describe("the bytes that mkimage writes at 1700000000 s", () => {
  it.each([
    [{}, 2197, "e0b4dcf0d06d3afab20d56bc656a01bef07aa5e57e010f15100415ba05ad45b3"],
    [{ external: {} }, 1408, "deffa3e4deb3b4af367100998041563c87c94257d5ad0a8e39937b523f21e18e"],
    [
      { external: { position: 0x1000 } },
      4284,
      "3c86b9b402c10dfe3b55041a5442d0cedd0806513ac86f74e0bd752164711809",
    ],
    [
      { external: { alignment: 0x100 } },
      2048,
      "c569dcb049e47a6555e86e1b8143b7f9ec8074ec1954ec8f118f49e2a326b73a",
    ],
  ])("%o", (options: FitOptions, size, sha256) => {
    const { image } = fitOf(vectorSource, { time: TIME, ...options });
    expect(image.length).toBe(size);
    expect(createHash("sha256").update(image).digest("hex")).toBe(sha256);
  });
});

const image = (name: string, body: string) => `${name} { ${body} };`;
const fit = (images: string, rest = "") =>
  `/dts-v1/; / { description = "x"; images { ${images} }; ${rest} };`;
const kernel =
  'type = "kernel"; arch = "arm"; os = "linux"; compression = "gzip"; load = <0 0x80000>; entry = <0x80000>;';
const hashes = ["crc32", "md5", "sha1", "sha256", "sha384", "sha512"];
const hashNodes = hashes.map((algo, index) => `hash-${index} { algo = "${algo}"; };`).join(" ");

const sources: Readonly<Record<string, string>> = {
  "one image without hash": fit(image("a", 'data = "aaaa";')),
  "every hash": fit(image("k", `data = /incbin/("big.bin"); ${kernel} ${hashNodes}`)),
  "a hash that has a value already": fit(
    image("k", 'data = [01 02 03]; hash { value = [00]; algo = "sha1"; };'),
  ),
  "an empty image": fit(image("k", 'data; hash { algo = "sha256"; };')),
  "images of odd lengths": fit(
    ["a", "big", "three", "disk"]
      .map((name) =>
        image(
          name,
          `data = /incbin/("${name}.${name === "a" ? "txt" : "bin"}"); hash { algo = "crc32"; };`,
        ),
      )
      .join(" "),
  ),
  "a tree with overlays, loadables and several configurations": fit(
    [
      image("k", `data = /incbin/("kern.bin"); ${kernel} hash-1 { algo = "sha256"; };`),
      image(
        "d",
        'data = /incbin/("t.dtb"); type = "flat_dt"; load = <0x1000>; hash-1 { algo = "sha1"; };',
      ),
      image(
        "o1",
        'data = /incbin/("t.dtb"); type = "flat_dt"; load = <0x2000>; hash-1 { algo = "md5"; };',
      ),
      image("o2", 'data = /incbin/("t.dtb"); type = "flat_dt"; load = <0x3000>;'),
      image(
        "r",
        'data = /incbin/("disk.bin"); type = "ramdisk"; os = "linux"; hash-1 { algo = "crc32"; };',
      ),
      image(
        "l",
        'data = /incbin/("three.bin"); type = "loadable"; load = <0x4000>; phase = "spl";',
      ),
    ].join(" "),
    `configurations { default = "c1";
      c1 { kernel = "k"; fdt = "d", "o1", "o2"; ramdisk = "r"; loadables = "l"; compatible = "acme,board", "acme,x"; };
      c2 { kernel = "k"; fdt = "d"; }; };`,
  ),
  "data that comes first in its image": fit(
    image("a", 'compression = "none"; data = /incbin/("a.txt"); type = "script";'),
  ),
  "configurations before images":
    '/dts-v1/; / { description = "x"; configurations { default = "c"; c { kernel = "k"; }; }; images { k { data = "k"; hash { algo = "md5"; }; }; }; };',
  "memory reservations": `/dts-v1/; /memreserve/ 0x1000 0x2000; ${fit(image("a", 'data = "aaaa"; hash { algo = "md5"; };')).slice(9)}`,
  "fifty images": fit(
    Array.from({ length: 50 }, (_, index) =>
      image(`i${index}`, `data = /incbin/("disk.bin"); hash-1 { algo = "sha512"; };`),
    ).join(" "),
  ),
};

const flags: readonly [string, FitOptions][] = [
  ["", {}],
  ["-E", { external: {} }],
  ["-E -B 8", { external: { alignment: 8 } }],
  ["-E -B 40", { external: { alignment: 0x40 } }],
  ["-E -B 200", { external: { alignment: 0x200 } }],
  ["-E -B 1000", { external: { alignment: 0x1000 } }],
  ["-E -p 8000", { external: { position: 0x8000 } }],
  ["-E -p 20001 -B 10", { external: { position: 0x20001, alignment: 0x10 } }],
];

describe.runIf(have("mkimage", "dtc"))("the same bytes as mkimage", () => {
  describe.each(Object.entries(sources))("%s", (_, source) => {
    it.each(flags)("%s", (text, options) => {
      const theirs = mkimageFit(
        folder,
        source,
        text.split(" ").filter((flag) => flag !== ""),
      );
      expect(theirs.said).toBeUndefined();
      expect(
        fitOf(source, { time: TIME, ...options }).image.equals(theirs.image ?? Buffer.of()),
      ).toBe(true);
    });
  });

  it.each([
    ["no image has data", fit("a { };"), [], "image-no-data"],
    [
      "it has no description",
      '/dts-v1/; / { images { a { data = "a"; }; }; };',
      [],
      "fit-no-description",
    ],
    ["a hash has no algo", fit('a { data = "a"; hash { }; };'), [], "hash-algo"],
    ["a hash is unknown", fit('a { data = "a"; hash { algo = "sha3"; }; };'), [], "hash-algo"],
    ["there are no images", '/dts-v1/; / { description = "x"; };', [], "fit-no-images"],
    ["the data would begin in the tree", vectorSource, ["-E", "-p", "40"], "external-position"],
  ])("and none when %s", (_, source, args, code) => {
    expect(mkimageFit(folder, source, args).said).toBeTypeOf("string");
    const external = args.length > 0 ? { external: { position: 0x40 } } : {};
    const { image, problems } = encodeFit(storeTree(treeOf(source)), { time: TIME, ...external });
    expect(image).toBeUndefined();
    expect(problems[0]?.code).toBe(code);
  });
});

describe("a FIT that is made anew", () => {
  const anew = (file: Buffer, options: FitOptions) => {
    const found = readFit(contentOf(file));
    if (!found.tree) throw new Error("no tree");
    const tree = reopenFit({ ...found, tree: found.tree }, options.external !== undefined);
    const { image } = encodeFit(tree, options);
    return image && Buffer.from(bytesOf(image));
  };

  it("is the same again", () => {
    for (const options of [{ time: TIME }, { time: TIME, external: {} }]) {
      const { image } = fitOf(vectorSource, options);
      // Without slack, which only those need that had no hashes before.
      const again = readFdt(contentOf(anew(image, options) ?? Buffer.of()));
      const before = readFdt(contentOf(image));
      if (!again.tree || !before.tree) throw new Error("no tree");
      expect(bytesOf(encodeFdt(again.tree))).toEqual(bytesOf(encodeFdt(before.tree)));
    }
  });

  it.each([{}, { external: {} }, { external: { position: 0x2000 } }])("has its data, %o", (to) => {
    for (const from of [{}, { external: {} }, { external: { position: 0x2000 } }]) {
      const file = anew(fitOf(vectorSource, { time: TIME, ...from }).image, { time: TIME, ...to });
      const { images, problems } = readFit(contentOf(file ?? Buffer.of()));
      expect(problems.filter(({ severity }) => severity === "damage")).toEqual([]);
      expect(images.map(({ data }) => data && Uint8Array.from(bytesOf(data)))).toEqual(
        ["kern.bin", "t.dtb", "a.txt"].map((name) => inputs[name]),
      );
    }
  });

  it("has the hashes of what is in it now", () => {
    const { image } = fitOf(vectorSource);
    const at = image.indexOf("KERNELDATA!");
    image.write("kerneldata?", at);
    const file = anew(image, {});
    expect(file?.includes(createHash("sha256").update("kerneldata?").digest())).toBe(true);
  });
});

it("data is read where it is, twice and in pieces", () => {
  const size = 1 << 30;
  let [calls, most] = [0, 0];
  const data = {
    size,
    read(_: number, length: number) {
      calls += 1;
      most = Math.max(most, length);
      return new Uint8Array(0);
    },
  };
  const tree = autoFit({
    ...{ type: "kernel", arch: "arm64", os: "linux", compression: "none", load: 0, entry: 0 },
    ...{ description: "", data, trees: [] },
  } as const);
  const { image } = encodeFit(tree, { external: {} });
  expect(image?.size).toBeGreaterThan(size);
  expect(calls).toBeLessThan(size / 2 ** 18 + 3);
  expect(most).toBe(2 ** 18);
});
