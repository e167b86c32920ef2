// The last steps of a boot: ramdisk and tree move out of the kernel's way, and the kernel starts with
// what then lies in memory. Left out: what is written into the tree besides the command line.
// Governed by boot_ramdisk_high in boot/image-board.c, boot_relocate_fdt in boot/image-fdt.c.
import { childOf, propertyOf, readFdt, textOf } from "../../image/index.js";
import type { Handed } from "../ending.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";
import { type Found, isTree } from "./find.js";
import { highOf, mappedEnd, Regions } from "./regions.js";

/** What is about to start. */
export interface Start {
  readonly command: string;
  /** Where the kernel runs, and how much of it lies there. */
  readonly kernel: { readonly address: number; readonly size: number };
  /** Bytes from there that the kernel takes: after its file it clears them. */
  readonly occupies: number;
  readonly ramdisk: Found | undefined;
  readonly tree: Found | undefined;
  /** Memory that putting the kernel in its place wrote to. */
  readonly written: readonly Stretch[];
}

/** Memory from an address up to another. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** CONFIG_SYS_FDT_PAD, bytes. */
export const TREE_PAD = 0x3000;

/** Moves ramdisk and tree and starts the kernel; a status where that fails and U-Boot goes on. */
export function handOver(machine: Machine, start: Start): number {
  const regions = new Regions(machine);
  regions.reserve(start.kernel.address, start.occupies);
  const ramdisk = start.ramdisk && moveRamdisk(machine, regions, start.ramdisk);
  if (ramdisk === "failed") return 1;
  if (!start.tree) return withoutTree(machine, start);
  const tree = moveTree(machine, regions, start.tree);
  if (tree === "failed") return treeFailed(machine);
  startKernel(machine, start, ramdisk, tree);
  return 0;
}

/** U-Boot panics without the tree that it was given. */
export function treeFailed(machine: Machine): number {
  machine.print("FDT creation failed!\nresetting ...\n");
  machine.end({ kind: "reset", why: "the device tree could not be set up" });
  return 1;
}

/**
 * Arm and RISC-V cannot start Linux without a tree: builds for boards with device trees have no ATAGS,
 * and give up before a kernel with a tree after it could look for that (boot_prep_linux).
 */
function withoutTree(machine: Machine, start: Start): number {
  if (lacksTree(machine)) return 1;
  startKernel(machine, start, start.ramdisk, undefined);
  return 0;
}

/** Ends the boot of a board that cannot start Linux without a tree; false where it can. */
export function lacksTree(machine: Machine): boolean {
  const { arch } = machine.board;
  if (arch === "arm64" || arch === "arm") {
    machine.print("FDT and ATAGS support not compiled in\n\nresetting ...\n");
    machine.end({ kind: "reset", why: "there is no device tree" });
    return true;
  }
  if (arch === "riscv") {
    machine.print(
      "Device tree not found or missing FDT support\n### ERROR ### Please RESET the board ###\n",
    );
    machine.end({ kind: "hang", why: "there is no device tree" });
    return true;
  }
  return false;
}

export type Moved = { readonly address: number; readonly size: number };

export function moveRamdisk(machine: Machine, regions: Regions, ramdisk: Found): Moved | "failed" {
  const { memory, environment } = machine;
  const { address, size } = ramdisk;
  const high = highOf(machine, "initrd_high");
  let to: number | undefined = address;
  if (high === "in-place") regions.reserve(address, size);
  else {
    to = regions.allocate(size, high === undefined ? mappedEnd(machine) : high || undefined);
    if (to === undefined) {
      machine.print("ramdisk - allocation error\n");
      return "failed";
    }
    machine.print(`   Loading Ramdisk to ${hex(to, 8)}, end ${hex(to + size, 8)} ... OK\n`);
    memory.move(address, to, size);
  }
  environment.set("initrd_start", hex(to));
  environment.set("initrd_end", hex(to + size));
  return { address: to, size };
}

