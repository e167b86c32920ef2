// What can be said of memory when the files are there (`--root`): their sizes, and what starting the
// kernel writes. Each row is a script and what is found in it, by code and line.
import { createCipheriv } from "node:crypto";
import { expect, it } from "vitest";
import { findBoard } from "../../src/boards/index.js";
import { positionOf } from "../../src/diagnostics/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf, contentOf, encodeUImage, gzip } from "../../src/image/index.js";
import { finder, lint } from "../../src/lint/index.js";
import { inputs } from "../compile/inputs.js";

const { image: wrapped } = encodeUImage({
  type: "kernel",
  arch: "arm64",
  load: 0x80000,
  compression: "gzip",
  payload: gzip(contentOf(inputs.get("Image") as Uint8Array)),
});
/** Of a kernel of 15 MiB that shrinks to more than an eighth of that. */
const long = Buffer.alloc(15 << 20);
createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16))
  .update(Buffer.alloc(8 << 20))
  .copy(long, 64);
Buffer.from(inputs.get("Image") as Uint8Array).copy(long, 0, 0, 64);
long.writeBigUInt64LE(BigInt(long.length), 16);
const { image: large } = encodeUImage({
  ...{ type: "kernel", arch: "arm64", load: 0x80000, compression: "gzip" },
  payload: gzip(contentOf(long), 1),
});
/** Not compressed: `bootm` moves it whole to its load address, and the kernel on to where it can run. */
const plain = (load: number) =>
  encodeUImage({
    ...{ type: "kernel", arch: "arm64", load, compression: "none" },
    payload: contentOf(inputs.get("Image") as Uint8Array),
  }).image ?? contentOf(new Uint8Array());
const { open } = memoryFiles({
  "aligned.uImage": bytesOf(plain(0x2000000)),
  "odd.uImage": bytesOf(plain(0x2040000)),
  ...(large && { "large.uImage": bytesOf(large) }),
  ...Object.fromEntries(inputs),
  ...(wrapped && { "boot/linux.uImage": bytesOf(wrapped) }),
});

const load = (file: string, address: string) => `load mmc 0:1 ${address} ${file} || reset\n`;

const rows: readonly (readonly [what: string, script: string, found: readonly string[]])[] = [
  [
    "a kernel that unpacks over itself",
    `${load("/boot/linux.uImage", "0x80000")}bootm 0x80000 - \${fdt_addr}\n`,
    ["kernel-overlap 1"],
  ],
  [
    "the same elsewhere",
    `${load("${prefix}linux.uImage", "0x2000000")}bootm 0x2000000 - \${fdt_addr}\n`,
    [],
  ],
  [
    "one whose size is told by what it is packed in, and not by a guess",
    `${load("large.uImage", "0x2000000")}bootm 0x2000000 - \${fdt_addr}\n`,
    [],
  ],
  [
    "a kernel that is not compressed, over where it goes to",
    `${load("aligned.uImage", "0x2001000")}bootm 0x2001000 - \${fdt_addr}\n`,
    [],
  ],
  [
    "the same, which has to move on from there",
    `${load("odd.uImage", "0x2041000")}bootm 0x2041000 - \${fdt_addr}\n`,
    ["kernel-overlap 1"],
  ],
  [
    "a device tree inside of the kernel's file",
    `${load("pi.dtb", "0x2400000")}${load("Image", "0x2000000")}booti 0x2000000 - 0x2400000\n`,
    ["region-overlap 2"],
  ],
  [
    "a device tree in what the kernel clears",
    `${load("Image", "0x2000000")}${load("pi.dtb", "0x2a00000")}booti 0x2000000 - 0x2a00000\n`,
    ["kernel-overwrites 3"],
  ],
  [
    "a device tree behind that",
    `${load("Image", "0x2000000")}${load("pi.dtb", "0x2e00000")}booti 0x2000000 - 0x2e00000\n`,
    [],
  ],
  [
    "a kernel that reaches into U-Boot",
    `${load("Image", "0x37fff000")}booti 0x37fff000 - \${fdt_addr}\n`,
    ["outside-memory 1"],
  ],
  [
    "files that are not there",
    `${load("other", "0x2000000")}${load("another", "0x2000100")}booti 0x2000000 - 0x2000100\n`,
    ["file-missing 1", "file-missing 2"],
  ],
];

