// Commands whose status only the hardware decides, and programs that are started: how they are
// written is known, and the rest is an end of its own. Held against U-Boot's sources; what Debian's
// U-Boot for QEMU has of them is in ../real/simulator/rows.ts.
import { expect, it } from "vitest";
import { run, world } from "./worlds.js";

const usage = { kind: "prompt", status: 1 };
const ends = (name: string) => ({ kind: "unknown-command", name });
const pin = { decides: "whether the board has the pin, and what level it has" };

it.each([
  ["gpio", usage],
  ["gpio input", usage],
  ["gpio x 12", usage],
  ["gpio read v", usage],
  ["gpio set 1 2 3", usage],
  ["gpio status; true", { kind: "prompt", status: 0 }],
  ["gpio status a1", { ...ends("gpio status a1"), ...pin }],
  ["if gpio input 12; then echo; fi", { ...ends("gpio input 12"), ...pin }],
  ["gpio toggle gpio@1", { ...ends("gpio toggle gpio@1"), ...pin }],
  ["gpio read v 12", { ...ends("gpio read v 12"), ...pin }],
  ["i2c", usage],
  ["i2c nosuch", usage],
  ["i2c r", usage],
  ["i2c read 50 0 4", usage],
  ["i2c mw 50 0", usage],
  ["i2c dev; true", { kind: "prompt", status: 0 }],
  ["i2c dev 1", { ...ends("i2c dev 1"), decides: "what is on the bus" }],
  ["i2c probe 50", ends("i2c probe 50")],
  ["i2c md 50 0.2 10", ends("i2c md 50 0.2 10")],
  ["i2c write 40300000 50 0 4 -s", ends("i2c write 40300000 50 0 4 -s")],
  ["nand", usage],
  ["nand read 40300000", usage],
  ["nand erase", usage],
  ["nand erase.part", usage],
  ["nand nosuch", usage],
  ["nand info", { kind: "prompt", status: 0 }],
  ["nand erase.chip", ends("nand erase.chip")],
  ["nand read 40300000 kernel", ends("nand read 40300000 kernel")],
  ["nand read 40300000 kernel 100", ends("nand read 40300000 kernel 100")],
  ["mtd", usage],
  ["mtd read", usage],
  ["mtd list", { kind: "prompt", status: 0 }],
  ["mtd read spi-nand0 40300000 0 100", ends("mtd read spi-nand0 40300000 0 100")],
  ["sf", usage],
  ["sf probe x", usage],
  ["sf read 40300000 0 100", usage],
  ["sf probe 0:0; sf read 40300000 0 100", ends("sf probe 0:0")],
  ["ubi", usage],
  ["ubi part rootfs", ends("ubi part rootfs")],
  ["ubifsmount", usage],
  ["ubifsls", usage],
  ["ubifsload 40300000 Image", usage],
  ["ubifsmount ubi0:rootfs", ends("ubifsmount ubi0:rootfs")],
  ["mtdparts nosuch", usage],
  ["mtdparts add nand0 1m", usage],
  ["mtdparts default", ends("mtdparts default")],
  ["mtdparts add nand0 1m@0 env", ends("mtdparts add nand0 1m@0 env")],
  ["bootefi", usage],
  ["bootefi bootmgr", ends("bootefi bootmgr")],
  ["go", usage],
  // Not built into this board.
  ["kaslrseed", { kind: "prompt", status: 1 }],
])("ends: %s", (text, ending) => expect(run({ text }).ending).toMatchObject(ending));

it.each([
  ["go 40300000 a b", "## Starting application at 0x40300000 ..."],
  ["bootefi 40300000 ${fdtcontroladdr}", ""],
])("says what %s would start", (command, said) => {
  const text = `load virtio 0:1 40300000 grub.efi; ${command}`;
  const { ending, console } = run({ text }, { card: { "grub.efi": "MZ" } });
  const starts = { address: 0x40300000, size: 2, origins: [{ name: "grub.efi" }] };
  expect(ending).toMatchObject({ kind: "unknown-command", starts });
  expect(console).toContain(said);
});

it.each<[string, Readonly<Record<string, number>>, object]>([
  ["gpio input 12 || echo low", { "gpio input 12": 1 }, { kind: "prompt", status: 0 }],
  ["gpio input 13", { "gpio input 12": 1 }, ends("gpio input 13")],
  ["gpio input 12", { gpio: 0, "gpio input 12": 1 }, { kind: "prompt", status: 1 }],
  ["gpio input 13", { gpio: 0, "gpio input 12": 1 }, { kind: "prompt", status: 0 }],
  ["sf probe; sf read 40300000 0 1", { "sf probe": 0 }, ends("sf read 40300000 0 1")],
  ["ubifsmount v; ubifsls", { ubifsmount: 0 }, ends("ubifsls")],
  ["setexpr.b x 1", { "setexpr.b": 1 }, { kind: "prompt", status: 1 }],
  ["setexpr x 1", { "setexpr.b": 1 }, { kind: "prompt", status: 0 }],
])("goes on where somebody says how it ends: %s", (text, said, ending) => {
  const assumed = new Map(Object.entries(said));
  expect(run({ text }, {}, { world: { ...world(), assumed } }).ending).toMatchObject(ending);
});
