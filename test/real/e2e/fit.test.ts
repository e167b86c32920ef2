// FITs of ours on real U-Boot: kernel, tree and script start from one, a spoilt one is refused, and a
// board that has a key in its control tree boots what is signed with it and nothing else.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  type Content,
  contentOf,
  describeFit,
  encodeFit,
  type FitDescription,
  type FitOptions,
  type FitSignatureOptions,
  readFdt,
  readFit,
  signerFromPem,
  storeTree,
  verifyFit,
} from "../../../src/image/index.js";
import type { Program } from "../../tools/program.js";
import { dumpDeviceTree } from "./board.js";
import { haveLab, Lab } from "./lab.js";

const kernel = contentOf(
  readFileSync(join(import.meta.dirname, "../../../examples/zero-client-qemu/Image.gz")),
);

/** Where the file is loaded, clear of everything that is in it. */
const AT = "0x48000000";

/** A FIT with all that the board needs. */
function description(tree: Content, signature?: FitSignatureOptions): FitDescription {
  const script = new TextEncoder().encode(`setenv bootargs from=script; bootm ${AT}`);
  return {
    description: "everything",
    images: [
      {
        ...{ name: "linux", type: "kernel", arch: "arm64", os: "linux", compression: "gzip" },
        ...{ load: 0x41000000, entry: 0x41000000, data: kernel, hashes: ["sha256", "crc32"] },
      },
      { name: "virt", type: "flat_dt", arch: "arm64", load: 0x43000000, data: tree },
      { name: "boot", type: "script", data: contentOf(script), hashes: ["sha512", "md5", "sha1"] },
    ],
    configurations: [
      {
        ...{ name: "conf", kernel: "linux", fdt: ["virt"], script: "boot" },
        ...(signature ? { signature } : {}),
      },
    ],
  };
}

function encode(fit: FitDescription, options: FitOptions) {
  const { tree, problems } = describeFit(fit);
  if (!tree) throw new Error(problems.map(({ message }) => message).join());
  const made = encodeFit(storeTree(tree), { time: 1700000000, ...options });
  if (!made.image) throw new Error(made.problems.map(({ message }) => message).join());
  return { file: Buffer.from(bytesOf(made.image)), control: made.control && bytesOf(made.control) };
}

/** A laboratory and QEMU's own tree for its boards. */
async function prepare() {
  const lab = await Lab.open();
  const own = join(lab.directory("tree"), "virt.dtb");
  dumpDeviceTree(own);
  return { lab, tree: contentOf(readFileSync(own)) };
}

/** A board at its prompt with `files` on its SD card. */
async function start(
  lab: Lab,
  files: Readonly<Record<string, Uint8Array>>,
  control?: Uint8Array,
): Promise<Program> {
  const sdcard = lab.directory("sdcard");
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(sdcard, name), bytes);
  const deviceTree = join(lab.directory("control"), "control.dtb");
  if (control) writeFileSync(deviceTree, control);
  const environment = { bootdelay: "-1" };
  const console = await lab.board({ sdcard, environment, ...(control ? { deviceTree } : {}) });
  await console.waitFor("=> ", 20_000);
  return console;
}

async function command(console: Program, text: string): Promise<void> {
  console.type(`${text}\r`);
  await console.waitFor(text, 5000);
}

const load = (name: string) => `load virtio 0:1 ${AT} ${name}`;

describe.runIf(haveLab())("a FIT of ours", { timeout: 240_000 }, () => {
  it.each<[string, FitOptions]>([
    ["with its data inside", {}],
    ["with its data behind it", { external: { alignment: 8 } }],
    ["with its data at a position", { external: { position: 0x10000 } }],
  ])("starts a kernel %s", async (_, options) => {
    const { lab, tree } = await prepare();
    const { file } = encode(description(tree), options);
    const console = await start(lab, { "all.itb": file });
    // `source` of 2023.01 reads only scripts that are inside.
    const run = options.external ? `setenv bootargs from=script; bootm ${AT}` : `source ${AT}:boot`;
    await command(console, `${load("all.itb")} && iminfo ${AT} && ${run}`);
    await console.waitFor("sha256+ crc32+", 5000);
    await console.waitFor("hello from zero-client-qemu: from=script\n", 20_000);
    await console.waitForEnd(5000);
  });

  it("is refused when a byte of its data is another", async () => {
    const { lab, tree } = await prepare();
    const { file } = encode(description(tree), { external: {} });
    const { images } = readFit(contentOf(file));
    expect(images.map(({ name }) => name)).toEqual(["linux", "virt", "boot"]);
    const spoilt = Buffer.from(file);
    const at = file.indexOf("setenv bootargs");
    spoilt.write("setenv bootargz", at);
    const broken = Buffer.from(file);
    // The last bytes of the tree: it is chosen by what is at its beginning.
    broken.writeUInt8(broken.readUInt8(at - 8) ^ 1, at - 8);
    const console = await start(lab, { "script.itb": spoilt, "tree.itb": broken });
    await command(console, `${load("script.itb")} && source ${AT}:boot || echo refused`);
    await console.waitFor("Bad hash value for 'hash-1' hash node in 'boot' image node", 5000);
    await console.waitFor("\nrefused", 5000);
    await command(console, `${load("tree.itb")} && bootm ${AT} || echo refused`);
    await console.waitFor("Bad Data Hash", 5000);
    await console.waitFor("\nrefused", 5000);
    for (const bytes of [spoilt, broken]) {
      expect(verifyFit(contentOf(bytes)).configurations[0]?.verdict).toBe("refused");
    }
  });

  it("boots on a board with its key only when it is signed and whole", async () => {
    const { lab, tree } = await prepare();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signer = signerFromPem(String(privateKey.export({ type: "pkcs8", format: "pem" })));
    const own = readFdt(tree);
    if (!own.tree) throw new Error("no tree");
    const signature = { algorithm: "sha256,rsa2048", hint: "dev" };
    const { file, control } = encode(description(tree, signature), {
      control: { tree: own.tree, totalSize: own.header.totalSize },
      signing: { signerOf: () => signer, required: true, time: 1700000000 },
    });
    if (!control) throw new Error("no control tree");
    const unsigned = encode(description(tree), {}).file;
    const moved = Buffer.from(file);
    // The load address of the kernel, which the signature covers and no hash does.
    const address = moved.indexOf(Buffer.from("41000000", "hex"));
    moved.writeUInt32BE(0x41200000, address);
    const files = { "signed.itb": file, "unsigned.itb": unsigned, "moved.itb": moved };
    const verdicts = Object.values(files).map((bytes) => {
      return verifyFit(contentOf(bytes), contentOf(control)).configurations[0]?.verdict;
    });
    expect(verdicts).toEqual(["boots", "refused", "refused"]);

    const console = await start(lab, files, control);
    for (const name of ["unsigned.itb", "moved.itb"]) {
      await command(console, `${load(name)} && bootm ${AT} || echo refused`);
      await console.waitFor("Failed to verify required signature 'key-dev'", 5000);
      await console.waitFor("\nrefused", 5000);
    }
    await command(console, `${load("signed.itb")} && setenv bootargs signed && bootm ${AT}`);
    await console.waitFor("sha256,rsa2048:dev+ OK", 5000);
    await console.waitFor("hello from zero-client-qemu: signed\n", 20_000);
  });
});
