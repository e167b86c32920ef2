// Allwinner: one header lays out the memory of all 64-bit boards and one of all 32-bit boards with
// enough DRAM. Governed by include/configs/sunxi-common.h.
import type { Board, Serial } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const serial: Serial = {
  format: "16 lower-case hex digits: two 32-bit SID words",
  pattern: /^[0-9a-f]{16}$/,
  example: "02c00042a1b2c3d4",
  note: "first and fourth SID word; set only when unset; absent when the SID cannot be read",
  source: "board/sunxi/board.c",
};

/** The frame buffer that drivers/video/sunxi/sunxi_de2.c reserves for A64 and H3. */
const displayEngine2 = 3840 * 2160 * 4;

const malloc = 0x4020000;

const common = {
  limits: { envSize: 0x10000, bootmSize: 0xa000000 },
  boot: {
    flow: "distro_bootcmd",
    bootcmd: "run distro_bootcmd",
    targets: ["fel", "mmc0", "usb0", "pxe", "dhcp"],
    preboot: "usb start",
  },
  serial,
  sources: {
    addresses: "include/configs/sunxi-common.h",
    dramBase: "include/configs/sunxi-common.h",
    environment: "include/configs/sun50i.h",
  },
} satisfies Partial<Sheet>;

const bits64 = {
  ...common,
  arch: "arm64",
  addresses: {
    kernel_addr_r: 0x40080000,
    loadaddr: 0x42000000,
    kernel_comp_addr_r: 0x44000000,
    fdt_addr_r: 0x4fa00000,
    scriptaddr: 0x4fc00000,
    pxefile_addr_r: 0x4fd00000,
    fdtoverlay_addr_r: 0x4fe00000,
    ramdisk_addr_r: 0x4ff00000,
  },
  kernelCompSize: 0xb000000,
  commands: { plus: ["booti", "gpt", "sysboot", "unzip"] },
} satisfies Partial<Sheet>;

const sheets: readonly Sheet[] = [
  {
    ...bits64,
    id: "pine64_plus",
    title: "Pine64+ (Allwinner A64)",
    memory: {
      base: 0x40000000,
      size: 512 * MiB,
      variant: "PINE A64 without the plus",
      source: "maker: PINE A64 with 512 MiB, A64+ with 1 and 2 GiB; OF_LIST names both",
      top: [relocatedUBoot({ malloc, video: displayEngine2 })],
    },
    environment: { fdtfile: "allwinner/sun50i-a64-pine64-plus.dtb", console: "ttyS0,115200" },
  },
  {
    ...bits64,
    id: "orangepi_zero3",
    title: "Orange Pi Zero 3 (Allwinner H618)",
    memory: {
      base: 0x40000000,
      size: 1024 * MiB,
      variant: "1 GiB",
      source: "maker: 1, 1.5, 2 and 4 GiB",
      reserved: [
        {
          start: 0x40000000,
          size: 0x40000,
          why: "TF-A",
          source: "SUNXI_BL31_BASE in arch/arm/mach-sunxi/Kconfig, sun50i-h616.dtsi",
        },
      ],
      top: [relocatedUBoot({ malloc })],
    },
    environment: {
      fdtfile: "allwinner/allwinner/sun50i-h618-orangepi-zero3.dtb",
      console: "ttyS0,115200",
    },
    notes: [
      "the default fdtfile carries the vendor directory twice (include/configs/sunxi-common.h with configs/orangepi_zero3_defconfig)",
    ],
  },
  {
    ...common,
    id: "orangepi_pc",
    title: "Orange Pi PC (Allwinner H3, 32-bit)",
    arch: "arm",
    memory: {
      base: 0x40000000,
      size: 1024 * MiB,
      variant: "1 GiB, the only one",
      source: "maker: 1 GiB",
      top: [relocatedUBoot({ malloc, video: displayEngine2 })],
    },
    addresses: {
      kernel_addr_r: 0x42000000,
      loadaddr: 0x42000000,
      fdt_addr_r: 0x43000000,
      scriptaddr: 0x43100000,
      pxefile_addr_r: 0x43200000,
      fdtoverlay_addr_r: 0x43300000,
      ramdisk_addr_r: 0x43400000,
    },
    commands: { plus: ["bootz", "gpt", "sysboot"] },
    environment: { fdtfile: "sun8i-h3-orangepi-pc.dtb", console: "ttyS0,115200" },
    sources: { ...common.sources, environment: "include/configs/sun8i.h" },
  },
];

export const allwinner: readonly Board[] = sheets.map(board);
