// What payloads are recognised as: files that the formats' own tools made. Each test needs the one it
// names; device trees need dtc.
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contentOf,
  describePayload,
  identify,
  identifyInside,
  walkFdt,
} from "../../../src/image/index.js";
import { bytes, image } from "../../image/bytes.js";
import { find, have } from "../../tools/tools.js";

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
