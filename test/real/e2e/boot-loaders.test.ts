// Boot loaders with a TFTP of their own fetch from our server: U-Boot in windows of several sizes,
// the iPXE of QEMU's network card, and GRUB after it.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../../src/image/index.js";
import type { Program } from "../../tools/program.js";
import { find, run } from "../../tools/tools.js";
import { haveLab, Lab } from "./lab.js";

const repository = join(import.meta.dirname, "../../..");
const main = join(repository, "dist/bin/main.js");

/** Bytes that differ from block to block. */
function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((at * 2654435761) >>> 0, at);
  return bytes;
}

/** The server as a library, with windows of up to 64: what U-Boot cannot take is never offered. */
const library = `
  import { directory, TftpServer } from ${JSON.stringify(join(repository, "dist/tftp/index.js"))};
  const [root, address] = process.argv.slice(1);
  const report = (event) => event.type !== "progress" && console.log(JSON.stringify(event));
  await TftpServer.start(directory(root), { addresses: [address], windowsize: 64, report });
  console.log("listening");
`;

describe.runIf(haveLab())("U-Boot", { timeout: 480_000 }, () => {
  const bytes = noise((2 << 20) + 123);

  const own = { "serial#": "0000000012345678", ethaddr: "52:54:00:00:00:01", bootdelay: "-1" };
  const patience = { autoload: "no", tftptimeout: "1000", tftptimeoutcountmax: "4" };

  /** A server of up to 64 blocks. */
  async function prepare() {
    const lab = await Lab.open();
    await lab.dhcp({ hosts: { [own.ethaddr]: "192.168.0.11" } });
    const root = lab.directory("root");
    writeFileSync(join(root, "file.bin"), bytes);
    const args = ["--input-type=module", "-e", library, root, lab.network.address];
    const server = lab.network.start(process.execPath, args);
    await server.waitFor("listening", 20_000);
    return { lab, server };
  }

  /** A board at its prompt, with an address. */
  async function start(lab: Lab, environment: Readonly<Record<string, string>>) {
    const board = await lab.board({
      sdcard: lab.directory("empty"),
      environment: { ...own, ...patience, ...environment },
    });
    await board.waitFor("=> ", 60_000);
    await typed(board, "dhcp");
    await typed(board, `setenv serverip ${lab.network.address}`);
    return board;
  }

  /** What `command` prints. */
  function typed(board: Program, command: string): Promise<string> {
    board.type(`${command}\n`);
    return board.waitFor(/[\s\S]*?\n=> /, 60_000);
  }

  const sum = `==> ${crc32(bytes).toString(16).padStart(8, "0")}`;
  const fetch = "tftpboot 42000000 file.bin && crc32 42000000 ${filesize}";

  it.each([1, 16])("fetches in windows of %i", async (windowsize) => {
    const { lab, server } = await prepare();
    const board = await start(lab, { tftpwindowsize: `${windowsize}` });
    expect(await typed(board, fetch)).toContain(sum);
    await server.waitFor(`"blksize":1468,"windowsize":${windowsize},`, 5000);
    await server.waitFor('"outcome":{"how":"done"', 5000);
    expect(server.output).not.toContain('"reduced"');
  });

  it("cannot take windows of 64, and is offered less after its reset", async () => {
    const { lab, server } = await prepare();
    const many = { tftpwindowsize: "64", tftpblocksize: "512" };
    const first = await start(lab, many);
    expect(await typed(first, fetch)).toContain("Retry count exceeded");
    // Its receive ring has overflowed, and it hears nothing any more.
    await first.stop();
    expect(await typed(await start(lab, many), fetch)).toContain(sum);
    await server.waitFor('"windowsize":64,', 5000);
    await server.waitFor('"type":"reduced"', 5000);
    await server.waitFor('"transfer":2,', 5000);
    await server.waitFor('"windowsize":4,', 5000);
    await server.waitFor('"outcome":{"how":"done"', 5000);
  });
});

const machine = "qemu-system-x86_64";
const [grub, modules] = ["grub-mkimage", "/usr/lib/grub/i386-pc"];
const tools = [machine, grub, `${modules}/tftp.mod`, "/usr/lib/ipxe/qemu/efi-virtio.rom"];

describe.runIf(haveLab(...tools))("a PC", { timeout: 480_000 }, () => {
  it("starts GRUB with iPXE, and both have every byte", async () => {
    const lab = await Lab.open();
    const { network } = lab;
    const root = lab.directory("root");
    const large = noise((3 << 20) + 7);
    writeFileSync(join(root, "large.bin"), large);
    // A script that is not whole would not get to its last lines.
    const filler = "# one of many lines, so that there are many blocks\n".repeat(2000);
    const script = `#!ipxe\n${filler}imgfetch large.bin\nimgstat\nchain grub.0\n`;
    writeFileSync(join(root, "boot.ipxe"), script);
    mkdirSync(join(root, "grub"));
    const lines = ["serial", "terminal_output serial", "hashsum --hash sha256 /large.bin"];
    writeFileSync(join(root, "grub/grub.cfg"), [...lines, "echo GRUB is done", ""].join("\n"));
    const parts = ["pxe", "tftp", "serial", "terminal", "hashsum", "gcry_sha256", "echo", "normal"];
    const format = ["-O", "i386-pc-pxe", "-p", "(pxe)/grub", "-o", join(root, "grub.0")];
    expect(run(grub, [...format, ...parts]).stderr).toBe("");
    await lab.dhcp({ more: [`--dhcp-boot=boot.ipxe,,${network.address}`] });
    const where = ["--address", network.address, "--root", root];
    const server = network.start(process.execPath, [main, "serve", ...where]);
    await server.waitFor("serving on ", 20_000);
    const card = ["-device", "virtio-net-pci,netdev=lan,mac=52:54:00:00:00:09"];
    const console = network.start(find(machine) ?? machine, [
      ...["-m", "128", "-nographic", "-no-reboot", "-boot", "n", "-net", "none", ...card],
      ...["-netdev", `tap,id=lan,ifname=${network.addTap()},script=no,downscript=no`],
    ]);
    await console.waitFor(`large.bin : ${large.length} bytes`, 60_000);
    await console.waitFor(createHash("sha256").update(large).digest("hex"), 60_000);
    await console.waitFor("GRUB is done", 5000);
    const fetched = [...server.output.matchAll(/: fetched (\S+)(?: again)?:/g)].map(
      ([, name]) => name,
    );
    expect(fetched).toEqual([
      ...["boot.ipxe", "large.bin", "grub.0"],
      ...["grub/grub.cfg", "large.bin"],
    ]);
    expect(server.output).not.toContain("stopped at");
  });
});
