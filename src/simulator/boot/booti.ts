// booti and bootz: start a kernel that is in no image. Governed by cmd/booti.c, cmd/bootz.c and
// arch/arm/lib/zimage.c.
import { compressions, identify, packedAs, types } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { type Finding, type Found, findRamdisk, findTree } from "./find.js";
import { handOver, type Stretch, setWorkingTree } from "./hand-over.js";
import { destinationOf, moveImage } from "./kernel-image.js";
import { unpack } from "./unpack.js";

/** `booti [addr [initrd[:size] [fdt]]]`, from its arguments. */
export function booti(machine: Machine, args: readonly string[]): number {
  const { memory } = machine;
  const [first, second, third] = args;
  const address = first === undefined ? machine.loadAddress : hexadecimal(first);
  let size = fileSizeAt(machine, address);
  const written: Stretch[] = [];
  const packed = packedAs(memory.read(address, 32).content)?.compression;
  if (packed) {
    const unpacked = unpackImage(machine, address, packed);
    if (unpacked === undefined) return 1;
    size = unpacked.size;
    written.push({ start: unpacked.to, end: unpacked.to + size });
    written.push({ start: address, end: address + size });
  }
  const placed = destinationOf(machine, address);
  if (!placed) return 1;
  moveImage(machine, address, placed);
  const end = placed.address + placed.occupies;
  if (placed.address !== address) written.push({ start: placed.address, end });
  const others = findOthers(machine, second, third, {
    start: placed.address,
    end,
  });
  if (!others) return 1;
  const kernel = { address: placed.address, size: Math.min(size, placed.occupies) };
  return handOver(machine, {
    command: "booti",
    kernel,
    occupies: placed.occupies,
    written,
    ...others,
  });
}

/** How much lies at `address` that came in one piece: how large a kernel is, no header says. */
function fileSizeAt({ memory }: Machine, address: number): number {
  const [piece] = memory.read(address, 1).pieces;
  if (!piece) return 1;
  const { pieces } = memory.read(address, 0x1000_0000);
  const own = pieces.filter(({ origin }) => origin.load === piece.origin.load);
  const last = own.at(-1) ?? piece;
  return last.address + last.content.size - address;
}

/** Unpacks the Image at `address` and brings it back there. */
function unpackImage(machine: Machine, address: number, packed: string) {
  const { board, environment, memory } = machine;
  const to = hexadecimal(environment.get("kernel_comp_addr_r") ?? "");
  const size = hexadecimal(environment.get("kernel_comp_size") ?? "");
  if (!to || !size) {
    machine.print("kernel_comp_addr_r or kernel_comp_size is not provided!\n");
    return undefined;
  }
  if (to < board.memory.base || to > board.memory.base + board.memory.size) {
    machine.print("kernel_comp_addr_r is outside of DRAM range!\n");
    return undefined;
  }
  const unpacked = unpack(machine, {
    type: types.idOf("kernel"),
    compression: compressions.byName(packed)?.id ?? 0,
    source: address,
    size: Math.min(size, fileSizeAt(machine, address)),
    to,
    shown: 0,
    limit: size * 10,
  });
  if (unpacked.kind !== "done") return undefined;
  memory.move(to, address, unpacked.size);
  return { to, size: unpacked.size };
}

/** `bootz [addr [initrd[:size] [fdt]]]`, from its arguments. */
export function bootz(machine: Machine, args: readonly string[]): number {
  const [first, second, third] = args;
  const address = first === undefined ? machine.loadAddress : hexadecimal(first);
  const image = identify(machine.memory.read(address, 512).content);
  if (image.kind !== "zimage") {
    machine.print("zimage: Bad magic!\n");
    return 1;
  }
  const { start, end } = image;
  const shown = [address, start, end].map((each) => `0x${hex(each, 6)}`);
  machine.print(`Kernel image @ ${shown[0]} [ ${shown[1]} - ${shown[2]} ]\n`);
  const size = end - start;
  const others = findOthers(machine, second, third, { start: address, end: address + size });
  if (!others) return 1;
  return handOver(machine, {
    command: "bootz",
    kernel: { address, size },
    occupies: size,
    written: [],
    ...others,
  });
}

/** Ramdisk and tree, neither of which may lie in the kernel as far as U-Boot looks. */
function findOthers(
  machine: Machine,
  second: string | undefined,
  third: string | undefined,
  kernel: Stretch,
): { ramdisk: Found | undefined; tree: Found | undefined } | undefined {
  const ramdisk = findRamdisk(machine, second, {});
  if (!ramdisk || hits(machine, "RD", ramdisk, kernel)) return undefined;
  const tree = findTree(machine, third, {}, ramdisk);
  if (!tree || hits(machine, "FDT", tree, kernel)) return undefined;
  const given = (found: Finding) => (found === "none" ? undefined : found);
  setWorkingTree(machine, given(tree)?.address);
  return { ramdisk: given(ramdisk), tree: given(tree) };
}

/** Whether U-Boot notices that `found` lies in the kernel; if so it says so. */
function hits(machine: Machine, what: "RD" | "FDT", found: Finding, { start, end }: Stretch) {
  if (!found || found === "none") return false;
  const newer = machine.shell.since("2024.04");
  const first = found.address;
  // Since v2024.04 the length of the tree is taken for its end.
  const last = what === "FDT" && newer ? found.size : found.address + found.size;
  const around = first < start && last >= end && (what === "RD" || newer);
  const ends = what === "FDT" && !newer ? last >= start && last < end : last > start && last <= end;
  if (!(first >= start && first < end) && !ends && !around) return false;
  const prefix = newer ? "" : "0x";
  const place = `OS=${prefix}${hex(start)}..${prefix}${hex(end)}`;
  machine.print(`ERROR: ${what} image overlaps OS image (${place})\n`);
  return true;
}