export function moveTree(machine: Machine, regions: Regions, tree: Found): Moved | "failed" {
  const { memory, board } = machine;
  const { address } = tree;
  const size = tree.size + TREE_PAD;
  if (!isTree(machine, address)) {
    machine.print("ERROR: image is not a fdt - must RESET the board to recover.\n");
    return "failed";
  }
  const high = highOf(machine, "fdt_high");
  const wide = (at: number) => hex(at, board.bits / 4);
  let to: number | undefined = address;
  if (high === "in-place") {
    regions.reserve(address, size);
    machine.print(
      `   Using Device Tree in place at ${wide(address)}, end ${wide(address + size - 1)}\n`,
    );
  } else {
    to = regions.allocate(size, high === undefined ? mappedEnd(machine) : high || undefined);
    if (to === undefined) {
      machine.print("device tree - allocation error\n");
      return "failed";
    }
    machine.print(`   Loading Device Tree to ${wide(to)}, end ${wide(to + size - 1)} ... OK\n`);
    memory.move(address, to, tree.size);
  }
  setWorkingTree(machine, to);
  return { address: to, size: tree.size };
}

/** Makes `address` the tree that `fdt` works on, as bootm does on the way. */
export function setWorkingTree(machine: Machine, address: number | undefined): void {
  machine.workingTree = address;
  machine.print(`Working FDT set to ${hex(address ?? 0)}\n`);
  if (machine.board.commands.has("fdt")) machine.environment.set("fdtaddr", hex(address ?? 0));
}

/**
 * The kernel starts: what lies in memory now is what it gets. `own`: only what the tree itself says is
 * its command line.
 */
export function startKernel(
  machine: Machine,
  start: Start,
  ramdisk: Moved | undefined,
  tree: Moved | undefined,
  own?: "own command line",
): void {
  const { command, kernel, occupies, written } = start;
  machine.print("\nStarting kernel ...\n\n");
  // What comes after the file of the kernel is its bss, which it clears before it looks at the rest.
  const bss = { start: kernel.address + kernel.size, end: kernel.address + occupies };
  const lost = (moved: Moved, found: Found | undefined) =>
    overlap(moved, bss) || (found !== undefined && written.some((each) => overlap(found, each)));
  const dtb = tree && handed(machine, tree, lost(tree, start.tree));
  const initrd = ramdisk && handed(machine, ramdisk, lost(ramdisk, start.ramdisk));
  const given = own ? undefined : machine.environment.get("bootargs");
  const bootargs = given ?? (dtb && argumentsIn(dtb));
  machine.end({
    kind: "booted",
    command,
    kernel: handed(machine, kernel, false),
    ...(dtb && { dtb }),
    ...(initrd && { initrd }),
    ...(bootargs !== undefined && { bootargs }),
  });
}

const overlap = ({ address, size }: Moved, { start, end }: Stretch) =>
  address < end && address + size > start;

/** The command line that a tree brings along, which stays when `bootargs` is unset. */
function argumentsIn({ content }: Handed): string | undefined {
  const { tree } = readFdt(content);
  return tree && textOf(propertyOf(childOf(tree.root, "chosen"), "bootargs"));
}

/** What lies in that part of memory, and what is wrong with it. */
export function handed({ memory }: Machine, { address, size }: Moved, lost: boolean): Handed {
  const { content, pieces, unwritten, missed } = memory.read(address, size);
  const origins = [...new Map(pieces.map(({ origin }) => [origin.load, origin])).values()];
  const wrong =
    lost || origins.length > 1
      ? ("mixed" as const)
      : unwritten > 0
        ? ("unwritten" as const)
        : missed !== undefined
          ? ("stale" as const)
          : origins.some(({ flaw }) => flaw !== undefined)
            ? ("damaged" as const)
            : undefined;
  return { address, size, content, origins, ...(wrong && { wrong }) };
}
