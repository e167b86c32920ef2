// Device tree source: the same bytes as dtc, the same mistakes, and back again.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  type Content,
  contentOf,
  type DeviceTree,
  encodeFdt,
  type FdtNode,
  readFdt,
  readIts,
  readItsText,
  writeIts,
} from "../../../src/image/index.js";
import {
  filesIn,
  inputs,
  scratch,
  treeOf,
  vectorSource,
  writeInputs,
} from "../../image/fit-bench.js";
import { have, run } from "../../tools/tools.js";

const folder = scratch();
writeInputs(folder);

/** What dtc makes of `source`; undefined when it refuses it. */
function dtc(source: string): Buffer | undefined {
  writeFileSync(join(folder, "in.dts"), source);
  const args = ["-q", "-q", "-I", "dts", "-O", "dtb", "-o", "out.dtb", "in.dts"];
  const { status } = run("dtc", args, { cwd: folder });
  return status === 0 ? readFileSync(join(folder, "out.dtb")) : undefined;
}

const root = (body: string) => `/dts-v1/; / { ${body} };`;

/** What is good, with what it is about. */
const good: Readonly<Record<string, string>> = {
  "nothing at all": root(""),
  "the vectors' source": vectorSource,
  strings: root('a = "x", "", "y\\n\\t\\"\\\\"; b = "a\\x41\\102\\e"; c = "Grüße";'),
  cells: root("a = <1 0x2 0XfF 010>, <>; b = <0xffffffffUL 'a' '\\n' '\\'' (-1)>;"),
  arithmetic: root(
    "a = <(1 + 2 * 3) (7 / 2 % 2) (1 << 4 >> 1) (~0 & 0xff | 1 ^ 3) (1 < 2 && 2 >= 2 || 0) (1 ? 2 : 3) (!5) (1 == 1) (3 != 3)>;",
  ),
  "64 bits": root(
    "a = /bits/ 64 <0xffffffffffffffff (-1) 5>, /bits/ 8 <1 255 (-1)>, /bits/ 16 <3>;",
  ),
  bytes: root("a = [00 1122 ff]; b = []; c = [ab]; d;"),
  references: root('l: a { m: b@1 { x = &l; y = <&m &{/a} 3>; }; }; c { z = &{/a/b@1}, "s"; };'),
  "a reference to itself": root("l: a { phandle = <&l>; }; m: b { x = <&m>; };"),
  "phandles that are taken": root(
    "a { phandle = <1>; }; b { linux,phandle = <2>; }; l: c { }; d { x = <&l>; };",
  ),
  "labels everywhere": root(
    "a = l1: <l2: 1 l3: 2 l4:> l5:, l6: [l7: 00 l8:]; l9: l10: n { l11: p; };",
  ),
  comments: '/* a */ /dts-v1/ /* b */; // c\n/ /**/ { a /***/ = /* "x" */ <1>; };',
  "line marks": '# 1 "a.c"\n#line 7 "b.c"\n/dts-v1/;\n# 3 "x" 2\n/ { };',
  "strange names": root("a,b._+*#?-c = <1>; \\nam = <2>; 1 = <3>; n@1,2 { };"),
  "names that end others": root('compatible = "x"; tible = "y"; b { e; le; compatible; };'),
  merging: `${root("a { x = <1>; y = <2>; b { }; }; p = <1>;").replace("a {", "p = <1>; a {").replace("p = <1>; };", "};")}
    / { p = <2>; q; a { y = "new"; z; b { c { }; }; }; };`,
  "merging by label": `${root("l: a { x = <1>; };")} &l { x = <2>; y; }; m: &{/a} { z = <&m>; };`,
  deleting: `${root("x; y; a { }; b { c { }; };")}
    / { /delete-property/ x; /delete-node/ a; b { /delete-node/ c; }; };`,
  "deleting and bringing back": `${root("x = <1>; y; a { p; };")}
    / { /delete-property/ x; /delete-node/ a; }; / { x = <2>; a { q; }; };`,
  "deleting by label": `${root("l: a { }; b { };")} /delete-node/ &l;`,
  "nodes for a reference only": `${root("/omit-if-no-ref/ l: a { }; /omit-if-no-ref/ m: b { }; c { x = <&m>; };")}`,
  reservations:
    "/dts-v1/; /memreserve/ 0x1000 0x2000; l: /memreserve/ 0xffffffff00000000 (1+1); / { };",
  "a name that says nothing": root('a { name = "a"; x; };'),
  "the first processor": root("cpus { cpu@3 { reg = <3>; }; };"),
  "a file and a part of it": root(
    'a = /incbin/("a.txt"), "x"; b = /incbin/("big.bin", 3, 10); c = /incbin/("a.txt", 2, 999);',
  ),
};

