// What the tests of FITs share: a folder with inputs, a source that names them, keys and our way to
// a FIT; mkimage's is in ../real/image/mkimage-fit.ts.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import {
  bytesOf,
  contentOf,
  encodeFdt,
  encodeFit,
  type FitOptions,
  type FitSigning,
  type ItsFile,
  readFdt,
  readItsText,
  type StoredTree,
  signerFromPem,
  storeTree,
} from "../../src/image/index.js";
import { pemOf, rsaKey } from "../tools/keys.js";
import { run } from "../tools/tools.js";

/** The time of every FIT here, in seconds since 1970. */
export const TIME = 1700000000;

/** An empty folder that goes when the file's tests are done. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "ubootc-fit-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const bytes = (size: number, seed: number) =>
  Uint8Array.from({ length: size }, (_, index) => (index * 31 + seed * 7 + (index >> 8)) & 0xff);

const { tree: board } = readItsText(`/dts-v1/;
  / { compatible = "acme,board"; #address-cells = <1>; #size-cells = <1>; };`);
if (!board) throw new Error("no tree");

/** A small device tree. */
export const boardTree = bytesOf(encodeFdt(board));

/** The inputs, by name. */
export const inputs: Readonly<Record<string, Uint8Array>> = {
  "kern.bin": new TextEncoder().encode("KERNELDATA!"),
  "t.dtb": boardTree,
  "a.txt": new TextEncoder().encode("echo hi\n"),
  "big.bin": bytes(70_001, 1),
  "three.bin": bytes(3, 2),
  "disk.bin": bytes(4096, 3),
};

/** Writes the inputs into `folder`. */
export function writeInputs(folder: string): void {
  for (const [name, content] of Object.entries(inputs)) writeFileSync(join(folder, name), content);
}

/** The tree of a source that names `inputs`. */
export function treeOf(source: string) {
  const held = Object.entries(inputs).map(([name, content]) => [name, contentOf(content)] as const);
  const { tree, problems } = readItsText(source, Object.fromEntries(held));
  if (!tree) throw new Error(problems.map(({ message, line }) => `${line}: ${message}`).join("\n"));
  return tree;
}

/** A FIT of `source`; throws when there is none. */
export function fitOf(source: string, options: FitOptions = { time: TIME }) {
  const fit = encodeFit(storeTree(treeOf(source)), options);
  if (!fit.image) throw new Error(fit.problems.map(({ message }) => message).join("\n"));
  return {
    ...fit,
    image: Buffer.from(bytesOf(fit.image)),
    control: fit.control && Buffer.from(bytesOf(fit.control)),
  };
}

/** The source of the test vectors: a kernel, a tree and a script, each with its hash. */
export const vectorSource = `/dts-v1/;
/ { description = "test fit"; #address-cells = <1>;
 images {
  kernel-1 { description = "k"; data = /incbin/("kern.bin"); type = "kernel"; arch = "arm64"; os = "linux";
    compression = "none"; load = <0x80000>; entry = <0x80000>;
    hash-1 { algo = "sha256"; }; hash-2 { algo = "crc32"; }; };
  fdt-1 { description = "d"; data = /incbin/("t.dtb"); type = "flat_dt"; arch = "arm64"; compression = "none";
    hash-1 { algo = "sha1"; }; };
  script-1 { description = "s"; data = /incbin/("a.txt"); type = "script"; compression = "none";
    hash-1 { algo = "md5"; }; }; };
 configurations { default = "conf-1";
  conf-1 { description = "c"; kernel = "kernel-1"; fdt = "fdt-1"; script = "script-1";
   signature-1 { algo = "sha256,rsa2048"; key-name-hint = "dev"; sign-images = "kernel", "fdt", "script"; }; }; };
};
`;

/** How a configuration is signed. */
export interface SignedSource {
  readonly algorithm: string;
  /** Other properties of the signature, such as its padding. */
  readonly more?: string;
  readonly images?: string;
  /** A node in the kernel's image. */
  readonly inKernel?: string;
}

