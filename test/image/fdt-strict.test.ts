// Trees that U-Boot refuses or takes for something else: marks around the root, names that are paths, the
// first node that answers to a name, and signatures of too many nodes.
import { describe, expect, it } from "vitest";
import { fdtHeader, readFdtHeader } from "../../src/image/fdt/fdt.js";
import {
  bytesOf,
  contentOf,
  encodeFdt,
  type FdtNode,
  readFdt,
  readFit,
  verifyFit,
} from "../../src/image/index.js";
import { controlTree, fitOf, signedSource, signingWith, TIME, treeOf } from "./fit-bench.js";

const NOP = [0, 0, 0, 4];

/** `tree` with `words` put into its structure block, so many bytes from its start or, below 0, its end. */
function withWords(tree: Uint8Array, at: number, words: readonly number[]): Uint8Array {
  const header = readFdtHeader(contentOf(tree));
  if (!header) throw new Error("no tree");
  const { structureOffset: start, structureSize: size } = header;
  const place = at < 0 ? start + size + at : start + at;
  const changed = fdtHeader.encode({
    ...header,
    totalSize: header.totalSize + words.length,
    structureSize: size + words.length,
    stringsOffset: header.stringsOffset + words.length,
  });
  const rest = tree.subarray(fdtHeader.size, place);
  return Uint8Array.from([...changed, ...rest, ...words, ...tree.subarray(place)]);
}

const tree = bytesOf(
  encodeFdt(treeOf('/dts-v1/; / { description = "x"; images { a { data = "A"; }; }; };')),
);

describe("a mark that says nothing", () => {
  it.each([
    ["before the root", 0, NOP, "fdt-nesting"],
    ["twice before the root", 0, [...NOP, ...NOP], "fdt-nesting"],
    ["after the root", -4, NOP, "fdt-nesting"],
    ["twice after the root", -4, [...NOP, ...NOP], "fdt-nesting"],
    ["after the root's beginning", 8, NOP, undefined],
    ["before the root's end", -8, NOP, undefined],
    ["of a number that is none", 8, [0, 0, 0, 5], "fdt-mark"],
  ] as const)("%s", (_, at, words, code) => {
    const changed = withWords(tree, at, words);
    expect(readFdt(contentOf(changed)).problem?.code).toBe(code);
    expect(readFit(contentOf(changed)).tree === undefined).toBe(code !== undefined);
  });

  it("and a second root", () => {
    const root = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2];
    expect(readFdt(contentOf(withWords(tree, -4, root))).problem?.code).toBe("fdt-nesting");
  });
});

/** A signed FIT of `source`, and the control tree with its key. */
function signed(source = signedSource({ algorithm: "sha256,rsa2048" })) {
  const { image, control } = fitOf(source, {
    ...{ time: TIME, control: controlTree(4096) },
    signing: signingWith("sha256,rsa2048", { required: true }),
  });
  return { image: contentOf(image), control: control ?? Buffer.of() };
}

/** The verdict about the first configuration, with a control tree of these nodes. */
function verdict(image: Uint8Array, nodes: (key: FdtNode) => readonly FdtNode[]) {
  const { tree: control } = readFdt(contentOf(signed().control));
  const key = control?.root.children.find(({ name }) => name === "signature");
  if (!control || !key) throw new Error("no key");
  const root = { ...control.root, children: nodes(key) };
  const keys = encodeFdt({ root, reservations: [], bootCpu: 0 });
  return verifyFit(contentOf(image), keys).configurations[0]?.verdict;
}

describe("the keys are in the first node that answers to signature", () => {
  const empty = (name: string): FdtNode => ({ name, properties: [], children: [] });
  const unsigned = fitOf(signedSource({ algorithm: "sha256,rsa2048" })).image;

  it.each<[string, (key: FdtNode) => readonly FdtNode[], "boots" | "refused"]>([
    ["alone", (key) => [key], "refused"],
    ["named signature@1", (key) => [{ ...key, name: "signature@1" }], "refused"],
    ["after signature@1 with none", (key) => [empty("signature@1"), key], "boots"],
    ["before signature@1 with none", (key) => [key, empty("signature@1")], "refused"],
    ["after signature-1", (key) => [empty("signature-1"), key], "refused"],
    ["named signature-1", (key) => [{ ...key, name: "signature-1" }], "boots"],
  ])("%s: what is not signed %s", (_, nodes, expected) => {
    expect(verdict(unsigned, nodes)).toBe(expected);
  });
});

describe("a name with a slash", () => {
  it.each([
    ["of an image", "kernel-1", "kern/l-1"],
    ["of a configuration", "conf-1", "con/-1"],
    ["of a hash", "hash-1", "ha/h-1"],
  ])("%s is damage", (_, name, other) => {
    const bytes = Buffer.from(bytesOf(signed().image));
    // Behind the mark of a node.
    const at = bytes.indexOf(`\0\0\0\u0001${name}\0`, 0, "latin1") + 4;
    bytes.write(other, at, "latin1");
    const { problems, configurations } = verifyFit(contentOf(bytes));
    expect(problems.map(({ code }) => code)).toContain("slash-in-name");
    expect(configurations.map((one) => one.verdict)).toEqual(["refused", "refused"]);
  });
});

describe("a signature of many nodes", () => {
  const images = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => `f${index}`.padEnd(length, "x"));
  const source = (names: readonly string[]) => `/dts-v1/; / { description = "x"; images {
    ${names.map((name) => `${name} { data = "${name}"; type = "flat_dt"; compression = "none"; hash { algo = "sha256"; }; };`).join(" ")}
    k { data = "k"; type = "kernel"; arch = "arm64"; os = "linux"; compression = "none"; load = <0>; entry = <0>;
      hash { algo = "sha256"; }; }; };
    configurations { default = "c"; c { kernel = "k"; loadables = ${names.map((name) => `"${name}"`).join(", ")};
      signature { algo = "sha256,rsa2048"; key-name-hint = "dev"; sign-images = "kernel", "loadables"; }; }; }; };`;

  // "/" 2, "/configurations/c" 18, "/images/k" 10 and with "/hash" 15; each image 9 and its name, twice, and 5.
  const least = 2 + 18 + 10 + 15;
  it.each([
    [20, 20, "boots"],
    [47, 31, "boots"],
    [48, 31, "partly"],
    [48, 30, "boots"],
    [49, 30, "refused"],
    [25, 69, "boots"],
    [25, 71, "partly"],
  ])("%i images with names of %i bytes: %s", (count, length, expected) => {
    const names = images(count, length);
    const { image, control } = signed(source(names));
    const size = least + count * (2 * (9 + length) + 5);
    const nodes = 4 + 2 * count;
    expect(verifyFit(image, contentOf(control)).configurations[0]?.verdict).toBe(expected);
    expect(nodes > 100 ? "refused" : size > 4096 ? "partly" : "boots").toBe(expected);
  });
});