/** What is refused, by dtc too, with the problem. */
const bad: readonly [what: string, source: string, code: string, place: string][] = [
  ["no version", "/ { };", "its-syntax", "1:1"],
  ["no semicolon", root("a = <1> b;"), "its-syntax", "1:23"],
  ["a property after a node", root("a { };\n b;"), "its-syntax", "2:2"],
  ["an open comment", "/dts-v1/; / { }; /* x", "its-syntax", "1:19"],
  ["an open string", root('a = "x;'), "its-syntax", "1:19"],
  ["half a byte", root("a = [123];"), "its-syntax", "1:23"],
  ["a number that is too long", root("a = <0x1ffffffffffffffff>;"), "its-syntax", "1:20"],
  ["a cell that is too long", root("a = <0x1ffffffff>;"), "its-value", "1:20"],
  ["elements of 24 bits", root("a = /bits/ 24 <1>;"), "its-value", "1:19"],
  ["a division by zero", root("a = <(1 / 0)>;"), "its-syntax", "1:21"],
  ["a name that is another's", root('a { name = "b"; };'), "its-value", "1:19"],
  ["two properties", root("a; a;"), "its-duplicate", "1:18"],
  ["two nodes", root("a { }; a { };"), "its-duplicate", "1:22"],
  ["two labels", root("l: a { }; l: b { };"), "its-duplicate", "1:25"],
  ["a reference to nothing", root("a = <&l>;"), "its-reference", "1:20"],
  ["a path to nothing", root("a = &{/x};"), "its-reference", "1:19"],
  ["merging into nothing", `${root("")} &l { };`, "its-reference", "1:19"],
  ["a property with an @", root("a@1 = <1>;"), "its-name", "1:15"],
  ["a node with two @", root("a@1@2 { };"), "its-name", "1:15"],
  ["two phandles", root("a { phandle = <1>; }; b { phandle = <1>; };"), "its-value", "1:41"],
  ["a file that is not there", root('a = /incbin/("nowhere");'), "its-file", "1:19"],
  ["an included file that is not there", '/dts-v1/;\n /include/ "nowhere"', "its-include", "2:2"],
];

