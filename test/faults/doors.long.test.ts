// One verdict at every door. For a file, a board and a boot command: what the check of a script with its
// folder says, what the virtual board makes of that script, which is held against real U-Boot in
// test/real/simulator, and what the check of a flow that boots the file says. Generated from what can be
// wrong with a file. Doors differ only where `differs` says why.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Board, findBoard } from "../../src/boards/index.js";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import {
  bytesOf,
  type Compression,
  contentOf,
  encodeFdt,
  encodeFit,
  encodeUImage,
  readItsText,
  storeTree,
} from "../../src/image/index.js";
import { finder, lint } from "../../src/lint/index.js";
import { type Ending, simulate } from "../../src/simulator/index.js";
import { refusalOf } from "../../src/trial/index.js";
import { inputs } from "../compile/inputs.js";
import { some } from "../tools/runs.js";

const KiB = 1024;
/** The beginning of an input, as long as it has to be, and a kernel that takes little room. */
function kernel(name: string, imageSize?: bigint): Uint8Array {
  const bytes = (inputs.get(name) as Uint8Array).slice(0, 128 * KiB);
  const view = new DataView(bytes.buffer);
  if (imageSize !== undefined) view.setBigUint64(16, imageSize, true);
  else view.setUint32(0x2c, bytes.length, true);
  return bytes;
}

const image = kernel("Image", 0x40000n);
const packed = new Uint8Array(gzipSync(image));
const noise = new Uint8Array(64 * KiB).fill(0x41);
const elf = new Uint8Array(64 * KiB);
elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
elf[18] = 183;

type Arch = "arm" | "arm64" | "riscv" | "ppc";
type Kind = "kernel" | "ramdisk" | "script" | "flat_dt";

/** Where kernels say that they go: set for each board. */
let load = 0;

function uimage(
  payload: Uint8Array,
  arch: Arch,
  compression: Compression = "none",
  type: Kind = "kernel",
  at = load,
): Uint8Array {
  const made = encodeUImage({
    type,
    arch,
    load: Math.max(0, at),
    compression,
    payload: contentOf(payload),
  });
  if (!made.image) throw new Error("no uImage");
  return bytesOf(made.image);
}

const changed = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at ? byte ^ 0x55 : byte));

interface FitParts {
  readonly data?: Uint8Array;
  readonly compression?: string;
  readonly arch?: string;
  readonly load?: string;
  readonly type?: string;
  readonly external?: boolean;
}

/** A FIT of a kernel and a tree. */
function fit(parts: FitParts = {}): Uint8Array {
  const { data = image, compression = "none", arch = "arm64", type = "kernel" } = parts;
  const { load: place = `load = <${load}>; entry = <${load}>;`, external = false } = parts;
  const its = `/dts-v1/; / { description = "x"; images {
    kernel-1 { data = /incbin/("k"); type = "${type}"; os = "linux"; arch = "${arch}";
      compression = "${compression}"; ${place} hash-1 { algo = "sha256"; }; };
    fdt-1 { data = /incbin/("t"); type = "flat_dt"; arch = "${arch}"; compression = "none"; };
  }; configurations { default = "conf-1"; conf-1 { kernel = "kernel-1"; fdt = "fdt-1"; }; }; };`;
  const { tree } = readItsText(its, {
    k: contentOf(data),
    t: contentOf(inputs.get("board.dtb") as Uint8Array),
  });
  if (!tree) throw new Error("no tree");
  const made = encodeFit(storeTree(tree), external ? { external: {} } : {});
  if (!made.image) throw new Error("no FIT");
  return bytesOf(made.image);
}

/** A tree that says no board: whether it is the right one is not asked here. */
const tree = compiledTree();

function compiledTree(): Uint8Array {
  const { tree: read } = readItsText('/dts-v1/; / { model = "x"; };');
  if (!read) throw new Error("no tree");
  return bytesOf(encodeFdt(read));
}

/** What can be wrong with a kernel's file, and what is right. */
function filesFor({ memory: { base } }: Board): Readonly<Record<string, Uint8Array>> {
  load = base + 0x0800_0000;
  return {
    "an arm64 Image": image,
    "an arm64 Image, gzip": packed,
    "an arm64 Image, gzip, damaged": changed(packed, packed.length - 6),
    "an arm64 Image, gzip, cut": packed.slice(0, -20),
    "an arm64 Image, gzip twice": new Uint8Array(gzipSync(packed)),
    "a RISC-V Image": kernel("Image-riscv", 0x40000n),
    "a zImage": kernel("zImage"),
    noise,
    "an ELF file": elf,
    "a device tree": inputs.get("board.dtb") as Uint8Array,
    ...Object.fromEntries(
      (["arm", "arm64", "riscv", "ppc"] as const).map((arch) => [
        `a uImage for ${arch} of an Image`,
        uimage(image, arch),
      ]),
    ),
    "a uImage of noise": uimage(noise, "arm64"),
    "a uImage, gzip claimed and real": uimage(packed, "arm64", "gzip"),
    "a uImage, gzip claimed, raw": uimage(image, "arm64", "gzip"),
    "a uImage, none claimed, gzip": uimage(packed, "arm64"),
    "a uImage, lzma claimed, gzip": uimage(packed, "arm64", "lzma"),
    "a uImage of a ramdisk": uimage(image, "arm64", "none", "ramdisk"),
    "a uImage of a script": uimage(image, "arm64", "none", "script"),
    "a uImage with a damaged header": changed(uimage(image, "arm64"), 20),
    "a uImage with damaged data": changed(uimage(image, "arm64"), 5000),
    "a uImage that is cut": uimage(image, "arm64").slice(0, -100),
    "a uImage in a uImage": uimage(uimage(image, "arm64"), "arm64"),
    "a FIT": fit(),
    "a FIT, external": fit({ external: true }),
    "a FIT, gzip": fit({ data: packed, compression: "gzip" }),
    "a FIT, gzip claimed, raw": fit({ compression: "gzip" }),
    "a FIT, none claimed, gzip": fit({ data: packed }),
    "a FIT, xz": fit({ compression: "xz" }),
    "a FIT of noise": fit({ data: noise }),
    "a FIT for arm": fit({ arch: "arm" }),
    "a FIT for riscv": fit({ arch: "riscv" }),
    "a FIT whose kernel has no load": fit({ load: "" }),
    "a FIT whose kernel is a ramdisk": fit({ type: "ramdisk" }),
    "a FIT with damaged data": changed(fit(), 20_000),
    "a uImage that goes below the memory": uimage(
      image,
      "arm64",
      "none",
      "kernel",
      base - 0x10_0000,
    ),
    "a FIT that is cut": fit().slice(0, 40_000),
  };
}

