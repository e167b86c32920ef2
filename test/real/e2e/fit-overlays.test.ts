// A FIT with overlays on real U-Boot: Debian's for the Orange Pi, on QEMU's Orange Pi PC, which has the
// same chip. It boots from the SD card; QEMU has the card and the serial line, but no network for it.
// By itself `bootm` of v2023.01 boots without an overlay whose hash is wrong ("load of note failed").
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { bytesOf, encodeFdt, readItsText } from "../../../src/image/index.js";
import { Program } from "../../tools/program.js";
import { find, have } from "../../tools/tools.js";
import { makeDisk } from "./board.js";
import { writeFlow } from "./flows.js";
import { fetchFiles } from "./packages.js";

const tools = ["qemu-system-arm", "sfdisk", "mkfs.fat", "mcopy", "dpkg-deb"];
const loader = "u-boot-sunxi-with-spl.bin";
const uboot = have(...tools)
  ? fetchFiles(["u-boot-sunxi"], [`orangepi_plus/${loader}`], "armhf")
  : undefined;

/** Where the chip looks for U-Boot on a card, in bytes. */
const LOADER_AT = 8 << 10;

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "ubootc-overlays-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A device tree in source, as a file. */
function tree(source: string): Uint8Array {
  const { tree, problems } = readItsText(`/dts-v1/; / { ${source} };`);
  if (!tree) throw new Error(problems.map(({ message }) => message).join());
  return bytesOf(encodeFdt(tree));
}

const overlay = (inside: string) =>
  tree(`fragment-0 { target = <0xffffffff>; __overlay__ { ${inside} }; };
    __fixups__ { chosen = "/fragment-0:target:0"; };`);

const inputs: Readonly<Record<string, Uint8Array>> = {
  zImage: readFileSync(join(import.meta.dirname, "payload/hello-arm.bin")),
  "pc.dtb": tree(`compatible = "xunlong,orangepi-pc", "allwinner,sun8i-h3";
    #address-cells = <1>; #size-cells = <1>;
    chosen { phandle = <0x77>; };
    cpus { #address-cells = <1>; #size-cells = <0>; cpu@0 { device_type = "cpu"; reg = <0>; }; };
    memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
    __symbols__ { chosen = "/chosen"; };`),
  "note.dtbo": overlay('note = "from the overlay";'),
  "other.dtbo": overlay('note = "from the one behind it";'),
  "initrd.gz": gzipSync("070701"),
};

const flow = (body: string, more = "") => `board orangepi_pc
kernel linux from "zImage"
dtb pc from "pc.dtb"
overlay note from "note.dtbo"
overlay other from "other.dtbo"
initrd ram from "initrd.gz"
fit os {
  kernel linux  dtb pc  initrd ram
  config "plain" { }
  config "noted" { overlay note }
  config "twice" { overlay note, other }
  default "plain"  hash sha256, crc32  ${more}
}
script boot on sdcard "boot.scr" as fit {
  load os from sdcard
  bootargs "from the script"
  try { ${body} } else { print "nothing was started" }
}
`;

/** The files of the card that `text` makes. */
function cardOf(text: string): string {
  const folder = scratch();
  const given = Object.entries(inputs).map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return [name, join(folder, name)] as const;
  });
  return writeFlow(scratch(), text, Object.fromEntries(given)).sdcard;
}

/** Switches an Orange Pi on, with the files of `sdcard` on its card. */
function start(sdcard: string): Program {
  const disk = join(scratch(), "sd.img");
  makeDisk(disk, sdcard);
  writeSync(openSync(disk, "r+"), readFileSync(join(`${uboot}`, loader)), 0, null, LOADER_AT);
  const board = new Program(find("qemu-system-arm") as string, [
    ...["-machine", "orangepi-pc", "-display", "none", "-monitor", "none", "-net", "none"],
    ...["-serial", "stdio", "-drive", `if=sd,format=raw,file=${disk}`],
  ]);
  onTestFinished(() => board.stop());
  return board;
}

const hello = "hello from a zImage: initrd: from the script";

describe.runIf(uboot)("a FIT with overlays", { timeout: 480_000 }, () => {
  it.each([
    ["the default, which has none", "boot os", "", "plain", hello],
    ["one by its name", 'boot os config "noted"', "", "noted", `${hello}: from the overlay`],
    [
      "two, the second over the first",
      'boot os config "twice"',
      "",
      "twice",
      `${hello}: from the one behind it`,
    ],
    [
      "one with its data behind the tree",
      'boot os config "noted"',
      "external align 512",
      "noted",
      `${hello}: from the overlay`,
    ],
  ])("starts a configuration: %s", async (_, body, more, name, said) => {
    const board = start(cardOf(flow(body, more)));
    await board.waitFor("Found U-Boot script /boot.scr", 60_000);
    // The script is a FIT, too, and its hash is looked at.
    await board.waitFor("sha256+ ", 10_000);
    await board.waitFor(`Using '${name}' configuration`, 10_000);
    await board.waitFor(`${said}\n`, 20_000);
  });

  it("starts nothing when a byte of an overlay is another", async () => {
    const sdcard = cardOf(flow('boot os config "noted"'));
    const file = join(sdcard, "os.itb");
    const spoilt = readFileSync(file);
    spoilt.write("F", spoilt.indexOf("from the overlay"));
    writeFileSync(file, spoilt);
    const board = start(sdcard);
    await board.waitFor("Found U-Boot script /boot.scr", 60_000);
    await board.waitFor("Bad hash value for 'hash-1' hash node in 'note' image node", 20_000);
    await board.waitFor("boot os (noted) is damaged", 5000);
    await board.waitFor("nothing was started", 5000);
    expect(board.output).not.toMatch(/hello from|Starting kernel/);
  });
});
