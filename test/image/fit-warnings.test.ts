// What mkimage since v2026.10 and dtc refuse in a source, and what a FIT is made in spite of.
import { describe, expect, it } from "vitest";
import { contentOf, encodeFit, readFit, readItsText, storeTree } from "../../src/image/index.js";
import { signingWith } from "./fit-bench.js";

interface Parts {
  readonly kernel?: string;
  readonly name?: string;
  readonly chosen?: string;
  readonly body?: string;
  readonly signature?: string;
}

const node = (name: string, type: string) =>
  `${name} { description = "x"; data = "DATA"; type = "${type}"; arch = "arm64"; os = "linux";
    compression = "none"; load = <0x80000>; entry = <0x80000>; hash-1 { algo = "sha256"; }; };`;

const source = ({
  kernel = "k",
  name = "c",
  chosen = "c",
  body,
  signature = "",
}: Parts) => `/dts-v1/;
/ { description = "x"; images { ${node(kernel, "kernel")} ${node("f", "flat_dt")} ${node("r", "ramdisk")} };
  configurations { default = "${chosen}"; ${name} { description = "c";
    ${body ?? `kernel = "${kernel}"; fdt = "f"; ramdisk = "r";`} ${signature} }; }; };`;

const sign = (more = "") =>
  `signature-1 { algo = "sha256,rsa2048"; key-name-hint = "dev"; ${more} };`;

/** What is said of a FIT of `parts`: of its source, while it is made, or in spite of which it is made. */
function said(parts: Parts, signing = false): string[] {
  const { tree, problems } = readItsText(source(parts));
  if (!tree) return problems.map(({ message }) => message);
  const options = signing ? { signing: signingWith("sha256,rsa2048") } : {};
  const fit = encodeFit(storeTree(tree), options);
  if (!fit.image) return fit.problems.map(({ path, message }) => `${path}: ${message}`);
  return fit.warnings.map(({ path, message }) => `warning: ${path}: ${message}`);
}

describe("is refused", () => {
  it.each<[string, Parts, string | RegExp]>([
    ["a default that is not there", { chosen: "d" }, /default configuration d is not there/],
    ["the default's name in other case", { chosen: "C" }, /default configuration C/],
    ["an empty default", { chosen: "" }, /default configuration {2}is not there/],
    [
      "a kernel that is not there",
      { body: 'kernel = "x";' },
      /c: kernel = x, but there is no such/,
    ],
    ["one of several trees", { body: 'kernel = "k"; fdt = "f", "g";' }, /fdt = g/],
    ["a ramdisk", { body: 'kernel = "k"; ramdisk = "rd";' }, /ramdisk = rd/],
    ["loadables", { body: 'kernel = "k"; loadables = "f", "atf";' }, /loadables = atf/],
    ["firmware", { body: 'firmware = "fw";' }, /firmware = fw/],
    ["a script", { body: 'script = "s";' }, /script = s/],
    ["an fpga", { body: 'kernel = "k"; fpga = "b";' }, /fpga = b/],
    ["a name with an address that is another", { kernel: "k@1", body: 'kernel = "k@2";' }, /k@2/],
    ["a # in a name", { kernel: "k#1" }, "the node k#1 has a # in its name"],
    ["a * in a name", { kernel: "k*" }, "the node k* has a * in its name"],
    ["a ? in a name", { kernel: "k?" }, "the node k? has a ? in its name"],
    ["a # in that of a configuration", { name: "c#1", chosen: "c#1" }, "the node c#1 has a #"],
    ["two @", { kernel: "k@1@2" }, "the node k@1@2 has more than one @"],
  ])("%s", (_, parts, expected) => {
    const found = said(parts);
    expect(found).toHaveLength(1);
    if (typeof expected === "string") expect(found[0]).toContain(expected);
    else expect(found[0]).toMatch(expected);
  });
});

describe("is refused, with what to do", () => {
  it("hashes for dm-verity", () => {
    const kernel = `k { description = "k"; data = "K"; type = "filesystem"; dm-verity { algo = "sha256"; }; }`;
    const { tree } = readItsText(`/dts-v1/; / { description = "x"; images { ${kernel}; }; };`);
    expect(tree && encodeFit(storeTree(tree)).problems).toMatchObject([
      { code: "image-verity", path: "/images/k", message: expect.stringContaining("with -E") },
    ]);
    const done = readItsText(
      `/dts-v1/; / { description = "x"; images { ${kernel.replace("algo =", "digest = <1>; algo =")}; }; };`,
    );
    expect(done.tree && encodeFit(storeTree(done.tree)).problems).toEqual([]);
  });

  it("a key that mkimage knows, and no U-Boot", () => {
    const signature = sign().replace("rsa2048", "secp521r1");
    expect(said({ signature }, true)).toEqual([expect.stringContaining("take ecdsa384")]);
  });
});