const boards = ["qemu_arm64", "qemu_arm", "qemu-riscv64", "rpi_3", "am62x_evm_a53"];
const commands = ["bootm", "booti", "bootz"];

/** `verdict`: what ends otherwise than with a kernel that is as it should be is refused. */
const boots = (ending: Ending) => ending.kind === "booted" && ending.kernel.wrong === undefined;

function scriptFor(command: string, { memory: { base } }: Board): string {
  const [at, treeAt] = [base + 0x600_0000, base + 0x500_0000].map(
    (each) => `0x${each.toString(16)}`,
  );
  const load = (address: string | undefined, file: string) =>
    `load mmc 0:1 ${address} ${file} || reset\n`;
  return `${load(at, "kernel")}${load(treeAt, "tree.dtb")}${command} ${at} - ${treeAt}\n`;
}

/** What the check of the script says, by code. */
function checked(script: string, board: Board, file: Uint8Array): readonly string[] {
  const { open } = memoryFiles({ kernel: file, "tree.dtb": tree });
  const { diagnostics } = lint(
    { source: { name: "boot.cmd", text: script }, container: "text", size: script.length },
    { board, find: finder(open), tries: refusalOf },
  );
  return diagnostics.flatMap(({ severity, code }) => (severity === "error" ? code : []));
}

function simulated(script: string, board: Board, file: Uint8Array): boolean {
  const held: Readonly<Record<string, Uint8Array>> = { kernel: file, "tree.dtb": tree };
  const read = (name: string) => {
    const bytes = held[name.replace(/^\//, "")];
    return bytes && contentOf(bytes);
  };
  const partition = { type: "fat" as const, read };
  const devices = new Map([["mmc 0", { partitions: new Map([[1, partition]]) }]]);
  const { ending } = simulate({ text: script }, { board, world: { devices, environment: {} } });
  return boots(ending);
}

/** Where the doors legitimately say different things of a file, and why. */
const differs: readonly (readonly [what: RegExp, why: string])[] = [
  [
    /^(?:bootm of )?a uImage for (?:arm|riscv) of an Image: boots, (?:outside-memory,)?kernel-architecture$/,
    "U-Boot hands over to what the header says; the processor does not run what is inside",
  ],
  [
    /^(?:bootz of )?a zImage: boots, kernel-architecture$/,
    "U-Boot hands over to it in the state of 64 bits, in which a zImage does not run",
  ],
  [
    /^an arm64 Image, gzip(?:, damaged)?: is refused, $/,
    "a flow sets `kernel_comp_addr_r`, and U-Boot does not look at the checksum",
  ],
  [
    /^a uImage that goes below the memory: boots, outside-memory$/,
    "on a Pi 3 that is address 0: memory, where the other processors wait, and nobody stops U-Boot",
  ],
  [/^a FIT/, "a flow declares what is in a FIT with `fit`, and takes no ready-made one"],
];

const isKnown = (row: string) => differs.some(([what]) => what.test(row));

function boardOf(id: string): Board {
  const board = findBoard(id);
  if (!board) throw new Error(`no board ${id}`);
  return board;
}

describe("the check of a script and the virtual board", () => {
  it.each(some(boards, 9))("agree on %s", (id) => {
    const board = boardOf(id);
    const rows = commands.flatMap((command) =>
      Object.entries(filesFor(board)).flatMap(([name, file]) => {
        const script = scriptFor(command, board);
        const codes = checked(script, board, file);
        const runs = simulated(script, board, file);
        const agree = runs === (codes.length === 0);
        return agree ? [] : [`${command} of ${name}: ${runs ? "boots" : "is refused"}, ${codes}`];
      }),
    );
    expect(rows.filter((row) => !isKnown(row))).toEqual([]);
  });
});

describe("the check of a flow and the virtual board", () => {
  it.each(some(boards, 9))("agree on %s", (id) => {
    const board = boardOf(id);
    const flow = `board ${id}
server 10.0.2.2
kernel k from "kernel"
dtb t from "tree.dtb"
script main on tftp "main.scr" {
  boot k with t
}
`;
    const rows = Object.entries(filesFor(board)).flatMap(([name, file]) => {
      const held = { "a.boot": flow, kernel: file, "tree.dtb": tree };
      const { diagnostics } = compile("a.boot", { files: memoryFiles(held) });
      const codes = diagnostics.flatMap((each) => (each.severity === "error" ? each.code : []));
      // A flow takes the command that the file is for.
      const runs = commands.some((each) => simulated(scriptFor(each, board), board, file));
      const agree = runs === (codes.length === 0);
      return agree ? [] : [`${name}: ${runs ? "boots" : "is refused"}, ${codes}`];
    });
    expect(rows.filter((row) => !isKnown(row))).toEqual([]);
  });
});