it.each([
  ["Image.gz", "", "qemu_arm64", ["unpack-place 1"]],
  ["Image.gz", "", "rpi_3", []],
  ["Image.gz", "setenv kernel_comp_addr_r 0x50000000", "qemu_arm64", ["unpack-place 1"]],
  ["Image.gz", "env import -t 0x40300000 0x100", "qemu_arm64", []],
  ["vmlinuz-6.1", "", "qemu_arm64", []],
  ["packed", "", "qemu_arm64", ["unpack-place 1"]],
  ["Image", "", "qemu_arm64", []],
])("booti of %s behind `%s` on %s", (file, before, id, expected) => {
  const text = `${load(file, "0x42000000")}booti 0x42000000 - 0x40000000\n`;
  const source = { name: "boot.cmd", text: before === "" ? text : `${before}; ${text}` };
  const board = findBoard(id);
  const held = { packed: bytesOf(gzip(contentOf(inputs.get("Image") as Uint8Array))) };
  const { diagnostics } = lint(
    { source, container: "text", size: text.length },
    { ...(board && { board }), find: finder(memoryFiles(held).open) },
  );
  const found = diagnostics.flatMap(({ code, labels: [guilty] }) =>
    code === "unpack-place" && guilty
      ? [`${code} ${positionOf(guilty.span.source, guilty.span.start).line - 1}`]
      : [],
  );
  expect(found).toEqual(expected);
});

it("lets a tree lie where a zImage unpacks to: U-Boot has moved it by then", () => {
  const text = `${load("zImage", "0x42000000")}${load("pi.dtb", "0x40100000")}bootz 0x42000000 - 0x40100000\n`;
  const board = findBoard("orangepi_pc");
  const { diagnostics } = lint(
    { source: { name: "boot.cmd", text }, container: "text", size: text.length },
    { ...(board && { board }), find: finder(open) },
  );
  expect(diagnostics.map(({ code }) => code)).not.toContain("kernel-overwrites");
});

it("says once that a kernel is for another architecture", () => {
  const text = `${load("Image", "0x42000000")}bootz 0x42000000 - 0x43000000\n`;
  const board = findBoard("orangepi_pc");
  const { diagnostics } = lint(
    { source: { name: "boot.cmd", text }, container: "text", size: text.length },
    { ...(board && { board }), find: finder(open) },
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(["kernel-architecture"]);
});

it.each(rows)("%s", (_, text, expected) => {
  const source = { name: "boot.cmd", text };
  const board = findBoard("rpi_3");
  const { diagnostics } = lint(
    { source, container: "text", size: text.length },
    { ...(board && { board }), find: finder(open) },
  );
  const found = diagnostics.map(({ code, labels: [guilty] }) =>
    guilty ? `${code} ${positionOf(guilty.span.source, guilty.span.start).line}` : code,
  );
  expect(found).toEqual(expected);
});

it("says which boards refuse a legacy script, and that one is too large", () => {
  const source = { name: "boot.scr", text: "true\n" };
  const codes = (id: string, size: number) => {
    const board = findBoard(id);
    const options = board ? { board } : {};
    return lint({ source, container: "legacy", size }, options).diagnostics.map(({ code }) => code);
  };
  expect(codes("rpi_3", 1000)).toEqual([]);
  expect(codes("am62x_evm_a53", 1000)).toEqual(["legacy-image"]);
  expect(codes("rpi_3", 0x10001)).toEqual(["script-too-large"]);
});
