// `inspect` says that a configuration boots only where the virtual board's bootm says so: payloads that
// are not what their FIT says, in every way that bootm finds out.
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { bytesOf, encodeFdt, readItsText } from "../../src/image/index.js";
import { emptyFolder, put } from "./cli.js";
import { ubootc } from "./here.js";

/** An Image of arm64: Documentation/arch/arm64/booting.rst. */
function arm64Image(): Uint8Array {
  const image = new Uint8Array(4096);
  const view = new DataView(image.buffer);
  view.setBigUint64(16, 0x10000n, true);
  view.setUint32(56, 0x644d5241, true);
  return image;
}

function tree(source: string): Uint8Array {
  const { tree: read } = readItsText(`/dts-v1/; / { ${source} };`);
  if (!read) throw new Error("the tree of the tests is no tree");
  return bytesOf(encodeFdt(read));
}

const image = arm64Image();
const files = {
  Image: image,
  "Image.gz": new Uint8Array(gzipSync(image)),
  "no-kernel": new Uint8Array(4096).fill(0x41),
  "tree.dtb": tree('compatible = "a,b"; __symbols__ { bus = "/bus"; }; bus { };'),
  "bare.dtb": tree('compatible = "a,b"; bus { };'),
  "bus.dtbo": tree(
    'fragment-0 { __overlay__ { status = "okay"; }; }; __fixups__ { bus = "/fragment-0:target:0"; };',
  ),
  "other.dtbo": tree(
    'fragment-0 { __overlay__ { status = "okay"; }; }; __fixups__ { disk = "/fragment-0:target:0"; };',
  ),
};

interface Row {
  readonly what: string;
  readonly kernel?: string;
  readonly compression?: string;
  readonly load?: string;
  readonly dtb?: string;
  readonly dtbLoad?: string;
  readonly overlay?: string;
  /** Of the kernel, instead of those below; an empty value leaves the property out. */
  readonly kernelNode?: Readonly<Record<string, string>>;
  readonly dtbType?: string;
  readonly configuration?: string;
  readonly says: string;
}

const rows: readonly Row[] = [
  { what: "as it should be", says: "boots" },
  { what: "gzip", kernel: "Image.gz", compression: "gzip", says: "boots" },
  { what: "gzip claimed, the data is raw", compression: "gzip", says: "Bad gzipped data" },
  { what: "none claimed, the data is gzip", kernel: "Image.gz", says: "Image magic" },
  { what: "a compression that there is not", compression: "xz", says: "" },
  { what: "no kernel", kernel: "no-kernel", says: "Image magic" },
  { what: "an overlay", overlay: "bus.dtbo", says: "boots" },
  { what: "an overlay on a tree without labels", dtb: "bare.dtb", overlay: "bus.dtbo", says: "" },
  { what: "an overlay for another tree", overlay: "other.dtbo", says: "FDT_ERR_NOTFOUND" },
  {
    what: "an overlay on a tree that stays",
    dtbLoad: "",
    overlay: "bus.dtbo",
    says: "by v2023.01",
  },
  // U-Boot compares these names without case.
  ...["Linux", "LINUX", "lInUx"].map((os) => named({ os })),
  ...["Kernel", "KERNEL"].map((type) => named({ type })),
  ...["ARM64", "Arm64"].map((arch) => named({ arch })),
  ...["None", "NONE"].map((compression) => named({ compression })),
  { what: "GZIP", kernel: "Image.gz", compression: "GZIP", says: "boots" },
  { what: "GZip claimed, the data is raw", compression: "GZip", says: "Bad gzipped data" },
  { what: "a tree of type FLAT_DT", dtbType: "FLAT_DT", says: "boots" },
  { what: "a tree of type Flat_Dt", dtbType: "Flat_Dt", overlay: "bus.dtbo", says: "boots" },
  { what: "a tree of type flatdt", dtbType: "flatdt", says: "the type is flatdt" },
  named({ type: "Kernel_NoLoad" }),
  named({ os: "Linux " }, "the os is"),
  named({ type: "kernel-noload" }, "the type is"),
  named({ os: "\u212ainux" }, "the os is"),
  // What a kernel must say.
  named({ compression: "" }, "Can't get image compression!"),
  named({ arch: "" }, "Can't get image ARCH!"),
  named({ load: "" }, "Can't get image load address!"),
  named({ entry: "" }, "Can't get entry point property!"),
  named({ load: "", entry: "" }, "Can't get image load address!"),
  named({ type: "" }, "the type is missing"),
  named({ os: "" }, "the os is missing"),
  named({ type: "kernel_noload", load: "" }, "by v2023.01: Can't get image load address!"),
  named({ type: "kernel_noload", entry: "" }, "by v2023.01: Can't get entry point property!"),
  { what: "an empty configuration", configuration: "", says: "Could not find subimage node" },
  { what: "a tree alone", configuration: 'fdt = "t";', says: "Could not find subimage node" },
];

