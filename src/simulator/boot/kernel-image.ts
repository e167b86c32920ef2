// Where a 64-bit Linux kernel moves itself before it starts. Governed by arch/arm/lib/image.c and
// arch/riscv/lib/image.c.
import { identify } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";

const MiB2 = 0x200000;
/** What is assumed of kernels before Linux 3.17, bytes. */
const OLD_SIZE = 16 << 20;
const OLD_OFFSET = 0x80000;

/** A kernel in its place. */
export interface Placed {
  readonly address: number;
  /** `image_size`: with its bss, bytes. */
  readonly occupies: number;
}

/** Where the Image at `address` goes; undefined, and the console says why, when there is none. */
export function destinationOf(
  machine: Machine,
  address: number,
  fixed = false,
): Placed | undefined {
  const { memory, board } = machine;
  const kernel = identify(memory.read(address, 512).content);
  const arm = board.arch === "arm64" || board.arch === "sandbox";
  if (kernel.kind !== (arm ? "arm64-image" : "riscv-image")) {
    machine.print(`Bad Linux ${arm ? "ARM64" : "RISCV"} Image magic!\n`);
    return undefined;
  }
  let { imageSize, textOffset } = kernel;
  if (imageSize === 0) {
    machine.print("Image lacks image_size field, assuming 16MiB\n");
    [imageSize, textOffset] = [OLD_SIZE, OLD_OFFSET];
  }
  if (!arm) return { address: board.memory.base + textOffset, occupies: imageSize };
  const anywhere = !fixed && (kernel.flags & 8) !== 0;
  const from = anywhere ? address - textOffset : board.memory.base;
  return { address: Math.ceil(from / MiB2) * MiB2 + textOffset, occupies: imageSize };
}

/** Moves the Image at `from` to its destination, and says so. */
export function moveImage(machine: Machine, from: number, { address, occupies }: Placed): void {
  if (address === from) return;
  const prefix = machine.shell.since("2025.01") ? "0x" : "";
  const end = `${prefix}${hex(address + occupies)}`;
  machine.print(`Moving Image from 0x${hex(from)} to 0x${hex(address)}, end=${end}\n`);
  machine.memory.move(from, address, occupies);
}
