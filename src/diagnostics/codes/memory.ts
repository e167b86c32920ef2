// Where things are in memory.
import { hex } from "../../ground/index.js";
import { bytes } from "../bytes.js";
import { check, code, page } from "./entry.js";

const roundedUp = (address: number): number => Math.ceil(address / 0x200000) * 0x200000;

/** A stretch of memory: bytes, the end is `start + size`. */
export interface Stretch {
  start: number;
  size: number;
}
const stretch = ({ start, size }: Stretch) =>
  `${hex(start)}..${hex(start + size)} (${bytes(size)})`;

export const memory = {
  "no-room": code<{ name: string; size: number; board: string; memory: number }>({
    severity: "error",
    message: ({ name, size, board }) =>
      `the memory of ${board} has no room for \`${name}\` (${bytes(size)}) beside the rest`,
    help: ({ board, memory }) =>
      `use a smaller file; if your board has more memory than ${bytes(memory)}, say so: board ${board} { memory 4G }`,
    explain: page(
      "Memory has to hold at the same time what is loaded, what a kernel unpacks to, the device tree and initrd where U-Boot moves them, and the script that runs. This does not fit beside the rest.",
      "The catalogue assumes the smallest variant of a board. If yours has more memory, say so: board mine from rpi_4 { memory 4G }. Addresses that are written in the flow also leave gaps: remove them. Otherwise use a smaller file.",
    ),
  }),
  "outside-memory": check<{ name: string; board: string } & Stretch>({
    severity: "error",
    message: ({ name, board, ...region }) =>
      `\`${name}\` at ${stretch(region)} is not in the free memory of ${board}`,
    help: () => "remove `to`: ubootc then finds a place",
    byHand: () =>
      "use an address of the board, such as `${kernel_addr_r}`; if yours has more memory, say so: --memory 4G",
    explain: page(
      "The board has no memory at this address, or the memory belongs to firmware or to U-Boot itself. A download to it fails, hangs the board or destroys what runs.",
      "Remove `to`, and ubootc finds a place. If your board has more memory than the catalogue assumes, say so: board mine from rpi_4 { memory 4G }.",
    ),
  }),
  "region-overlap": check<{ name: string; other: string; region: Stretch; at: Stretch }>({
    severity: "error",
    message: ({ name, other, region, at }) =>
      `\`${name}\` at ${stretch(region)} overwrites \`${other}\` at ${stretch(at)}`,
    help: () => "remove `to`: ubootc then finds a place",
    byHand: ({ at }) =>
      `load one of them elsewhere, at or above ${hex(roundedUp(at.start + at.size))}`,
    explain: page(
      "Two things that are needed at the same time share bytes of memory: what is loaded later destroys the end or the beginning of what was there. U-Boot does not notice, and the kernel fails later, in ways that do not show the cause.",
      "Remove `to` from both, and ubootc finds places with room to grow. Or move one of them after the end that the message shows.",
    ),
  }),
  "kernel-overlap": check<{ name: string; above: string }>({
    severity: "error",
    message: ({ name }) => `unpacking \`${name}\` overwrites the image it is read from`,
    help: ({ above }) => `remove \`to\`, or load at or above ${above}`,
    byHand: ({ above }) => `load it at or above ${above}`,
    explain: page(
      "`bootm` unpacks a kernel to the load address in its header while it reads it from where it was downloaded. Where the two overlap, the end of the kernel is unpacked from its own beginning: the board hangs or resets, sometimes after a message about the CRC or the compression.",
      "Remove `to`: ubootc then loads the kernel where unpacking does not reach. Otherwise load it at or above the address that the help names.",
    ),
  }),
  "kernel-overwrites": check<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `starting \`${name}\` overwrites \`${other}\``,
    help: () => "remove `to`: ubootc then finds a place that the kernel does not write to",
    byHand: ({ other }) => `load \`${other}\` higher up, after all that the kernel writes`,
    explain: page(
      "A kernel is unpacked, and moved to where it wants to run, before U-Boot moves the initrd and the device tree out of the way. What is there is lost without a message: bootm does not check, and booti checks only the start of the device tree.",
      "Remove `to`, and ubootc puts everything where the kernel does not write. A kernel writes to more memory than its file has bytes: it also clears memory after itself.",
    ),
  }),
  "kernel-too-large": check<{ name: string; size: number; most: number; board: string }>({
    severity: "error",
    message: ({ name, size, most, board }) =>
      `\`${name}\` has ${bytes(size)} when unpacked; bootm on ${board} takes ${bytes(most)}`,
    help: () =>
      "serve it without `uimage`, for booti or bootz, or build U-Boot with a larger CONFIG_SYS_BOOTM_LEN",
    explain: page(
      "bootm stops unpacking at CONFIG_SYS_BOOTM_LEN and resets the board. The only sign is a line on the console that says so.",
      "Serve the kernel without `uimage`: booti and bootz have no such limit. Or build U-Boot with a larger value and say so: board mine from rpi_3 { bootm_len 256M }.",
    ),
  }),
  "relocation-overwrites": check<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `moving \`${name}\` to the end of memory overwrites \`${other}\``,
    help: () => "remove `to`, or load it lower",
    explain: page(
      "Before a kernel starts, U-Boot copies first the initrd and then the device tree to the end of memory. A device tree that was loaded there is overwritten by the initrd before it is read.",
      "Remove `to`, or load the device tree lower. The larger the initrd, the further down it reaches.",
    ),
  }),
  "dtb-reserved": check<{ name: string; dtb: string }>({
    severity: "error",
    message: ({ name, dtb }) => `\`${name}\` is loaded where \`${dtb}\` reserves memory`,
    help: () => "remove `load`, or choose an address outside",
    explain: page(
      "The device tree reserves memory that firmware or another processor uses. They overwrite a kernel that is loaded there, or the kernel overwrites them.",
      "Remove `load`, or choose an address outside of what the message shows.",
    ),
  }),
  "little-headroom": check<{ name: string; size: number; room: number; next: string }>({
    severity: "warning",
    message: ({ name, room, next }) =>
      `\`${name}\` can grow by ${bytes(room)} before it reaches ${next}`,
    help: () => "remove `to`, or leave more room: kernels grow with every version",
    explain: page(
      "The file fits, but almost no room is left before the next thing in memory. Kernels and initrds grow with every version: one day a build that is a little larger does not boot, although nobody changed the flow.",
      "Remove `to`: ubootc then finds places with room to grow. Or move one of the two.",
    ),
  }),
};