function named(kernelNode: Readonly<Record<string, string>>, says = "boots"): Row {
  return { what: `a kernel with ${JSON.stringify(kernelNode)}`, kernelNode, says };
}

it.each(rows)("$what", async ({ says, what: _, ...row }) => {
  const { kernel = "Image", compression = "none", dtb = "tree.dtb", overlay } = row;
  const { dtbLoad = "load = <0x50000000>;", dtbType = "flat_dt" } = row;
  const { configuration = `kernel = "k"; fdt = "t"${overlay ? ', "o"' : ""};` } = row;
  const names = { type: "kernel", arch: "arm64", os: "linux", compression, ...row.kernelNode };
  const addresses = { load: "<0x40200000>", entry: "<0x40200000>" };
  const kernelNode = Object.entries({ ...addresses, ...names }).flatMap(([name, value]) => {
    const text = name in addresses ? value : `"${value}"`;
    return value === "" ? [] : [`${name} = ${text};`];
  });
  const cwd = emptyFolder();
  const its = `/dts-v1/;
/ {
  description = "one";
  images {
    k { description = "k"; data = /incbin/("${kernel}"); ${kernelNode.join(" ")}
        hash { algo = "sha256"; }; };
    t { description = "t"; data = /incbin/("${dtb}"); type = "${dtbType}"; arch = "arm64";
        compression = "none"; ${dtbLoad} hash { algo = "sha256"; }; };
    ${overlay ? `o { description = "o"; data = /incbin/("${overlay}"); type = "flat_dt"; arch = "arm64"; compression = "none"; load = <0x51000000>; hash { algo = "sha256"; }; };` : ""}
  };
  configurations { default = "c"; c { description = "c"; ${configuration} }; };
};
`;
  put(cwd, { ...files, "os.its": its });
  await ubootc(["mkimage", "-f", "os.its", "os.itb"], { cwd });
  const { status, stdout, stderr } = await ubootc(["inspect", "os.itb", "--verify"], { cwd });
  const line = stdout.split("\n").find((each) => each.includes("configuration c"));
  if (says === "boots") {
    expect(line).toMatch(/: boots$/);
    expect([status, stderr]).toEqual([0, ""]);
  } else {
    expect(line).toMatch(/: REFUSED/);
    expect(`${line}${stderr}`).toContain(says);
    expect(status).toBe(1);
    expect(stderr).not.toBe("");
  }
});

const gz = ["-C", "gzip", "-d", "Image.gz"];
const raw = ["-C", "none", "-d", "Image"];
const places = ["-a", "0x40200000", "-e", "0x40200000"];

it.each([
  ["as it should be", ["-A", "arm64", ...places, ...raw], "boots"],
  ["gzip", ["-A", "arm64", ...places, ...gz], "boots"],
  [
    "gzip claimed, the data is raw",
    ["-A", "arm64", ...places, "-C", "gzip", "-d", "Image"],
    "gzip",
  ],
  [
    "none claimed, the data is gzip",
    ["-A", "arm64", ...places, "-C", "none", "-d", "Image.gz"],
    "magic",
  ],
  ["no kernel", ["-A", "arm64", ...places, "-C", "none", "-d", "no-kernel"], "magic"],
  ["a kernel that stays where it is", ["-A", "arm64", "-T", "kernel_noload", ...raw], "boots"],
  ["another system", ["-A", "arm64", "-O", "netbsd", ...places, ...raw], "not known: "],
  ["another architecture", ["-A", "mips", ...places, ...raw], "not known: mips architecture"],
  [
    "a kernel and an initrd",
    ["-A", "arm64", "-T", "multi", ...places, "-C", "none", "-d", "Image:bare.dtb"],
    "",
  ],
] as const)("a legacy image: %s", async (_, flags, says) => {
  const cwd = emptyFolder();
  put(cwd, files);
  const type = flags.some((each) => each === "-T") ? [] : ["-T", "kernel"];
  const made = await ubootc(["mkimage", "-O", "linux", ...type, ...flags, "x.uImage"], { cwd });
  expect(made.stderr).toBe("");
  const { status, stdout, stderr } = await ubootc(["inspect", "x.uImage", "--verify"], { cwd });
  const line = /^ {2}bootm +(.*)$/m.exec(stdout)?.[1] ?? "";
  const [json] = [await ubootc(["inspect", "x.uImage", "--json"], { cwd })];
  expect(line).toContain(says);
  const refused = line.startsWith("REFUSED");
  expect([status, stderr]).toEqual(refused ? [1, `ubootc inspect: x.uImage: ${line}\n`] : [0, ""]);
  const verdict = refused ? "refused" : line === "boots" ? "boots" : "unknown";
  expect(JSON.parse(json.stdout).start.verdict).toBe(verdict);
});