describe("is made", () => {
  it("with a warning of the key of a pre-load header, where it is signed", () => {
    const wants = readItsText("/dts-v1/; / { image { pre-load { sig { }; }; }; };").tree;
    const { tree } = readItsText(source({ body: 'kernel = "k"; fdt = "f";', signature: sign() }));
    if (!wants || !tree) throw new Error("no tree");
    const control = { tree: storeTree(wants), totalSize: 8192 };
    const codes = (options: object) => {
      const made = encodeFit(storeTree(tree), { control, ...options });
      return made.image && made.warnings.map(({ code }) => code);
    };
    expect(codes({ signing: signingWith("sha256,rsa2048") })).toEqual(["pre-load-key"]);
    expect(codes({})).toEqual([]);
  });

  it.each<[string, Parts]>([
    ["as it should be", {}],
    ["a name without its address", { name: "c@1", body: 'kernel = "k";' }],
    ["names with , . _ + -", { kernel: "k,1.0_a+b-c" }],
    ["another property with a name that is none", { body: 'kernel = "k"; vendor = "x";' }],
    ["an empty kernel", { body: 'kernel = "";' }],
    ["an empty configuration", { body: "" }],
  ])("%s", (_, parts) => {
    expect(said(parts).filter((line) => !line.includes("with an @"))).toEqual([]);
  });

  it.each<[string, Parts, RegExp]>([
    [
      "an image",
      { kernel: "k@1" },
      /^warning: \/images\/k@1: .* refuses names with an @: write a -/,
    ],
    ["a configuration", { name: "c@1", chosen: "c@1" }, /configurations\/c@1: .*@: write/],
    ["both", { kernel: "k@1", name: "c@1", chosen: "c" }, /k@1: .*@ \(and 1 more\)/],
  ])("with a warning of an @ in the name of %s", (_, parts, expected) => {
    expect(said(parts)).toEqual([expect.stringMatching(expected)]);
  });

  it.each<[string, Parts, string]>([
    ["by default", { signature: sign() }, "ramdisk = r"],
    ["with a list", { signature: sign('sign-images = "kernel", "fdt";') }, "ramdisk = r"],
    [
      "with the kernel alone",
      { signature: sign('sign-images = "kernel";') },
      "fdt = f, ramdisk = r",
    ],
    [
      "with loadables",
      {
        body: 'kernel = "k"; loadables = "f", "r";',
        signature: sign('sign-images = "kernel";'),
      },
      "loadables = f, loadables = r",
    ],
    [
      "with a property of one's own",
      { body: 'kernel = "k"; extra = "r";', signature: sign('sign-images = "kernel";') },
      "extra = r",
    ],
  ])("with a warning where the signature leaves an image out: %s", (_, parts, what) => {
    const path = "/configurations/c/signature-1";
    expect(said(parts, true)).toEqual([
      expect.stringContaining(
        `warning: ${path}: it does not cover ${what}: U-Boot before v2026.04`,
      ),
    ]);
    expect(said(parts)).toEqual([]);
  });

  it("without one where everything is signed", () => {
    expect(said({ signature: sign('sign-images = "kernel", "fdt", "ramdisk";') }, true)).toEqual(
      [],
    );
    const body = 'kernel = "k"; fdt = "f";';
    expect(said({ body, signature: sign() }, true)).toEqual([]);
    const at = { kernel: "k@1", body: 'kernel = "k"; fdt = "f";', signature: sign() };
    expect(said(at, true).filter((line) => line.includes("cover"))).toEqual([]);
  });
});

it("takes a name without address for the node that has one, as libfdt does", () => {
  const { tree } = readItsText(
    source({ kernel: "k@1", name: "c@1", chosen: "c", body: 'kernel = "k";' }),
  );
  const { image } = encodeFit(
    storeTree(
      tree ?? { root: { name: "", properties: [], children: [] }, reservations: [], bootCpu: 0 },
    ),
  );
  const codes = readFit(image ?? contentOf(new Uint8Array(0))).problems.map(({ code }) => code);
  expect(codes).toEqual(["no-timestamp", "at-in-name", "at-in-name"]);
});
