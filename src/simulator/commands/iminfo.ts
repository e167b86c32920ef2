// `iminfo`: what is in an image in memory, and whether it is whole. Governed by cmd/bootm.c and
// boot/image.c.
import { formatAt, legacyAt, printLegacy } from "../boot/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";

/** `iminfo`. */
export const imageCommands: Family = (machine) => ({
  iminfo: (args) => {
    const addresses = args.length === 0 ? [machine.loadAddress] : args.map(hexadecimal);
    return addresses.map((address) => describe(machine, address)).some((bad) => bad) ? 1 : 0;
  },
});

/** Whether it is bad. */
function describe(machine: Machine, address: number): boolean {
  const { print, board } = machine;
  print(`\n## Checking Image at ${hex(address, 8)} ...\n`);
  const image = formatAt(machine, address) === "legacy" && legacyAt(machine, address);
  if (!image || !board.images.legacy) {
    print("Unknown image format!\n");
    return true;
  }
  print("   Legacy image found\n");
  if (!image.headerHolds) {
    print("   Bad Header Checksum\n");
    return true;
  }
  printLegacy(machine, image);
  print(`   Verifying Checksum ... ${image.dataHolds ? "OK" : "   Bad Data CRC"}\n`);
  return !image.dataHolds;
}
