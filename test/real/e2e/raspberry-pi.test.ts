// Debian's rpi_3 U-Boot on QEMU's Raspberry Pi 3, which has an SD card but no network: the zero
// client's script says so, and the example's kernel and device tree boot from the card.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  bytesOf,
  cells,
  contentOf,
  encodeFdt,
  property,
  readFdt,
  readItsText,
  texts,
} from "../../../src/image/index.js";
import { Program } from "../../tools/program.js";
import { find, have } from "../../tools/tools.js";
import { makeDisk } from "./board.js";
import { writeFlow } from "./flows.js";
import { fetchFiles } from "./packages.js";

const example = join(import.meta.dirname, "../../../examples/zero-client");
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

/** A device tree in source, as a file. */
function treeOf(source: string): Uint8Array {
  const { tree } = readItsText(`/dts-v1/; / { ${source} };`);
  if (!tree) throw new Error("the tree of the test is no tree");
  return bytesOf(encodeFdt(tree));
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

describe.runIf(uboot)("a Raspberry Pi 3", { timeout: 240_000 }, () => {
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

  it("gives the kernel a tree with an overlay in it, and none that an overlay ruined", async () => {
    const inputs = scratch();
    const file = (name: string, source: string) => {
      writeFileSync(join(inputs, name), treeOf(source));
      return join(inputs, name);
    };
    const { tree: own } = readFdt(contentOf(readFileSync(join(example, tree))));
    if (!own) throw new Error("the example's tree is no tree");
    const labels = {
      name: "__symbols__",
      properties: [property("chosen", texts("/chosen"))],
      children: [],
    };
    // What a label names has a handle, as dtc gives it.
    const chosen = {
      name: "chosen",
      properties: [property("phandle", cells(0x77))],
      children: [],
    };
    const others = own.root.children.filter(({ name }) => name !== "chosen");
    const root = { ...own.root, children: [...others, chosen, labels] };
    const named = join(inputs, "named.dtb");
    writeFileSync(named, bytesOf(encodeFdt({ ...own, root })));
    const target = '__fixups__ { chosen = "/fragment-0:target:0"; };';
    const overlay = (inside: string) =>
      `fragment-0 { target = <0xffffffff>; __overlay__ { ${inside} }; }; ${target}`;
    const more = file("more.dtbo", overlay('bootargs = "from the overlay";'));
    // It has a label that is there, and a path that is not: found out in the middle of the work.
    const ruin = file("ruin.dtbo", overlay("x = <0>;").replace(':0"', ':64"'));
    const flow = `board old from rpi_3 { fdt_addr_r 0x02600000 }
kernel linux from "Image.gz" as uimage { load 0x80000 }
dtb pi3 from "named.dtb"
overlay more from "more.dtbo"
overlay ruin from "ruin.dtbo"
script boot on sdcard "boot.scr" {
  load linux from sdcard
  load pi3 from sdcard
  load more from sdcard
  load ruin from sdcard
  try { boot linux with pi3, ruin } else {
    print "on to the next"
    load pi3 from sdcard
    boot linux with pi3, more
  }
}
`;
    const given = { "named.dtb": named, "more.dtbo": more, "ruin.dtbo": ruin };
    const { sdcard } = writeFlow(scratch(), flow, {
      ...given,
      "Image.gz": join(example, "Image.gz"),
    });
    const board = startPi(sdcard);
    await board.waitFor("boot: zero-client.boot:11: fdt apply ruin to pi3 failed", 20_000);
    await board.waitFor("on to the next", 5000);
    await board.waitFor("hello from zero-client: from the overlay\n", 20_000);
  });
});
