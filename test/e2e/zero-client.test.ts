// The zero client on real U-Boot, with servers that are not ours: what a person sees on the
// console when all is well, and when something is not there, not whole or not alive.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dumpDeviceTree } from "./board.js";
import { type Flow, writeFlow } from "./hand-written.js";
import { haveLab, Lab } from "./lab.js";
import type { Program } from "./program.js";

const bench1 = board("0000000012345678", "52:54:00:00:00:01");
const bench2 = board("00000000aabbccdd", "52:54:00:00:00:02");
const clients = {
  [bench1["serial#"]]: "console=tty1 client=bench-1",
  [bench2["serial#"]]: "console=ttyS1,115200 client=bench-2",
};
const hello1 = "hello from zero-client-qemu: console=tty1 client=bench-1\n";
const hello2 = "hello from zero-client-qemu: console=ttyS1,115200 client=bench-2\n";

/** The environment of a board that waits for nobody and gives up on a server soon. */
function board(serial: string, ethaddr: string) {
  const patience = { bootdelay: "0", tftptimeout: "1000", tftptimeoutcountmax: "1" };
  // After the script U-Boot would try to boot from everything else it knows.
  const order = { boot_targets: "virtio0" };
  return { "serial#": serial, ethaddr, ...patience, ...order };
}

/** A laboratory with a DHCP server and the files of a flow, which nobody serves yet. */
async function prepare(flow: Omit<Flow, "directory" | "clients"> = {}) {
  const lab = await Lab.open();
  const artifacts = writeFlow({ directory: lab.directory("flow"), clients, ...flow });
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

describe.runIf(haveLab())("the zero client", { timeout: 60_000 }, () => {
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
    const { sdcard, tftp } = writeFlow({ directory: lab.directory("flow"), clients, dtb });
    await lab.dhcp({ hosts: { [bench1.ethaddr]: "192.168.0.11" } });
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("DHCP client bound to address 192.168.0.11", 20_000);
    await console.waitFor("Booting using the fdt blob at 0x43000000", 20_000);
    await console.waitFor(hello1, 5000);
  });

  it("says which step failed when the client's script is missing", async () => {
    const { lab, sdcard, tftp } = await prepare();
    rmSync(join(tftp, "netboot-0000000012345678.scr"));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("TFTP error: 'File not found'", 20_000);
    await console.waitFor("boot failed: zero-client.boot:22: chain netboot\n", 5000);
    await giveUp(console);
  });

  it("goes on with the fallback when the client's script is missing", async () => {
    const { lab, sdcard, tftp } = await prepare({ fallback: true });
    rmSync(join(tftp, "netboot-0000000012345678.scr"));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("failed: zero-client.boot:22: chain netboot\n", 20_000);
    await console.waitFor("hello from fallback: rescue\n", 10_000);
    await console.waitForEnd(5000);
  });

  it("does not run a script that is not whole", async () => {
    const { lab, sdcard, tftp } = await prepare();
    corrupt(join(tftp, "netboot-0000000012345678.scr"));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("boot failed: zero-client.boot:22: chain netboot", 20_000);
    await giveUp(console);
  });

  it("does not boot a kernel that is not whole", async () => {
    const { lab, sdcard, tftp } = await prepare();
    corrupt(join(tftp, "linux.uImage"));
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("Bad Data CRC", 20_000);
    await console.waitFor("boot failed: zero-client.boot:31: boot linux\n", 5000);
    await console.waitFor("boot failed: zero-client.boot:22: chain netboot (it failed)\n", 5000);
    await giveUp(console);
  });

  it("does not boot the kernel it has when the next file is missing", async () => {
    const lab = await Lab.open();
    const dtb = join(lab.directory("tree"), "virt.dtb");
    dumpDeviceTree(dtb);
    const { sdcard, tftp } = writeFlow({ directory: lab.directory("flow"), clients, dtb });
    rmSync(join(tftp, "virt.dtb"));
    await lab.dhcp();
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("boot failed: zero-client.boot:31: load virt (virt.dtb)\n", 20_000);
    await giveUp(console);
  });

  it("says which step failed when nobody gives an address", async () => {
    const lab = await Lab.open();
    const { sdcard } = writeFlow({ directory: lab.directory("flow"), clients });
    // DHCP itself gives up after more than a minute unless told how long to try.
    const console = await lab.board({
      sdcard,
      environment: { ...bench1, bootpretryperiod: "2000" },
    });
    await console.waitFor("boot failed: zero-client.boot:21: dhcp\n", 30_000);
    await giveUp(console);
  });

  it("says which step failed when the server is down", async () => {
    const { lab, sdcard } = await prepare();
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("Retry count exceeded", 20_000);
    await console.waitFor("boot failed: zero-client.boot:22: chain netboot\n", 5000);
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
    await console.waitFor("boot failed: zero-client.boot:31: load linux (linux.uImage)\n", 20_000);
    await giveUp(console);
  });

  it("boots when the server is there at the third attempt", async () => {
    const { lab, sdcard, tftp } = await prepare({ attempts: 3 });
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("attempt 1: zero-client.boot:22: chain netboot\n", 20_000);
    await console.waitFor("attempt 2: zero-client.boot:22: chain netboot\n", 20_000);
    await lab.tftp(tftp);
    await console.waitFor(hello1, 20_000);
  });

  it("boots from the second server when the first is dead", async () => {
    const dead = "192.168.0.251";
    const { lab, sdcard, tftp } = await prepare({ servers: [dead, "192.168.0.250"] });
    lab.network.addAddress(dead);
    await lab.tftp(tftp);
    const console = await lab.board({ sdcard, environment: bench1 });
    await console.waitFor("failed: zero-client.boot:22: chain netboot\n", 20_000);
    await console.waitFor(hello1, 20_000);
  });
});
