// FITs of a flow on real U-Boot: kernel, tree and initrd start from one, by a configuration, also
// where the kernel lies in the file; scripts are FITs; a byte that is another is noticed; and a board
// with a key boots what the flow signed and nothing else. Overlays: see fit-overlays.test.ts, since
// Debian's build for this board has none.
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  contentOf,
  readFdt,
  signerFromPem,
  treeWithKey,
} from "../../../src/image/index.js";
import type { Program } from "../../tools/program.js";
import { dumpDeviceTree } from "./board.js";
import { fitFlow, wholeFit, writeFlow } from "./flows.js";
import { haveLab, Lab } from "./lab.js";

const image = gunzipSync(
  readFileSync(join(import.meta.dirname, "../../../examples/zero-client-qemu/Image.gz")),
);

const usual = 'bootargs "from the FIT"\nboot os';
const hello = "hello from zero-client-qemu: from the FIT\n";

/** A laboratory with the files of a flow served, and QEMU's tree for its board. */
async function prepare(text: string) {
  const lab = await Lab.open();
  const inputs = lab.directory("inputs");
  const file = (name: string) => join(inputs, name);
  dumpDeviceTree(file("virt.dtb"));
  writeFileSync(file("Image"), image);
  writeFileSync(file("initrd.gz"), gzipSync("070701".padEnd(5000, "initrd")));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = String(privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(file("dev.pem"), pem);
  const own = ["virt.dtb", "Image", "initrd.gz", "dev.pem"];
  const given = Object.fromEntries(own.map((name) => [name, file(name)]));
  const { sdcard, tftp } = writeFlow(lab.directory("flow"), text, given);
  await lab.dhcp();
  await lab.tftp(tftp);
  const tree = contentOf(readFileSync(file("virt.dtb")));
  return { lab, sdcard, tftp, pem, tree };
}

const environment = {
  ...{ "serial#": "0001", ethaddr: "52:54:00:00:00:01", bootdelay: "0" },
  ...{ tftptimeout: "1000", tftptimeoutcountmax: "1", boot_targets: "virtio0" },
};

async function nothingStarted(console: Program): Promise<void> {
  await console.waitFor("nothing was started", 20_000);
  expect(console.output).not.toMatch(/hello from|Starting kernel/);
}

describe.runIf(haveLab())("a FIT of a flow", { timeout: 240_000 }, () => {
  it("starts the default configuration, with its tree and its initrd", async () => {
    const { lab, sdcard } = await prepare(fitFlow({ body: usual }));
    const console = await lab.board({ sdcard, environment });
    await console.waitFor("Using 'first' configuration", 20_000);
    await console.waitFor("Trying 'linux' kernel subimage", 5000);
    await console.waitFor("Trying 'ram' ramdisk subimage", 5000);
    await console.waitFor("Trying 'virt' fdt subimage", 5000);
    await console.waitFor(hello, 20_000);
    await console.waitForEnd(5000);
  });

  it.each([
    ["behind the tree", "external align 512"],
    ["at a position", "external at 64K"],
  ])("starts a configuration by its name, the data %s", async (_, external) => {
    const body = usual.replace("boot os", 'boot os config "second"');
    const { lab, sdcard } = await prepare(fitFlow({ fit: `${wholeFit}  ${external}`, body }));
    const console = await lab.board({ sdcard, environment });
    await console.waitFor("Using 'second' configuration", 20_000);
    await console.waitFor("Trying 'plain' kernel subimage", 5000);
    await console.waitFor(hello, 20_000);
  });

  it("starts a kernel where it lies in the file", async () => {
    const fit = "initrd ram  dtb virt  kernel plain noload";
    const { lab, sdcard } = await prepare(fitFlow({ fit, body: usual }));
    const console = await lab.board({ sdcard, environment });
    await console.waitFor("Type:         Kernel Image (no loading done)", 20_000);
    await console.waitFor(hello, 20_000);
  });

  it("is not started when a byte of it is another, nor is a script", async () => {
    const { lab, sdcard, tftp } = await prepare(
      fitFlow({ fit: `${wholeFit}  external`, body: usual }),
    );
    const [kernel, script] = ["os.itb", "netboot.scr"].map((name) => join(tftp, name));
    const spoil = (file = "", from: (bytes: Buffer) => number) => {
      const whole = readFileSync(file);
      const spoilt = Buffer.from(whole);
      const at = from(spoilt);
      spoilt.writeUInt8(spoilt.readUInt8(at) ^ 1, at);
      writeFileSync(file, spoilt);
      return () => writeFileSync(file, whole);
    };
    // Behind the tree of the FIT, whose size is in its header, the kernel comes first.
    const restore = spoil(kernel, (bytes) => bytes.readUInt32BE(4) + 200);
    const first = await lab.board({ sdcard, environment });
    await first.waitFor("Bad Data Hash", 20_000);
    await first.waitFor("boot os (first)", 5000);
    await nothingStarted(first);
    restore();
    spoil(script, (bytes) => bytes.indexOf("from the FIT"));
    const second = await lab.board({ sdcard, environment });
    await second.waitFor("chain netboot (netboot.scr) is damaged", 20_000);
    await nothingStarted(second);
  });

  it.each([
    ["conf", "sha256,rsa2048:dev+ OK"],
    ["image", "sha256,rsa2048:dev+ sha256+ crc32+ OK"],
  ] as const)(
    "boots on a board whose key is required for each %s, and not without a signature",
    async (required, seen) => {
      const board = "{ verified_boot yes }";
      const signed = fitFlow({
        board,
        sign: `sign "dev.pem" { required ${required} }`,
        body: usual,
      });
      const { lab, sdcard, tree, pem, tftp } = await prepare(signed);
      const own = readFdt(tree);
      if (!own.tree) throw new Error("QEMU's tree is no tree");
      const { key } = signerFromPem(pem);
      const node = { hint: "dev", algorithm: "sha256,rsa2048", key, required } as const;
      const deviceTree = join(lab.directory("control"), "control.dtb");
      const control = treeWithKey(own.tree, own.header.totalSize, node);
      writeFileSync(deviceTree, bytesOf(control));
      const console = await lab.board({ sdcard, environment, deviceTree });
      await console.waitFor(seen, 20_000);
      await console.waitFor(hello, 20_000);

      // The same without `sign`, put where the board looks for it.
      const inputs = lab.directory("unsigned");
      mkdirSync(join(inputs, "in"));
      const plain = (name: string) => join(inputs, "in", name);
      writeFileSync(plain("virt.dtb"), bytesOf(tree));
      writeFileSync(plain("Image"), image);
      writeFileSync(plain("initrd.gz"), gzipSync("070701".padEnd(5000, "initrd")));
      const names = ["virt.dtb", "Image", "initrd.gz"].map((name) => [name, plain(name)] as const);
      const other = writeFlow(inputs, fitFlow({ body: usual }), Object.fromEntries(names));
      writeFileSync(join(tftp, "os.itb"), readFileSync(join(other.tftp, "os.itb")));
      const refused = await lab.board({ sdcard, environment, deviceTree });
      await refused.waitFor("Failed to verify required signature 'key-dev'", 20_000);
      await nothingStarted(refused);
    },
  );
});
