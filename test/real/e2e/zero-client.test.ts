// The zero client on real U-Boot, with servers that are not ours: what a person sees on the
// console when all is well, and when something is not there, not whole or not alive.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Program } from "../../tools/program.js";
import { dumpDeviceTree } from "./board.js";
import { exampleFlow, writeFlow } from "./flows.js";
import { haveLab, Lab } from "./lab.js";

const bench1 = board("0000000012345678", "52:54:00:00:00:01");
const bench2 = board("00000000aabbccdd", "52:54:00:00:00:02");
const root = "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs,vers=3,tcp ip=dhcp rw";
const hello1 = `hello from zero-client-qemu: console=ttyAMA0 ${root} client=bench-1\n`;
const hello2 = `hello from zero-client-qemu: console=ttyAMA0,115200 ${root} client=bench-2\n`;

/** The environment of a board that waits for nobody and gives up on a server soon. */
function board(serial: string, ethaddr: string) {
  const patience = { bootdelay: "0", tftptimeout: "1000", tftptimeoutcountmax: "1" };
  // After the script U-Boot would try to boot from everything else it knows.
  const order = { boot_targets: "virtio0" };
  return { "serial#": serial, ethaddr, ...patience, ...order };
}

/** The example without its fallback: `chain netboot` on line 18, as the article has it. */
const plain = exampleFlow([
  /try \{[\s\S]*?\n {2}\}\n/.exec(exampleFlow())?.[0] ?? "",
  "chain netboot\n",
]);

/** A laboratory with a DHCP server and the files of a flow, which nobody serves yet. */
async function prepare(flow = plain, inputs: Readonly<Record<string, string>> = {}) {
  const lab = await Lab.open();
  const artifacts = writeFlow(lab.directory("flow"), flow, inputs);
  await lab.dhcp();
  return { lab, ...artifacts };
}

/** Waits for the prompt, the end of all attempts to boot, and checks that nothing was booted. */
async function giveUp(console: Program, timeoutMs = 15_000): Promise<void> {
  await console.waitFor("=> ", timeoutMs);
  expect(console.output).not.toMatch(/hello from|Starting kernel/);
}

/** Spoils one byte of what comes after the header of a uImage. */
function corrupt(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 0xff, 100);
  writeFileSync(file, bytes);
}

const script1 = "netboot-0000000012345678.scr";
const chainFailed = "boot failed: zero-client.boot:18: chain netboot (netboot-${serial#}.scr)";

