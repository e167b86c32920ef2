// Amlogic, 64 bit: Odroid C2 and N2. Secure firmware sits in the middle of the DRAM.
// Governed by include/configs/meson64.h.
import type { Board, Memory } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const top = [relocatedUBoot({ malloc: 0x2000000, video: 3840 * 2160 * 4 })];

const common = {
  arch: "arm64",
  addresses: {
    fdtoverlay_addr_r: 0x01000000,
    loadaddr: 0x01000000,
    pxefile_addr_r: 0x01080000,
    scriptaddr: 0x08000000,
    fdt_addr_r: 0x08008000,
    kernel_addr_r: 0x08080000,
    kernel_comp_addr_r: 0x0d080000,
    ramdisk_addr_r: 0x13000000,
  },
  kernelCompSize: 0x2000000,
  limits: { maxargs: 32, envSize: 0x2000 },
  boot: { flow: "distro_bootcmd", bootcmd: "run distro_bootcmd" },
  images: { fitSignature: true },
  commands: { plus: ["booti", "sysboot", "unzip"], minus: ["iminfo", "setexpr"] },
  sources: {
    addresses: "include/configs/meson64.h",
    dramBase: "include/configs/meson64.h",
    environment: "include/configs/meson64.h",
  },
} satisfies Partial<Sheet>;

/** secmon@5000000 and secmon@5300000 of both SoCs, one after the other. */
const secureMonitor = (source: string): Memory["reserved"][number] => ({
  start: 0x05000000,
  size: 0x2300000,
  why: "secure monitor: BL31 and BL32",
  source,
});

const gx = "dts/upstream/src/arm64/amlogic/meson-gx.dtsi";

const sheets: readonly Sheet[] = [
  {
    ...common,
    id: "odroid-c2",
    title: "Odroid C2 (Amlogic S905)",
    memory: {
      base: 0,
      size: 2048 * MiB,
      variant: "2 GiB, the only one",
      source: "doc/board/amlogic/odroid-c2.rst",
      reserved: [
        { start: 0, size: 0x1000000, why: "boot ROM and firmware", source: gx },
        secureMonitor(gx),
        { start: 0x10000000, size: 0x200000, why: "secure monitor", source: gx },
      ],
      top,
    },
    boot: {
      ...common.boot,
      targets: ["romusb", "mmc0", "mmc1", "mmc2", "usb0", "pxe", "dhcp"],
    },
    environment: { fdtfile: "amlogic/meson-gxbb-odroidc2.dtb" },
    serial: {
      format: "16 raw characters from eFuse",
      pattern: /^.{16}$/,
      example: "HKC213254DFD1F85",
      note: "copied without any check of the characters; set only when unset",
      source: "board/amlogic/p200/p200.c",
    },
  },
  {
    ...common,
    id: "odroid-n2",
    title: "Odroid N2 (Amlogic S922X)",
    memory: {
      base: 0,
      size: 1024 * MiB,
      variant: "what the device tree promises; boards have 2 or 4 GiB",
      source: "dts/upstream/src/arm64/amlogic/meson-g12b-odroid.dtsi",
      reserved: [secureMonitor("dts/upstream/src/arm64/amlogic/meson-g12-common.dtsi")],
      top,
    },
    boot: {
      ...common.boot,
      targets: ["romusb", "usbdfu", "mmc0", "mmc1", "mmc2", "usb0", "pxe", "dhcp"],
    },
    environment: { fdtfile: "amlogic/meson-g12b-odroid-n2.dtb" },
  },
];

export const amlogic: readonly Board[] = sheets.map(board);
