// The files that cases are made with, the same for every seed: device trees and overlays, texts of
// environments, images whole and damaged, packed data. They lie on the device's first partition.
import {
  type Content,
  cells,
  concatenate,
  contentOf,
  describeFit,
  encodeFdt,
  encodeFit,
  encodeUImage,
  type FdtNode,
  type FdtProperty,
  type FitDescription,
  gzip,
  property,
  storeTree,
  texts,
  type UImageOptions,
  wide,
  zeros,
} from "../../../../src/image/index.js";
import { content, scriptImage, files as usual } from "../../../simulator/worlds.js";
import { type Random, randomOf } from "./random.js";

const bytes = (...values: readonly number[]) => contentOf(Uint8Array.from(values));
const latin1 = (text: string) => contentOf(Uint8Array.from(Buffer.from(text, "latin1")));

/** The properties of trees, each a kind of value of its own. */
const kinds: readonly FdtProperty[] = [
  property("none"),
  property("one", cells(0x11223344)),
  property("big", cells(0xffffffff)),
  property("small", cells(7)),
  property("text", texts("hello")),
  property("texts", texts("first", "second", "the third")),
  property("empty", texts("")),
  property("empties", texts("", "x", "")),
  property("cells", cells(1, 2, 3)),
  property("many", cells(1, 2, 3, 4, 5, 6, 7, 8)),
  property("wide", wide(0x1122334455667788n)),
  property("byte", bytes(0xab)),
  property("bytes", bytes(1, 2, 3, 0xfe, 0xff)),
  property("unended", latin1("no end")),
  property("control", latin1("a\tb\n\0")),
  property("latin", latin1("caf\xe9\0")),
  property("letters", latin1("abc\0")),
  property("reg", cells(0x1000, 0x100)),
  property("compatible", texts("vendor,board", "vendor,soc")),
  property("status", texts("okay")),
  property("long", cells(...Array.from({ length: 40 }, (_, at) => at * 0x01010101))),
  property("twenty", contentOf(Uint8Array.from({ length: 20 }, (_, at) => at + 1))),
  property("#address-cells", cells(2)),
];

export const treeProperties: readonly string[] = kinds.map(({ name }) =>
  name.startsWith("#") ? `'${name}'` : name,
);

/** Nodes of all trees; what is in each differs. */
const shape: FdtNode = node("", [
  node("aliases"),
  node("a", [node("sub@1", [node("leaf")]), node("sub@2")]),
  node("b@10", [node("leaf")]),
  node("c@20000000"),
  node("dup@1"),
  node("dup@2"),
  node("chosen"),
  node("memory"),
]);

function node(name: string, children: readonly FdtNode[] = []): FdtNode {
  return { name, properties: [], children };
}

export const treePaths: readonly string[] = [
  ...["/", "/a", "/a/sub@1", "/a/sub@1/leaf", "/a/sub@2", "/b@10", "/b@10/leaf", "/c@20000000"],
  ...["/dup@1", "/dup@2", "/chosen", "/memory", "/aliases"],
];

const aliases: readonly FdtProperty[] = [
  property("al", texts("/a")),
  property("long", texts("/a/sub@1/leaf")),
  property("bad", texts("/gone")),
  property("no", cells(1)),
];

/** `shape` with some properties in each node, and without some nodes. */
function filled(random: Random, { name, children }: FdtNode): FdtNode {
  const some = kinds.filter(() => random.chance(35));
  return {
    name,
    properties: name === "aliases" ? aliases : some,
    children: children
      .filter((child) => child.name === "aliases" || random.chance(85))
      .map((child) => filled(random, child)),
  };
}

const trees = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => {
    const random = randomOf(1000 + index);
    const reservations = random.some(0, 3, () => ({
      address: BigInt(random.below(16)) * 0x100000n,
      size: BigInt(1 + random.below(3)) * 0x1000n,
    }));
    const tree = encodeFdt({ reservations, bootCpu: index, root: filled(random, shape) });
    return [`t${index}.dtb`, tree] as const;
  }),
);
export const treeNames = Object.keys(trees);

