// FITs of a flow on real U-Boot and on the virtual board: from the first FIT to the kernel's start, or to
// the words with which it is refused, both print the same, line by line.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { compile } from "../../../src/compile.js";
import { diskFiles } from "../../../src/files/index.js";
import {
  bytesOf,
  contentOf,
  readFdt,
  signerFromPem,
  treeWithKey,
} from "../../../src/image/index.js";
import { parseFault } from "../../../src/language/index.js";
import { type Fault, type Program, readFault } from "../../../src/program/index.js";
import { Bench, bootDesk } from "../../../src/trial/index.js";
import { deskOf } from "../../trial/flows.js";
import { dumpDeviceTree } from "./board.js";
import { fitFlow, wholeFit, writeFlow } from "./flows.js";
import { haveLab, Lab } from "./lab.js";

const example = join(import.meta.dirname, "../../../examples/zero-client-qemu");

const keyed = "{ verified_boot yes }";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const developmentKey = String(privateKey.export({ type: "pkcs8", format: "pem" }));

interface Row {
  readonly board?: string;
  readonly fit?: string;
  readonly boot?: string;
  /** What is wrong with the FIT: the byte at this place is another. */
  readonly corrupt?: (fit: Buffer) => number;
}

/** In the description of the kernel, which only the signature is about; its name comes first. */
const described = (fit: Buffer) => fit.indexOf("linux", fit.indexOf("linux") + 1);

const rows: readonly (readonly [string, Row])[] = [
  ["the default", {}],
  ["a configuration by its name", { boot: 'boot os config "second"' }],
  ["data behind the tree", { fit: `${wholeFit}  external align 512` }],
  ["data at a position", { fit: `${wholeFit}  external at 64K` }],
  ["a kernel where it lies", { fit: "initrd ram  dtb virt  kernel plain noload" }],
  ["md5 and sha1", { fit: `${wholeFit}, md5, sha1, sha512` }],
  [
    "a kernel that is not whole",
    { fit: `${wholeFit}  external align 512`, corrupt: (fit) => fit.readUInt32BE(4) + 300 },
  ],
  ["a signature", { board: keyed }],
  ["a signed configuration that is another", { board: keyed, corrupt: described }],
];

/** What is printed about FITs, as far as it does not depend on the speed of the machine. */
function aboutFit(console: string): string[] {
  const lines = console.replaceAll("\r", "").split("\n");
  const start = lines.findLastIndex((line) => line.startsWith("## Loading kernel from FIT"));
  // Where ramdisk and tree are moved to depends on the stack of the real one.
  const moved = /^( {3}Loading (?:Ramdisk|Device Tree) to|Working FDT set to) .*/;
  const behind = lines.slice(Math.max(start, 0)).map((line) => line.replace(moved, "$1 …"));
  const end = behind.findIndex((line) => /^Starting kernel|nothing was started/.test(line));
  return behind.slice(0, end + 1);
}

/** One byte of the FIT is another. */
function corruption(program: Program, at: number): Fault {
  const { fault } = parseFault({ name: "--fault", text: `tftp os corrupt after ${at}` });
  const scope = { parameters: new Map() };
  const read = fault && readFault(fault, { program, scope, report: () => {} });
  if (!read) throw new Error("no fault");
  return read;
}

/** The tree in `file` with the public key that a build has in `pem`. */
function withKey(file: string, pem: string): Uint8Array {
  const { tree, header } = readFdt(contentOf(readFileSync(file)));
  if (!tree) throw new Error("QEMU's tree is no tree");
  const { key } = signerFromPem(pem);
  const node = { hint: "dev", algorithm: "sha256,rsa2048", key, required: "conf" } as const;
  return bytesOf(treeWithKey(tree, header.totalSize, node));
}

describe.runIf(haveLab())("a FIT is printed the same", { timeout: 360_000 }, () => {
  it.each(rows)("%s", async (_, { board = "", fit, boot = "boot os", corrupt }) => {
    const lab = await Lab.open();
    const inputs = lab.directory("inputs");
    const file = (name: string) => join(inputs, name);
    dumpDeviceTree(file("virt.dtb"));
    const image = readFileSync(join(example, "Image.gz"));
    writeFileSync(file("Image.gz"), image);
    writeFileSync(file("Image"), gunzipSync(image));
    writeFileSync(file("initrd.gz"), gzipSync("070701".padEnd(5000, "initrd")));
    writeFileSync(file("dev.pem"), developmentKey);
    const text = fitFlow({
      board,
      sign: board === "" ? "" : 'sign "dev.pem"',
      body: `\n  bootargs "from the FIT"\n  ${boot}\n`,
      ...(fit !== undefined && { fit }),
    });
    writeFileSync(file("zero-client.boot"), text);
    const names = ["virt.dtb", "Image.gz", "Image", "initrd.gz", "dev.pem"];
    const given = Object.fromEntries(names.map((name) => [name, file(name)]));

    const disk = diskFiles();
    const { artifacts, plan } = compile(file("zero-client.boot"), { files: disk });
    if (!artifacts || !plan) throw new Error("the flow of the test does not compile");
    const made = artifacts.find(({ name }) => name === "os.itb")?.content;
    const at = made && corrupt?.(Buffer.from(bytesOf(made)));
    const virtual = bootDesk(deskOf(new Bench(plan, artifacts)), {
      release: "2023.01",
      faults: at === undefined ? [] : [corruption(plan.program, at)],
    });
    disk.close();

    const { sdcard, tftp } = writeFlow(lab.directory("flow"), text, given);
    if (at !== undefined) {
      const os = join(tftp, "os.itb");
      const bytes = readFileSync(os);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
      writeFileSync(os, bytes);
    }
    await lab.dhcp();
    await lab.tftp(tftp);
    const environment = {
      ...{ "serial#": "0001", ethaddr: "52:54:00:00:00:01", bootdelay: "0" },
      ...{ tftptimeout: "1000", tftptimeoutcountmax: "1", boot_targets: "virtio0" },
    };
    const deviceTree = join(lab.directory("control"), "control.dtb");
    if (board === keyed) writeFileSync(deviceTree, withKey(file("virt.dtb"), developmentKey));
    const control = board === keyed ? { deviceTree } : {};
    const real = await lab.board({ sdcard, environment, ...control });
    await real.waitFor(/hello from [\w-]+: |nothing was started\n/, 60_000);
    expect(aboutFit(virtual.console)).toEqual(aboutFit(real.output));
  });
});
