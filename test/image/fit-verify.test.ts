// What U-Boot would do with a FIT: verdicts, attacks on its structure, single bits. U-Boot's own
// verifier is asked too, where it is installed: it may accept less, but nothing that we refuse rightly.
import { describe, expect, it } from "vitest";
import { fdtRegions } from "../../src/image/fdt/regions.js";
import {
  bytesOf,
  type Content,
  cells,
  contentOf,
  type FitOptions,
  fdtStrings,
  flatten,
  readFit,
  type StoredNode,
  type StoredTree,
  sizesOf,
  texts,
  verifyFit,
} from "../../src/image/index.js";
import { isQuick, some } from "../tools/runs.js";
import {
  controlTree,
  fitCheckSign,
  fitOf,
  hasFitCheckSign,
  type SignedSource,
  scratch,
  signedSource,
  signingWith,
  storedTree,
  TIME,
} from "./fit-bench.js";

const folder = scratch();
const ALGORITHM = "sha256,rsa2048";

function signed(what: Partial<SignedSource> = {}, options: FitOptions = {}) {
  const { image, control } = fitOf(signedSource({ algorithm: ALGORITHM, ...what }), {
    ...{ time: TIME, control: controlTree(4096) },
    signing: signingWith(ALGORITHM, { required: true }),
    ...options,
  });
  return { image, control: control ?? Buffer.of() };
}

const verify = (image: Uint8Array, control?: Uint8Array) =>
  verifyFit(contentOf(image), control && contentOf(control));
const verdicts = (image: Uint8Array, control?: Uint8Array) =>
  verify(image, control).configurations.map(({ name, verdict }) => `${name} ${verdict}`);

/** A tree that can be changed, and the file it becomes: names are added behind those there are. */
class Forgery {
  readonly root: StoredNode;
  private readonly tree: StoredTree;
  private readonly strings;

  constructor(private readonly file: Buffer) {
    this.tree = storedTree(file).tree;
    this.root = structuredCloneOf(this.tree.root);
    this.strings = fdtStrings(this.tree.strings);
  }

  node(path: string): Changeable {
    const names = path.split("/").filter((name) => name !== "");
    let node = this.root;
    for (const name of names) {
      const child = node.children.find((one) => one.name === name);
      if (!child) throw new Error(`no ${path}`);
      node = child;
    }
    return node as Changeable;
  }

  set(path: string, name: string, value: Content): void {
    const { properties } = this.node(path);
    const index = properties.findIndex((one) => one.name === name);
    const property = { name, nameOffset: this.strings.offsetOf(name), value };
    properties.splice(Math.max(0, index), index < 0 ? 0 : 1, property);
  }

  bytes(): Buffer {
    const tree = { ...this.tree, root: this.root, strings: this.strings.text };
    const { totalSize } = storedTree(this.file);
    const behind = this.file.subarray(Math.ceil(totalSize / 4) * 4);
    const whole = Buffer.from(bytesOf(flatten(tree, Math.ceil(sizesOf(tree).total / 4) * 4)));
    const padding = Buffer.alloc(Math.ceil(whole.length / 4) * 4 - whole.length);
    return Buffer.concat([whole, padding, behind]);
  }
}

interface Changeable {
  name: string;
  properties: StoredNode["properties"][number][];
  children: Changeable[];
}

function structuredCloneOf(node: StoredNode): StoredNode {
  return {
    ...node,
    properties: [...node.properties],
    children: node.children.map(structuredCloneOf),
  };
}