/** An overlay of one fragment for `target`, a path. */
function overlay(target: string, content: FdtNode, fixups: readonly FdtNode[] = []): Content {
  const fragment = {
    name: "fragment@0",
    properties: [property("target-path", texts(target))],
    children: [{ ...content, name: "__overlay__" }],
  };
  const root = { name: "", properties: [], children: [fragment, ...fixups] };
  return encodeFdt({ reservations: [], bootCpu: 0, root });
}

const changes: FdtNode = {
  name: "",
  properties: [property("text", texts("overlaid")), property("added", cells(5))],
  children: [{ name: "grown", properties: [property("one", cells(1))], children: [] }],
};
const fixups: FdtNode = {
  name: "__fixups__",
  properties: [property("gone", texts("/fragment@0:target:0"))],
  children: [],
};

const overlays: Readonly<Record<string, Content>> = {
  "o-root.dtbo": overlay("/", changes),
  "o-a.dtbo": overlay("/a", changes),
  "o-gone.dtbo": overlay("/gone", changes),
  "o-label.dtbo": overlay("/", changes, [fixups]),
  "o-none.dtbo": encodeFdt({ reservations: [], bootCpu: 0, root: node("") }),
  "o-no.dtbo": content("no overlay"),
};
export const overlayNames = Object.keys(overlays);

const lines: readonly string[] = [
  ...[
    "a=1\n",
    "b=two words\n",
    "a = 1\n",
    "=x\n",
    "a\n",
    "a=\n",
    "\n",
    "#c=1\n",
    " b=3\n",
    "\tc=4\n",
  ],
  ...[
    "x=1\\\n2\n",
    "x=ends\\\\\n",
    "y=a=b\n",
    "b=1\r\n",
    "a=\r\n",
    "c=\x00",
    "x=1\x00y=2\x00",
    "\x00",
  ],
  ...[
    "a=caf\xe9\n",
    "ipaddr=1.2.3\n",
    "ethaddr=zz\n",
    "y=$a ${b}\n",
    "c=last",
    "a=b;c\n",
    "  #x=1\n",
  ],
  ...["x='q'\n", "\r\n", "b\\=1\n", "a=\\\n", "y=tab\there\n", "=\n", "x= \n", "ab=1\n"],
];
const environments = Object.fromEntries(
  Array.from({ length: 80 }, (_, index) => {
    const random = randomOf(2000 + index);
    return [`e${index}`, latin1(random.some(1, 5, () => random.pick(lines)).join(""))] as const;
  }),
);
export const environmentNames = Object.keys(environments);

/** `whole` with a bit turned at `position`. */
function spoilt(whole: Content, position: number): Content {
  const copy = whole.read(0, whole.size).slice();
  copy[position] = (copy[position] ?? 0) ^ 1;
  return contentOf(copy);
}

function legacy(options: Partial<UImageOptions> & Pick<UImageOptions, "payload">): Content {
  const { image } = encodeUImage({ type: "script", arch: "arm64", ...options });
  if (!image) throw new Error("no image");
  return image;
}

function fit(description: Omit<FitDescription, "description">): Content {
  const made = describeFit({ description: "a FIT", ...description });
  const encoded = made.tree && encodeFit(storeTree(made.tree), { time: 0 });
  if (!encoded?.image) throw new Error(made.problems.map(({ message }) => message).join());
  return encoded.image;
}

const script = (name: string, text: string) => ({
  name,
  type: "script" as const,
  arch: "arm64" as const,
  compression: "none" as const,
  data: content(text),
});
const kernel = {
  name: "kernel",
  type: "kernel",
  arch: "arm64",
  os: "linux",
  compression: "none",
  load: 0x80000,
  entry: 0x80000,
  data: content("no code"),
} as const;
const flatTree = { name: "fdt", type: "flat_dt", arch: "arm64", compression: "none" } as const;

