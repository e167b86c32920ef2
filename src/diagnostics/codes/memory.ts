// Where things are in memory.
import { bytes } from "../bytes.js";
import { check, code, hex, page } from "./entry.js";

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
      `no room for \`${name}\` (${bytes(size)}) beside the rest in the memory of ${board}`,
    help: ({ board, memory }) =>
      `use a smaller file; if your board has more memory than ${bytes(memory)}, say so: board ${board} { memory 4G }`,
    explain: page(
      "Everything that is needed at the same time has to be in memory at the same time: what is loaded, what a kernel unpacks to, the device tree and initrd where U-Boot moves them, and the script that runs. This does not fit beside the rest.",
      "The catalogue assumes the smallest variant of a board. If yours has more memory, say so: board mine from rpi_4 { memory 4G }. Addresses that are written in the flow also leave gaps: remove them.",
    ),
  }),
  "outside-memory": check<{ name: string; board: string } & Stretch>({
    severity: "error",
    message: ({ name, board, ...region }) =>
      `\`${name}\` at ${stretch(region)} is not in the free memory of ${board}`,
    help: () => "leave `to` out: then a place is found",
    byHand: () =>
      "use an address of the board, such as `${kernel_addr_r}`; if yours has more memory, say so: --memory 4G",
    explain: page(
      "At this address there is no memory on the board, or it belongs to firmware or to U-Boot itself. A download to it fails, hangs the board or destroys what runs.",
      "Remove `to`, and a place is found. If your board has more memory than the catalogue assumes, say so: board mine from rpi_4 { memory 4G }.",
    ),
  }),
  "region-overlap": check<{ name: string; other: string; region: Stretch; at: Stretch }>({
    severity: "error",
    message: ({ name, other, region, at }) =>
      `\`${name}\` at ${stretch(region)} overwrites \`${other}\` at ${stretch(at)}`,
    help: () => "leave `to` out: then a place is found",
    byHand: ({ at }) =>
      `load one of them elsewhere, at or above ${hex(roundedUp(at.start + at.size))}`,
    explain: page(
      "Two things that are needed at the same time share bytes of memory: what is loaded later destroys the end or the beginning of what was there. U-Boot does not notice; the kernel fails in ways that point elsewhere.",
      "Remove `to` from both, and places are found, with room to grow. Or move one of them beyond the end that the message shows.",
    ),
  }),
  "kernel-overlap": check<{ name: string; above: string }>({
    severity: "error",
    message: ({ name }) => `unpacking \`${name}\` overwrites the image it is read from`,
    help: ({ above }) => `leave \`to\` out, or load at or above ${above}`,
    byHand: ({ above }) => `load it at or above ${above}`,
    explain: page(
      "`bootm` unpacks a kernel to the load address in its header while it reads it from where it was downloaded. Where the two overlap, the end of the kernel is unpacked from its own beginning: the board hangs or resets, after a message about the CRC or the compression, or none.",
      "Remove `to`: the download is then put where unpacking does not reach. Otherwise load it at or above the address that the help names.",
    ),
  }),
  "kernel-overwrites": check<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `starting \`${name}\` overwrites \`${other}\``,
    help: () => "leave `to` out: then a place is found beside all that the kernel writes",
    byHand: ({ other }) => `load \`${other}\` higher up, behind all that the kernel writes`,
    explain: page(
      "A kernel is unpacked, and moved to where it wants to run, before U-Boot moves the initrd and the device tree out of the way. What lies there is gone, and nothing says so: bootm does not look, booti looks only at where the device tree starts.",
      "Remove `to`, and everything is placed where the kernel does not write. A kernel writes more than its file has: it clears memory after itself.",
    ),
  }),
  "kernel-too-large": check<{ name: string; size: number; most: number; board: string }>({
    severity: "error",
    message: ({ name, size, most, board }) =>
      `\`${name}\` has ${bytes(size)} when unpacked; bootm on ${board} takes ${bytes(most)}`,
    help: () => "serve it without `uimage`, for booti or bootz, or raise CONFIG_SYS_BOOTM_LEN",
    explain: page(
      "bootm stops unpacking at CONFIG_SYS_BOOTM_LEN and resets the board. The only sign is a line on the console that says so.",
      "Serve the kernel without `uimage`: booti and bootz have no such limit. Or build U-Boot with a larger value and say so: board mine from rpi_3 { bootm_len 256M }.",
    ),
  }),
  "relocation-overwrites": check<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `moving \`${name}\` to the end of memory overwrites \`${other}\``,
    help: () => "leave `to` out, or load it lower",
    explain: page(
      "Before a kernel starts, U-Boot copies first the initrd and then the device tree to the end of memory. A device tree that was loaded there is overwritten by the initrd before it is read.",
      "Remove `to`, or load the device tree lower. How far down the end reaches depends on the size of the initrd.",
    ),
  }),
  "dtb-reserved": check<{ name: string; dtb: string }>({
    severity: "error",
    message: ({ name, dtb }) => `\`${name}\` is put where \`${dtb}\` reserves memory`,
    help: () => "leave `load` out, or choose an address outside",
    explain: page(
      "The device tree tells the kernel to keep out of some memory, since firmware or another processor uses it. A kernel that is put there is overwritten by them, or overwrites them.",
      "Leave `load` out, or choose an address outside of what the message shows.",
    ),
  }),
  "little-headroom": check<{ name: string; size: number; room: number; next: string }>({
    severity: "warning",
    message: ({ name, room, next }) =>
      `\`${name}\` can grow by ${bytes(room)} before it reaches ${next}`,
    help: () => "leave `to` out, or leave more room: kernels grow with every version",
    explain: page(
      "The file fits, but next to nothing is left before the next thing in memory. Kernels and initrds grow with every version: the build that makes it a little larger will not boot, and nobody will have changed the flow.",
      "Remove `to`: places are then found with room to grow. Or move one of the two.",
    ),
  }),
};
