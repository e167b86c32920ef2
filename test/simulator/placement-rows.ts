// The placements of kernel, initrd and device tree that are judged: by the checks, by U-Boot in
// placements.test.ts, and by the virtual board in ../simulator/placements.test.ts.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkPlan } from "../../src/check/index.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import { diskFiles, writeContent } from "../../src/files/index.js";
import { generate, packProvisions, packScript } from "../../src/generate/index.js";
import { planOf } from "../../src/memory/index.js";
import { resolve } from "../../src/program/index.js";
import { readScripts } from "../../src/steps/index.js";

const MiB = 0x100000;
const page = 0x1000;
/** Bytes of the unpacked kernel, and what it says it takes in memory: some bss behind. */
const kernelSize = 4 * MiB;
const imageSize = kernelSize + MiB;
const initrdSize = MiB;

/** 64-bit words from a small generator, half of them zero so that they compress to about half. */
function words(bytes: number, seed: number): Buffer {
  const result = Buffer.alloc(bytes);
  let state = seed;
  for (let at = 0; at < bytes; at += 16) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    result.writeUInt32LE(state, at);
    result.writeUInt32LE((state * 7 + at) >>> 0, at + 4);
  }
  return result;
}

function sum(bytes: Buffer): bigint {
  let total = 0n;
  for (let at = 0; at < bytes.length; at += 8) total += bytes.readBigUInt64LE(at);
  return BigInt.asUintN(64, total);
}

/** The kernel of payload/intact.S with its data and the sums it compares with. */
function makeKernel(initrd: Buffer): Buffer {
  const code = readFileSync(join(import.meta.dirname, "../real/e2e/payload/intact.bin"));
  const data = words(kernelSize - code.length, 1);
  code.writeBigUInt64LE(BigInt(imageSize), 16);
  code.writeBigUInt64LE(BigInt(data.length / 8), 64);
  code.writeBigUInt64LE(sum(data), 72);
  code.writeBigUInt64LE(sum(initrd), 80);
  return Buffer.concat([code, data]);
}

const initrd = words(initrdSize, 2);
const kernel = makeKernel(initrd);
const packed = gzipSync(kernel, { level: 1 });

const header = 64;
const download = packed.length + header;

/** Where everything goes; what is not given is far from everything else. */
export interface Row {
  readonly name: string;
  /** How the kernel is served: a uImage of the gzip, one of the plain Image, the Image, its gzip. */
  readonly as?: "uImage" | "plain uImage" | "Image" | "Image.gz";
  readonly load?: number;
  readonly kernel?: number;
  readonly initrd?: number;
  readonly dtb?: number;
  /** Order of the three loads. */
  readonly order?: readonly ("linux" | "ram" | "tree")[];
  /** Why it is refused although this U-Boot survives it. */
  readonly survives?: string;
}

const at = { load: 0x40400000, kernel: 0x48000000, initrd: 0x4c000000, dtb: 0x4e000000 };
const end = at.load + kernelSize;
/** A load address with room below. */
const high = 0x41000000;
const bss = "the kernel clears its bss there; U-Boot since v2024.01 copies image_size bytes";
const read = "what is overwritten was read before; a kernel that compresses better is not";