const one = scriptImage("echo one; true");
const fits = {
  "f-plain.itb": fit({ images: [script("one", "echo one\n"), script("two", "echo two; false\n")] }),
  "f-default.itb": fit({
    images: [script("one", "echo one\n"), script("two", "echo two\n")],
    script: "two",
  }),
  "f-conf.itb": fit({
    images: [script("one", "echo one\n"), script("two", "echo two\nfalse\n")],
    configurations: [
      { name: "first", script: "one" },
      { name: "second", description: "the second", script: "two" },
    ],
    default: "second",
  }),
  "f-kernel.itb": fit({
    images: [
      { ...kernel, description: "a kernel" },
      { ...flatTree, data: encodeFdt({ reservations: [], bootCpu: 0, root: node("") }) },
      {
        name: "ramdisk",
        type: "ramdisk",
        os: "linux",
        arch: "arm64",
        data: content("initrd"),
        hashes: ["crc32", "sha1"],
      },
      { ...script("extra", "echo extra"), hashes: ["md5", "sha512"] },
    ],
    configurations: [{ name: "conf-1", kernel: "kernel", fdt: ["fdt"], ramdisk: "ramdisk" }],
  }),
};

const images: Readonly<Record<string, Content>> = {
  ...fits,
  "f-damaged.itb": spoilt(
    fits["f-conf.itb"],
    Buffer.from(fits["f-conf.itb"].read(0, 4096)).indexOf("echo two") + 2,
  ),
  "f-cut.itb": contentOf(fits["f-conf.itb"].read(0, 200)),
  "s-one.img": one,
  "s-named.img": legacy({
    name: "named",
    payload: content("echo named\nfalse\n"),
    time: 1_700_000_000,
  }),
  "s-several.img": legacy({ payload: [content("echo first"), content("second"), content("x")] }),
  "s-empty.img": legacy({ payload: [] }),
  "s-data.img": spoilt(one, 76),
  "s-header.img": spoilt(one, 20),
  "s-magic.img": spoilt(one, 0),
  "s-cut.img": contentOf(one.read(0, 70)),
  "k.img": legacy({
    type: "kernel",
    load: 0x80000,
    payload: content("no code"),
    compression: "gzip",
    os: "linux",
  }),
  "k-arm.img": legacy({
    type: "kernel",
    arch: "arm",
    load: 0x8000,
    entry: 0x8040,
    payload: content("no code"),
  }),
  "m.img": legacy({ type: "multi", payload: [content("first part"), content("second"), zeros(5)] }),
  "r.img": legacy({ type: "ramdisk", payload: content("initrd"), name: "x".repeat(40) }),
  "n.img": legacy({ type: "kernel_noload", payload: content("k"), compression: "lz4" }),
  "w.img": legacy({ type: "firmware", os: "u-boot", payload: content("firmware") }),
};
export const imageNames = [...Object.keys(images), "text", "t0.dtb"];

const text = content(`hello world\0${"0123456789abcdef".repeat(30)}`);
const noise = contentOf(Uint8Array.from({ length: 700 }, (_, at) => (at * 73 + (at >> 3)) & 0xff));
const packed: Readonly<Record<string, Content>> = {
  "text.gz": gzip(text),
  "noise.gz": gzip(concatenate([noise, noise, noise])),
  "spoilt.gz": spoilt(gzip(text), 14),
  "sum.gz": spoilt(gzip(text), gzip(text).size - 6),
};
export const packedNames = [...Object.keys(packed), "text"];

/** Every file by its name. */
export const pool: Readonly<Record<string, Content>> = {
  ...{ ...trees, ...overlays, ...environments, ...images, ...packed },
  ...{ text, noise, zeros: zeros(300), empty: zeros(0) },
  ...{
    "sub/other": content("another file"),
    "sub/deep/file": content("deep"),
    "Mixed Case.txt": content("mixed"),
  },
  big: usual.big as Content,
};