describe.runIf(haveLab())("the zero client", { timeout: 240_000 }, () => {
  it("boots two clients in two different ways", async () => {
    const { lab, sdcard, tftp } = await prepare();
    await lab.tftp(tftp);
    const first = await lab.board({ sdcard, environment: bench1 });
    const second = await lab.board({ sdcard, environment: bench2 });
    await first.waitFor(hello1, 20_000);
    await second.waitFor(hello2, 20_000);
    await first.waitForEnd(5000);
    await second.waitForEnd(5000);
  });

  it("gives the kernel a device tree that was served", async () => {
    const lab = await Lab.open();
    const dtb = join(lab.directory("tree"), "virt.dtb");
    dumpDeviceTree(dtb);
    const flow = plain.replace("from firmware", 'from "virt.dtb"');
    const { sdcard, tftp } = writeFlow(lab.directory("flow"), flow, { "virt.dtb": dtb });
    await lab.dhcp({ hosts: { [bench1.ethaddr]: "192.168.0.11" } });
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("DHCP client bound to address 192.168.0.11", 20_000);
    await console.waitFor("Filename 'virt.dtb'", 20_000);
    await console.waitFor("Booting using the fdt blob at", 20_000);
    await console.waitFor(hello1, 5000);
  });

  it("says which step failed when the client's script is missing", async () => {
    const { lab, sdcard, tftp } = await prepare();
    rmSync(join(tftp, script1));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("TFTP error: 'File not found'", 20_000);
    await console.waitFor(`${chainFailed}\n`, 5000);
    await giveUp(console);
  });

  it("goes on with the fallback when the client's script is missing", async () => {
    const { lab, sdcard, tftp } = await prepare(exampleFlow());
    rmSync(join(tftp, script1));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("failed, attempt 3 of 3\n", 20_000);
    await console.waitFor("failed, trying the else of line 18\n", 20_000);
    await console.waitFor("hello from fallback: rescue\n", 10_000);
    await console.waitForEnd(5000);
  });

  it("goes on with the fallback when the board has no serial number", async () => {
    const { lab, sdcard, tftp } = await prepare(exampleFlow());
    await lab.tftp(tftp);
    const { "serial#": _, ...environment } = bench1;
    const console = await lab.board({ sdcard, environment });
    await console.waitFor("zero-client.boot:19: serial# is not set failed", 20_000);
    await console.waitFor("hello from fallback: rescue\n", 10_000);
  });

  it("does not run a script that is not whole", async () => {
    const { lab, sdcard, tftp } = await prepare();
    corrupt(join(tftp, script1));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor(`${chainFailed} is damaged\n`, 20_000);
    await giveUp(console);
  });

  it("does not run an empty script", async () => {
    const { lab, sdcard, tftp } = await prepare();
    writeFileSync(join(tftp, script1), "");
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor(`${chainFailed} is empty\n`, 20_000);
    await giveUp(console);
  });

  it("does not boot a kernel that is not whole", async () => {
    const { lab, sdcard, tftp } = await prepare();
    corrupt(join(tftp, "linux.uImage"));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("Bad Data CRC", 20_000);
    await console.waitFor("netboot failed: zero-client.boot:27: boot linux\n", 5000);
    await console.waitFor(`${chainFailed}\n`, 5000);
    await giveUp(console);
  });

  it("does not boot the kernel it has when the next file is missing", async () => {
    const lab = await Lab.open();
    const dtb = join(lab.directory("tree"), "virt.dtb");
    dumpDeviceTree(dtb);
    const flow = plain.replace("from firmware", 'from "virt.dtb"');
    const { sdcard, tftp } = writeFlow(lab.directory("flow"), flow, { "virt.dtb": dtb });
    rmSync(join(tftp, "virt.dtb"));
    await lab.dhcp();
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("netboot failed: zero-client.boot:27: load own (virt.dtb)\n", 20_000);
    await giveUp(console);
  });

  it("says which step failed when nobody gives an address", async () => {
    const lab = await Lab.open();
    const { sdcard } = writeFlow(lab.directory("flow"), plain);
    // DHCP itself gives up after more than a minute unless told how long to try.
    const console = await lab.board({
      sdcard,
      environment: { ...bench1, bootpretryperiod: "2000" },
    });
    await console.waitFor("boot failed: zero-client.boot:17: dhcp\n", 30_000);
    await giveUp(console);
  });

  it("says which step failed when the server is down", async () => {
    const { lab, sdcard } = await prepare();
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("Retry count exceeded", 20_000);
    await console.waitFor(`${chainFailed}\n`, 5000);
    await giveUp(console);
  });

  it("says which step failed when the server goes down between two files", async () => {
    const { lab, sdcard, tftp } = await prepare();
    const server = await lab.tftp(tftp);
    // A kernel that takes some time: its server is stopped in the middle of it.
    writeFileSync(join(tftp, "linux.uImage"), Buffer.alloc(32 << 20));
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor(/linux\.uImage[\s\S]*#####/, 20_000);
    await server.stop();
    await console.waitFor("boot failed: zero-client.boot:27: load linux (linux.uImage)\n", 20_000);
    await giveUp(console);
  });

  it("boots when the server is there at the third attempt", async () => {
    const { lab, sdcard, tftp } = await prepare(exampleFlow());
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("failed, attempt 1 of 3\n", 20_000);
    await console.waitFor("failed, attempt 2 of 3\n", 20_000);
    await lab.tftp(tftp);
    await console.waitFor(hello1, 20_000);
  });

  it("boots from the second server when the first is dead", async () => {
    const dead = "192.168.0.251";
    const flow = plain.replace("server 192.168.0.250", `server ${dead}, 192.168.0.250`);
    const { lab, sdcard, tftp } = await prepare(flow);
    lab.network.addAddress(dead);
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("Retry count exceeded", 20_000);
    await console.waitFor("hello from zero-client-qemu: console=ttyAMA0", 30_000);
  });
});
