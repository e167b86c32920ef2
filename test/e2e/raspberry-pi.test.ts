// Debian's rpi_3 U-Boot on QEMU's Raspberry Pi 3, which has an SD card but no network: the zero
// client's script says so, and the example's kernel and device tree boot from the card.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { find, have } from "../tools/tools.js";
import { makeDisk } from "./board.js";
import { writeFlow } from "./flows.js";
import { fetchFiles } from "./packages.js";
import { Program } from "./program.js";

const example = join(import.meta.dirname, "../../examples/zero-client");
const tree = "bcm2837-rpi-3-b.dtb";
const tools = ["qemu-system-aarch64", "sfdisk", "mkfs.fat", "mcopy", "dpkg-deb"];
/** The package has a U-Boot for each model; the tar member names their folders. */
const uboot = have(...tools) ? fetchFiles(["u-boot-rpi"], ["rpi_3/u-boot.bin"]) : undefined;

/** The flow of the article. */
const article = readFileSync(join(example, "zero-client.boot"), "utf8");

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "ubootc-pi-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Switches a Raspberry Pi 3 on, with the files of `sdcard` on its card. */
function startPi(sdcard: string): Program {
  const disk = join(scratch(), "sd.img");
  makeDisk(disk, sdcard);
  const board = new Program(find("qemu-system-aarch64") as string, [
    ...["-machine", "raspi3b", "-display", "none", "-monitor", "none"],
    // Its console is the second UART.
    ...["-serial", "null", "-serial", "stdio"],
    ...["-kernel", join(`${uboot}`, "u-boot.bin"), "-dtb", join(example, tree)],
    ...["-drive", `if=sd,format=raw,file=${disk}`],
  ]);
  onTestFinished(() => board.stop());
  return board;
}

describe.runIf(uboot)("a Raspberry Pi 3", { timeout: 60_000 }, () => {
  it("says that there is no network", async () => {
    const { sdcard } = writeFlow(scratch(), article, "zero-client");
    const board = startPi(sdcard);
    await board.waitFor("Found U-Boot script /boot.scr", 20_000);
    await board.waitFor("boot failed: zero-client.boot:17: dhcp\n", 5000);
    await board.waitFor("U-Boot> ", 20_000);
    expect(board.output).not.toMatch(/hello from|Starting kernel/);
  });

  // Debian's U-Boot is from before v2025.07, when the Raspberry Pi's addresses were others.
  it("boots the article's kernel, load address 0x80000, from the card", async () => {
    const flow = article
      .replace("board rpi_3 ", "board old from rpi_3 { fdt_addr_r 0x02600000 }\n#")
      .replace(
        / {2}dhcp\n {2}chain netboot/,
        `  load linux from sdcard
  load pi3 from sdcard
  bootargs "console=ttyS1,115200 client=bench-2"
  boot linux with pi3`,
      );
    const { sdcard } = writeFlow(scratch(), flow, "zero-client");
    const board = startPi(sdcard);
    await board.waitFor("hello from zero-client: console=ttyS1,115200 client=bench-2\n", 20_000);
  });
});