describe("a configuration", () => {
  it("boots without keys, signed or not", () => {
    expect(verdicts(signed().image)).toEqual(["conf-1 boots", "conf-2 boots"]);
    const unsigned = fitOf(signedSource({ algorithm: ALGORITHM })).image;
    expect(verdicts(unsigned)).toEqual(["conf-1 boots", "conf-2 boots"]);
    expect(verdicts(unsigned, signed().control)).toEqual(["conf-1 refused", "conf-2 refused"]);
  });

  it.skipIf(isQuick)("is refused with another key, or an unusable one", () => {
    const { image } = signed();
    const other = signed(
      { algorithm: "sha256,rsa3072" },
      {
        signing: signingWith("sha256,rsa3072", { required: true }),
      },
    ).control;
    expect(verdicts(image, other)[0]).toBe("conf-1 refused");
    for (const [name, value] of [
      ["rsa,n0-inverse", cells(1)],
      ["rsa,modulus", contentOf(new Uint8Array(256).fill(255))],
      ["rsa,num-bits", cells(1024)],
      ["algo", texts("sha512,rsa2048")],
    ] as const) {
      const forged = new Forgery(signed().control);
      forged.set("/signature/key-dev", name, value);
      expect(verdicts(image, forged.bytes())[0]).toBe("conf-1 refused");
    }
  });

  it.skipIf(isQuick)("needs all required keys, or one of them", () => {
    const { image, control } = signed();
    const two = new Forgery(control);
    const [first] = two.node("/signature").children;
    const { control: other } = signed(
      { algorithm: "sha256,rsa3072" },
      {
        signing: signingWith("sha256,rsa3072", { required: true }),
      },
    );
    const key = new Forgery(other).node("/signature/key-dev");
    two.node("/signature").children.push({ ...key, name: "key-other", properties: [] });
    for (const { name, value } of key.properties) two.set("/signature/key-other", name, value);
    expect(first?.name).toBe("key-dev");
    expect(verdicts(image, two.bytes())[0]).toBe("conf-1 refused");
    two.set("/signature", "required-mode", texts("any"));
    expect(verdicts(image, two.bytes())[0]).toBe("conf-1 boots");
  });

  it("boots with a key that is not required, whatever its signature", () => {
    const { image, control } = signed({}, { signing: signingWith(ALGORITHM) });
    expect(verify(image, control).configurations[0]).toMatchObject({
      verdict: "boots",
      keys: ["key-dev"],
    });
    expect(verdicts(fitOf(signedSource({ algorithm: ALGORITHM })).image, control)[0]).toBe(
      "conf-1 boots",
    );
  });

  it("that is signed in part boots on U-Boot before v2026.04 only", () => {
    const { image, control } = signed({ images: "" });
    const [first, second] = verify(image, control).configurations;
    expect(first).toMatchObject({ verdict: "partly", problems: [{ code: "image-unsigned" }] });
    expect(first?.problems[0]?.message).toContain("disk-1");
    expect(second).toMatchObject({ verdict: "boots" });
  });

  it("with images of required keys needs their signatures", () => {
    const inKernel = `signature-1 { algo = "${ALGORITHM}"; key-name-hint = "dev"; };`;
    const control = new Forgery(signed().control);
    control.set("/signature/key-dev", "required", texts("image"));
    const all = verify(signed({ inKernel }).image, control.bytes());
    expect(all.images.get("kernel-1")).toEqual([]);
    expect(all.images.get("fdt-1")).toMatchObject([{ code: "signature-missing" }]);
    expect(all.configurations.map(({ verdict }) => verdict)).toEqual(["refused", "boots"]);
  });

  it("is told when its hashes protect from accidents only", () => {
    const { image, control } = fitOf(
      signedSource({ algorithm: ALGORITHM }).replaceAll(
        'hash-1 { algo = "sha256"',
        'hash-1 { algo = "crc32"',
      ),
      { control: controlTree(4096), signing: signingWith(ALGORITHM, { required: true }) },
    );
    const [first] = verify(image, control).configurations;
    expect(first?.verdict).toBe("boots");
    expect(new Set(first?.problems.map(({ code }) => code))).toEqual(new Set(["hash-weak"]));
  });
});

const evil = contentOf(new TextEncoder().encode("EVILKERNEL!"));