/** A source with two configurations, both to be signed with the key `dev`. */
export function signedSource({
  algorithm,
  more = "",
  images,
  inKernel = "",
}: SignedSource): string {
  const signature = `algo = "${algorithm}"; key-name-hint = "dev"; ${more}`;
  const list = images ?? '"kernel", "fdt", "ramdisk"';
  return `/dts-v1/;
/ { description = "signed";
 images {
  kernel-1 { description = "k"; data = /incbin/("kern.bin"); type = "kernel"; arch = "arm64"; os = "linux";
    compression = "none"; load = <0x80000>; entry = <0x80000>; hash-1 { algo = "sha256"; }; ${inKernel} };
  fdt-1 { description = "d"; data = /incbin/("t.dtb"); type = "flat_dt"; arch = "arm64"; compression = "none";
    hash-1 { algo = "sha256"; }; };
  disk-1 { description = "r"; data = /incbin/("three.bin"); type = "ramdisk"; arch = "arm64"; os = "linux";
    compression = "none"; hash-1 { algo = "sha256"; }; };
 };
 configurations { default = "conf-1";
  conf-1 { description = "c"; kernel = "kernel-1"; fdt = "fdt-1"; ramdisk = "disk-1";
   signature-1 { ${signature} ${list === "" ? "" : `sign-images = ${list};`} }; };
  conf-2 { description = "c"; kernel = "kernel-1"; signature { ${signature} }; };
 };
};
`;
}

const made = new Map<string, string>();

/** A private key for `algorithm` ("hash,key"), made once for the tests of a file. */
export function keyFor(algorithm: string): string {
  const name = algorithm.split(",")[1] ?? "";
  const bits = Number(/[0-9]+$/.exec(name)?.[0]);
  const pair = () =>
    name.startsWith("rsa") ? rsaKey(bits) : generateKeyPairSync("ec", { namedCurve: `P-${bits}` });
  const pem = made.get(name) ?? pemOf(pair().privateKey);
  made.set(name, pem);
  return pem;
}

/** Signing with the key of `algorithm`, whatever the hint. */
export function signingWith(algorithm: string, more: Partial<FitSigning> = {}): FitSigning {
  const signer = signerFromPem(keyFor(algorithm));
  return { signerOf: () => signer, time: TIME, ...more };
}

/** A control tree as boards have it, with so many bytes of slack. */
export function controlTree(slack: number) {
  const source = '/dts-v1/; / { compatible = "acme,board"; model = "x"; chosen { }; };';
  const packed = bytesOf(encodeFdt(treeOf(source)));
  const file = Buffer.concat([packed, Buffer.alloc(slack)]);
  file.writeUInt32BE(file.length, 4);
  return { file, ...storedTree(file) };
}

/** The tree in `file`, with the size its header has. */
export function storedTree(file: Uint8Array): { tree: StoredTree; totalSize: number } {
  const { tree, header } = readFdt(contentOf(file));
  if (!tree) throw new Error("no tree");
  return { tree, totalSize: header.totalSize };
}

/** U-Boot's own verifier, where a distribution has it; Debian's u-boot-tools does not. */
export const hasFitCheckSign = run("fit_check_sign", []).status !== null;

/** Whether U-Boot's verifier accepts the default configuration. */
export function fitCheckSign(folder: string, image: Uint8Array, control: Uint8Array): boolean {
  const [fit, keys] = [join(folder, "check.itb"), join(folder, "check.dtb")];
  writeFileSync(fit, image);
  writeFileSync(keys, control);
  return run("fit_check_sign", ["-f", fit, "-k", keys]).status === 0;
}

/** The files of a folder, for sources. */
export function filesIn(folder: string) {
  return {
    open(name: string): ItsFile | string {
      try {
        return { name, content: contentOf(readFileSync(join(folder, name))) };
      } catch {
        return "no such file";
      }
    },
  };
}
