// What U-Boot writes into a device tree before a kernel gets it: the command line and the initrd. Left
// out: what only the board knows, its memory and addresses for example. Governed by image_setup_libfdt
// in boot/image-fdt.c.
import { readFdt } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";
import { chosen } from "./change.js";
import { shrink } from "./shrink.js";
import { editorOf, store, withTree } from "./working.js";

/** CONFIG_SYS_FDT_PAD, and FDT_RAMDISK_OVERHEAD, bytes. */
const [PAD, OVERHEAD] = [0x3000, 0x80];

/** Completes the working tree. */
export function setUpTree(
  machine: Machine,
  initrd: { readonly address: number; readonly size: number } | undefined,
): void {
  const { memory, workingTree: at } = machine;
  if (!at || !readFdt(memory.stretch(at, 1 << 24).content).tree) return;
  const { pieces } = memory.read(at, sizeOf(machine));
  stretch(machine, PAD);
  // `fdt chosen` takes the last byte for the end.
  chosen(machine, initrd ? [hex(initrd.address), hex(initrd.size + 1)] : []);
  shrink(machine);
  if (initrd) stretch(machine, OVERHEAD);
  // It is still the tree that it was, and not one that the script has changed.
  const [first] = pieces;
  if (first && pieces.every(({ origin }) => origin.load === first.origin.load)) {
    memory.write(at, memory.read(at, sizeOf(machine)).content, first.origin);
  }
}

function stretch(machine: Machine, by: number): void {
  withTree(machine, (working) => {
    const longer = { ...working, totalSize: working.totalSize + by };
    store(machine, longer, editorOf(longer));
    return 0;
  });
}

function sizeOf(machine: Machine): number {
  let size = 0;
  withTree(machine, ({ totalSize }) => {
    size = totalSize;
    return 0;
  });
  return size;
}