/** Attacks on a signed FIT. `accepted` where they do no harm. */
const attacks: readonly [what: string, forge: (fit: Forgery) => void, accepted?: true][] = [
  ["nothing", () => {}, true],
  ["an image that nothing uses", (fit) => add(fit, "/images", "evil"), true],
  ["a node in the root", (fit) => add(fit, "/", "evil")],
  ["a node in a signed image", (fit) => add(fit, "/images/kernel-1", "evil")],
  ["a node in a hash", (fit) => add(fit, "/images/kernel-1/hash-1", "evil")],
  ["a property in the root", (fit) => fit.set("/", "evil", evil)],
  [
    "a property in the configuration",
    (fit) => fit.set("/configurations/conf-1", "loadables", texts("kernel-1")),
  ],
  [
    "another kernel in the configuration",
    (fit) => fit.set("/configurations/conf-1", "kernel", texts("fdt-1")),
  ],
  ["another load address", (fit) => fit.set("/images/kernel-1", "load", cells(0x90000))],
  ["other data", (fit) => fit.set("/images/kernel-1", "data", evil)],
  [
    "other data outside as well",
    (fit) => {
      fit.set("/images/kernel-1", "data-position", cells(40));
      fit.set("/images/kernel-1", "data-size", cells(11));
    },
  ],
  [
    "data beyond the end",
    (fit) => {
      fit.set("/images/kernel-1", "data-offset", cells(0xffff_fff0));
      fit.set("/images/kernel-1", "data-size", cells(0x7fff_ffff));
    },
  ],
  ["a hash to be ignored", (fit) => fit.set("/images/kernel-1/hash-1", "uboot-ignore", cells(1))],
  [
    "another algorithm of the hash",
    (fit) => fit.set("/images/kernel-1/hash-1", "algo", texts("crc32")),
  ],
  [
    "a hash less",
    (fit) => {
      fit.node("/images/kernel-1").children.length = 0;
    },
  ],
  [
    "two images of one name",
    (fit) => {
      const images = fit.node("/images").children;
      images.unshift({ name: "kernel-1", properties: [], children: [] });
      fit.set("/images/kernel-1", "data", evil);
    },
  ],
  [
    "an image with an @ before the right one",
    (fit) => {
      fit.node("/images").children.unshift({ name: "kernel-1@1", properties: [], children: [] });
      fit.set("/images/kernel-1@1", "data", evil);
    },
  ],
  [
    "two properties of one name",
    (fit) => {
      const { properties } = fit.node("/configurations/conf-1");
      const [first] = properties.filter(({ name }) => name === "kernel");
      const nameOffset = first?.nameOffset ?? 0;
      properties.unshift({ name: "kernel", nameOffset, value: texts("fdt-1") });
    },
  ],
  [
    "the signature of another configuration",
    (fit) => {
      const [own] = fit.node("/configurations/conf-1").children;
      const [other] = fit.node("/configurations/conf-2").children;
      if (own && other) own.properties = other.properties;
    },
  ],
  [
    "a signature about another configuration",
    (fit) => {
      fit.set(
        "/configurations/conf-1/signature-1",
        "hashed-nodes",
        texts("/", "/configurations/conf-2"),
      );
    },
  ],
  [
    "a signature about no nodes",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "hashed-nodes", contentOf(Uint8Array.of()));
    },
  ],
  [
    "nodes without end",
    (fit) => {
      fit.set(
        "/configurations/conf-1/signature-1",
        "hashed-nodes",
        texts(...Array(101).fill("/configurations/conf-1")),
      );
    },
  ],
  [
    "fewer names that are signed",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "hashed-strings", cells(0, 8));
    },
  ],
  [
    "more names than there are",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "hashed-strings", cells(0, 0x7fff_ffff));
    },
  ],
  [
    "an algorithm nobody knows",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "algo", texts("md5,rsa2048"));
    },
  ],
  [
    "another padding",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "padding", texts("pss"));
    },
  ],
  [
    "a signature of a byte",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "value", contentOf(Uint8Array.of(1)));
    },
  ],
  [
    "a signature of zeros",
    (fit) => {
      fit.set("/configurations/conf-1/signature-1", "value", contentOf(new Uint8Array(256)));
    },
  ],
];

function add(fit: Forgery, path: string, name: string): void {
  fit.node(path).children.push({ name, properties: [], children: [] });
}