export const rows: readonly Row[] = [
  { name: "everything apart" },
  { name: "kernel at the end of what it unpacks to", kernel: at.load + imageSize },
  { name: "kernel in the bss", kernel: end, survives: bss },
  { name: "kernel one page into the end", kernel: end - page, survives: read },
  { name: "kernel where it unpacks to", kernel: at.load },
  { name: "kernel in the middle", kernel: at.load + 2 * MiB, survives: read },
  { name: "kernel near its start", kernel: at.load + MiB },
  { name: "kernel ends where it unpacks to", load: high, kernel: high - alignUp(download) },
  { name: "kernel ends one page into it", load: high, kernel: high - alignUp(download) + page },
  { name: "kernel ends far into it", load: high, kernel: high - MiB },
  { name: "initrd at the end of the bss", initrd: at.load + imageSize },
  { name: "initrd in the bss", initrd: end, survives: bss },
  { name: "initrd one page into the kernel's end", initrd: end - page },
  { name: "initrd one page into the kernel's start", initrd: at.load - initrdSize + page },
  { name: "initrd right below the kernel", initrd: at.load - initrdSize },
  { name: "initrd in the kernel", initrd: at.load + MiB },
  { name: "tree at the end of the bss", dtb: at.load + imageSize },
  { name: "tree in the bss", dtb: end, survives: bss },
  { name: "tree one page into the kernel", dtb: end - page },
  { name: "tree in the kernel", dtb: at.load + MiB },
  { name: "tree at the kernel's start", dtb: at.load },
  { name: "initrd one page into the download", initrd: at.kernel + alignUp(download) - page },
  {
    name: "download one page into the initrd",
    initrd: at.kernel + alignUp(download) - page,
    order: ["ram", "linux", "tree"],
  },
  { name: "initrd right above the download", initrd: at.kernel + alignUp(download) },
  { name: "tree in the download", dtb: at.kernel + MiB },
  { name: "tree in the initrd", dtb: at.initrd + 0x8000 },
  {
    name: "initrd over the tree",
    dtb: at.initrd + 0x8000,
    order: ["linux", "tree", "ram"],
  },
  { name: "tree right above the initrd", dtb: at.initrd + initrdSize },
  { name: "load address off the 2 MiB boundary", load: 0x40480000 },
  {
    name: "load address off the boundary, kernel in its way",
    load: 0x40480000,
    kernel: 0x40500000,
  },
  {
    name: "tree where the initrd is moved to",
    dtb: 0x7ca00000,
  },
  { name: "tree below where the initrd is moved to", dtb: 0x78000000 },
  { name: "kernel over U-Boot", kernel: 0x7f000000 },
  { name: "tree over U-Boot", dtb: 0x7f800000 },
  { name: "kernel beyond the memory", kernel: 0x80000000 - MiB },
  {
    name: "initrd over the machine's own tree",
    initrd: 0x40000000,
    survives: "the tree of the firmware is lost; U-Boot moved its own copy",
  },
  {
    name: "tree over the running script",
    dtb: 0x40200000,
    survives: "U-Boot runs a copy; the image cannot be run again",
  },
  { name: "plain: everything apart", as: "plain uImage" },
  {
    name: "plain: one page into where it is copied to",
    as: "plain uImage",
    kernel: end - page,
  },
  { name: "plain: initrd in the kernel", as: "plain uImage", initrd: at.load + MiB },
  { name: "Image: everything apart", as: "Image" },
  { name: "Image: initrd right above the bss", as: "Image", initrd: at.kernel + imageSize },
  {
    name: "Image: initrd one page into the end",
    as: "Image",
    initrd: at.kernel + kernelSize - page,
  },
  { name: "Image: tree in it", as: "Image", dtb: at.kernel + MiB },
  {
    name: "Image: tree in the bss",
    as: "Image",
    dtb: at.kernel + kernelSize + page,
  },
  { name: "Image off the boundary", as: "Image", kernel: at.kernel + 0x80000 },
  {
    name: "Image off the boundary, initrd where it moves to",
    as: "Image",
    kernel: at.kernel + 0x80000,
    initrd: at.kernel + 2 * MiB + imageSize - page,
  },
  { name: "Image.gz: everything apart", as: "Image.gz" },
  { name: "Image.gz: initrd in what it unpacks to", as: "Image.gz", initrd: at.kernel + 3 * MiB },
  // Another place is found for unpacking: that one is not the flow's demand.
  { name: "Image.gz: initrd at kernel_comp_addr_r", as: "Image.gz", initrd: 0x50000000 },
  { name: "Image.gz: tree at kernel_comp_addr_r", as: "Image.gz", dtb: 0x50100000 },
  { name: "Image.gz: kernel at kernel_comp_addr_r", as: "Image.gz", kernel: 0x50000000 },
  { name: "Image.gz: kernel ends in it", as: "Image.gz", kernel: 0x50000000 - MiB },
];

function alignUp(size: number): number {
  return Math.ceil(size / page) * page;
}

export function flowOf(row: Row): string {
  const { as = "uImage", order = ["linux", "ram", "tree"] } = row;
  const hex = (address: number) => `0x${address.toString(16)}`;
  const load = hex(row.load ?? at.load);
  const sources = {
    uImage: `"Image.gz" as uimage "linux" { load ${load} }`,
    "plain uImage": `"Image" as uimage "linux" { load ${load} }`,
    Image: `"Image" as "linux"`,
    "Image.gz": `"Image.gz" as "linux"`,
  };
  const to = {
    linux: row.kernel ?? at.kernel,
    ram: row.initrd ?? at.initrd,
    tree: row.dtb ?? at.dtb,
  };
  return `board sweep from qemu_arm64 { memory 1G  kernel_comp_addr_r 0x50000000  kernel_comp_size 0x1000000 }
kernel linux from ${sources[as]}
initrd ram from "initrd"
dtb tree from "virt.dtb"
script boot on sdcard "boot.scr" {
  set kernel_comp_addr_r "0x50000000"
  set kernel_comp_size "0x1000000"
${order.map((name) => `  load ${name} to ${hex(to[name])} from virtio 0:1`).join("\n")}
  boot linux with tree, ram
}
`;
}

/** Compiles without asking the checks, and what they would have said. */
export function compileUnchecked(directory: string, flow: string): readonly Diagnostic[] {
  writeFileSync(join(directory, "sweep.boot"), flow);
  const files = diskFiles();
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const { program: resolved, diagnostics: found } = resolve(join(directory, "sweep.boot"), {
    files,
  });
  if (!resolved || found.length > 0)
    throw new Error(found.map(({ message }) => message).join("\n"));
  const plan = planOf(readScripts(resolved, report), report);
  const { program } = plan;
  const scripts = plan.runs.map((run) => generate(plan, run));
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  checkPlan(plan, report);
  mkdirSync(join(directory, "sdcard"), { recursive: true });
  const onCard = new Map(
    [...program.provisions.keys()].map((name) => [name, new Set(["sdcard"] as const)]),
  );
  const artifacts = [
    ...scripts.map((script) => script && packScript(script, program, {}, report)),
    ...packProvisions(plan, onCard, {}, report),
  ];
  for (const artifact of artifacts) {
    if (!artifact) continue;
    const problem = writeContent(join(directory, artifact.root, artifact.name), artifact.content);
    if (problem) throw new Error(problem.message);
  }
  files.close();
  return diagnostics.filter(({ severity }) => severity === "error");
}

/** Writes what the flow of every row takes to `directory`, but the device tree `virt.dtb`. */
export function writeInputs(directory: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "Image"), kernel);
  writeFileSync(join(directory, "Image.gz"), packed);
  writeFileSync(join(directory, "initrd"), initrd);
}