describe("reads what dtc reads", () => {
  it.runIf(have("dtc")).each(Object.entries(good))("%s", (_, source) => {
    writeFileSync(join(folder, "in.dts"), source);
    const file = { name: "in.dts", content: contentOf(readFileSync(join(folder, "in.dts"))) };
    const { tree, problems } = readIts(file, filesIn(folder));
    expect(problems).toEqual([]);
    if (tree) expect(Buffer.from(bytesOf(encodeFdt(tree)))).toEqual(dtc(source));
  });

  it.each(bad)("not %s", (_, source, code, place) => {
    const { tree, problems } = readItsText(source);
    expect(tree).toBeUndefined();
    expect(problems[0]).toMatchObject({ code });
    expect(`${problems[0]?.line}:${problems[0]?.column}`).toBe(place);
  });

  it.runIf(have("dtc"))("and dtc refuses the same", () => {
    for (const [what, source] of bad) expect(dtc(source), what).toBeUndefined();
  });

  it("what is included, and says where a mistake in it is", () => {
    mkdirSync(join(folder, "sub"), { recursive: true });
    const files = {
      "sub/part.dtsi": '/include/ "deep.dtsi"\n a = "/include/ no"; // /include/ "x"\n',
      "deep.dtsi": "d = <1>;",
      "wrong.dtsi": "/* one\ntwo */ a = ;",
    };
    const good = readItsText('/dts-v1/; / { /include/ "sub/part.dtsi" };', files);
    expect(good.tree?.root.properties.map(({ name }) => name)).toEqual(["d", "a"]);
    const wrong = readItsText('/dts-v1/; / {\n /include/ "wrong.dtsi" };', files);
    expect(wrong.problems).toMatchObject([{ file: "wrong.dtsi", line: 2, column: 12 }]);
    const loop = readItsText('/dts-v1/; /include/ "a"', { a: '/include/ "a"' });
    expect(loop.problems[0]).toMatchObject({ code: "its-include" });
  });

  it("gives up on endless levels instead of failing", () => {
    for (const deep of [`a = <${"(".repeat(1e5)}1>;`, "a {".repeat(1e5)]) {
      expect(readItsText(root(deep)).problems[0]?.code).toBe("its-syntax");
    }
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9,._+-]{0,8}$/);
const value: fc.Arbitrary<Content> = fc
  .oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ maxLength: 12 }).map((text) => new TextEncoder().encode(`${text}\0`)),
  )
  .map((bytes) => contentOf(Uint8Array.from(bytes)));
const properties = fc
  .uniqueArray(fc.record({ name, value }), { maxLength: 5, selector: (one) => one.name })
  // Names that dtc and we give a meaning.
  .map((list) => list.filter((one) => !["name", "phandle", "reg"].includes(one.name)));
const { node } = fc.letrec<{ node: FdtNode }>((tie) => ({
  node: fc.record({
    name,
    properties,
    children: fc.oneof(
      { maxDepth: 3 },
      fc.constant<FdtNode[]>([]),
      fc.uniqueArray(tie("node"), { maxLength: 3, selector: (child) => child.name }),
    ),
  }),
}));
const trees: fc.Arbitrary<DeviceTree> = fc.record({
  root: node.map((one) => ({ ...one, name: "" })),
  reservations: fc.array(
    fc.record({ address: fc.bigInt(0n, 2n ** 64n - 1n), size: fc.bigInt(1n, 2n ** 64n - 1n) }),
    { maxLength: 2 },
  ),
  bootCpu: fc.constant(0),
});

describe("writes", () => {
  it("what it reads back to the same bytes", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { tree: again } = readItsText(writeIts(tree));
        expect(again && bytesOf(encodeFdt(again))).toEqual(bytesOf(encodeFdt(tree)));
      }),
    );
  });

  it.runIf(have("dtc"))("what dtc reads to the same bytes", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(dtc(writeIts(tree))).toEqual(Buffer.from(bytesOf(encodeFdt(tree))));
      }),
      { numRuns: 30 },
    );
  });

  it("payloads as files, if they are given names", () => {
    const include = (path: string) =>
      path.endsWith("/data") ? `${path.split("/")[2]}.bin` : undefined;
    const text = writeIts(treeOf(vectorSource), { include });
    expect(text).toContain('data = /incbin/("kernel-1.bin");');
    expect(text).toContain("load = <0x80000>;");
    expect(text).toContain('sign-images = "kernel", "fdt", "script";');
  });
});

describe("stored trees", () => {
  it("are read back to what they were", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const bytes = bytesOf(encodeFdt(tree));
        const { tree: read } = readFdt(contentOf(bytes));
        expect(read && bytesOf(encodeFdt(read))).toEqual(bytes);
        expect(read?.reservations).toEqual(tree.reservations);
      }),
    );
  });

  it("keep what they hold where it is", () => {
    const big = inputs["big.bin"] as Uint8Array;
    const stored = encodeFdt(treeOf(root('a = /incbin/("big.bin");')));
    const { tree } = readFdt(stored);
    const read = tree?.root.properties[0]?.value.read(0, big.length);
    expect(read).toEqual(big);
    expect(read?.buffer).toBe(big.buffer);
  });
});