describe("an attack", () => {
  const { image, control } = signed();

  it.each(attacks)("%s", (_, forge, accepted) => {
    const forgery = new Forgery(image);
    forge(forgery);
    const forged = forgery.bytes();
    const verdict = verdicts(forged, control).find((one) => one.startsWith("conf-1"));
    expect(verdict).toBe(accepted ? "conf-1 boots" : "conf-1 refused");
    if (accepted && hasFitCheckSign) expect(fitCheckSign(folder, forged, control)).toBe(true);
  });

  it("by the list of nodes works before v2026.04 only, and is told", () => {
    // The right kernel is hidden where nobody looks but the list points, the wrong one takes its
    // place. A node behind it keeps the frame of the hiding place out of what is signed.
    const forgery = new Forgery(image);
    const images = forgery.node("/images").children;
    const [right] = images.splice(0, 1);
    if (!right) throw new Error("no kernel");
    const wrong = structuredCloneOf(right as StoredNode) as Changeable;
    const hidden: Changeable = {
      name: "x",
      properties: [],
      children: [right, { name: "y", properties: [], children: [] }],
    };
    images.unshift(hidden, wrong);
    forgery.set("/images/kernel-1", "data", evil);
    forgery.node("/images/kernel-1").children.length = 0;
    const list = forgery
      .node("/configurations/conf-1/signature-1")
      .properties.find(({ name }) => name === "hashed-nodes");
    const nodes = new TextDecoder()
      .decode(list && bytesOf(list.value))
      .split("\0")
      .slice(0, -1);
    const moved = nodes.map((node) => node.replace("/images/kernel-1", "/images/x/kernel-1"));
    forgery.set("/configurations/conf-1/signature-1", "hashed-nodes", texts(...moved));
    const forged = forgery.bytes();
    const [first] = verify(forged, control).configurations;
    expect(first).toMatchObject({ verdict: "partly" });
    expect(first?.problems.map(({ code }) => code)).toContain("image-unsigned");
    if (hasFitCheckSign) expect(fitCheckSign(folder, forged, control)).toBe(true);
  });

  it.each([
    ["a longer total size", (file: Buffer) => file.writeUInt32BE(file.length + 4, 4)],
    ["a total size without end", (file: Buffer) => file.writeUInt32BE(0xffff_ffff, 4)],
    ["a total size of nothing", (file: Buffer) => file.writeUInt32BE(8, 4)],
    ["a structure outside", (file: Buffer) => file.writeUInt32BE(0x7fff_fff0, 8)],
    [
      "a structure that is shorter",
      (file: Buffer) => file.writeUInt32BE(file.readUInt32BE(36) - 4, 36),
    ],
    ["names outside", (file: Buffer) => file.writeUInt32BE(0xffff_fff0, 12)],
    ["no reservations' end", (file: Buffer) => file.writeUInt32BE(file.length - 8, 16)],
    ["an old version", (file: Buffer) => file.writeUInt32BE(16, 20)],
    ["no magic", (file: Buffer) => file.writeUInt32BE(0, 0)],
  ])("by %s", (_, change) => {
    const file = Buffer.from(image);
    change(file);
    expect(verify(file, control).problems.some(({ severity }) => severity === "damage")).toBe(true);
    expect(verdicts(file, control)).toEqual([]);
  });
});

/** Where the bytes are that a signature of conf-1 covers. */
function covered(image: Buffer): number[] {
  const { header, tree } = readFit(contentOf(image));
  if (!header || !tree) throw new Error("no tree");
  const nodes = ["kernel", "fdt", "disk"].flatMap((name) => [
    `/images/${name}-1`,
    `/images/${name}-1/hash-1`,
  ]);
  const regions = fdtRegions(
    contentOf(image),
    header,
    new Set(["/", "/configurations/conf-1", ...nodes]),
  );
  const bytes = [...(regions ?? []), { offset: header.stringsOffset, size: 0x60 }];
  return bytes.flatMap(({ offset, size }) => Array.from({ length: size }, (_, at) => offset + at));
}

describe("a single bit that is signed", () => {
  it.each([{}, { external: {} }])("is noticed everywhere, %o", (options) => {
    const { image, control } = signed({}, options);
    const places = covered(image);
    expect(places.length).toBeGreaterThan(700);
    for (const [index, at] of some([...places.entries()], 16)) {
      const file = Buffer.from(image);
      file.writeUInt8(file.readUInt8(at) ^ (1 << (index % 8)), at);
      const [first] = verify(file, control).configurations;
      expect(first?.verdict ?? "refused", `bit ${index % 8} at ${at}`).toBe("refused");
      if (hasFitCheckSign && index % 29 === 0)
        expect(fitCheckSign(folder, file, control)).toBe(false);
    }
  });

  it("or hashed is noticed too", () => {
    const { image, control } = signed({}, { external: {} });
    const { totalSize } = storedTree(image);
    const end = totalSize + 11;
    for (let at = totalSize; at < end; at++) {
      const file = Buffer.from(image);
      file.writeUInt8(file.readUInt8(at) ^ 1, at);
      expect(verdicts(file, control)).toEqual(["conf-1 refused", "conf-2 refused"]);
    }
  });
});
