// RISC-V boards: StarFive VisionFive 2 and Microchip PolarFire SoC. OpenSBI runs from the start of
// the DRAM, U-Boot above it. Governed by include/configs/starfive-visionfive2.h and
// microchip_mpfs_generic.h.
import type { Board, Memory } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const openSbi = (start: number, source: string): Memory["reserved"] => [
  { start, size: 0x200000, why: "OpenSBI, which runs below U-Boot", source },
];

const top = [relocatedUBoot({ malloc: 0x800000 })];

const sheets: readonly Sheet[] = [
  {
    id: "starfive_visionfive2",
    title: "StarFive VisionFive 2 (JH7110)",
    arch: "riscv",
    memory: {
      base: 0x40000000,
      size: 2048 * MiB,
      variant: "2 GiB",
      source: "doc/board/starfive/jh7110_common.rst",
      reserved: openSbi(
        0x40000000,
        "SPL_OPENSBI_LOAD_ADDR in configs/starfive_visionfive2_defconfig, board/starfive/visionfive2/Kconfig",
      ),
      top,
    },
    addresses: {
      kernel_addr_r: 0x40200000,
      scriptaddr: 0x43900000,
      fdtoverlay_addr_r: 0x45800000,
      pxefile_addr_r: 0x45900000,
      fdt_addr_r: 0x46000000,
      ramdisk_addr_r: 0x46100000,
      loadaddr: 0x82000000,
      kernel_comp_addr_r: 0x88000000,
    },
    kernelCompSize: 0x4000000,
    limits: { cbsize: 256, envSize: 0x10000 },
    boot: {
      flow: "bootstd",
      bootcmd: "bootflow scan",
      preboot:
        "nvme scan; usb start; setenv fdt_addr ${fdtcontroladdr}; fdt addr ${fdtcontroladdr};",
    },
    net: { stack: "lwip", https: true },
    commands: { plus: ["booti", "gpt", "nvme", "unzip", "wget"], minus: ["bootp"] },
    serial: {
      format: "EEPROM product string",
      pattern: /^[ -~]+$/,
      example: "VF7110A1-2253-D008E000-00000001",
      note: "set only when unset",
      source: "board/starfive/visionfive2/visionfive2-i2c-eeprom.c",
    },
    sources: {
      addresses: "include/configs/starfive-visionfive2.h",
      dramBase: "dts/upstream/src/riscv/starfive/jh7110-common.dtsi",
      environment: "include/configs/starfive-visionfive2.h",
    },
  },
  {
    id: "microchip_mpfs_generic",
    title: "Microchip PolarFire SoC",
    arch: "riscv",
    memory: {
      base: 0x80000000,
      size: 1024 * MiB,
      variant: "Icicle Kit, the half of its DRAM that lies below 4 GiB",
      source: "dts/upstream/src/riscv/microchip/mpfs-icicle-kit.dts",
      reserved: openSbi(0x80000000, "TEXT_BASE in board/microchip/mpfs_generic/Kconfig"),
      top: [
        {
          size: 0x400000,
          why: "Hart Software Services",
          source: "SYS_MEM_TOP_HIDE in configs/microchip_mpfs_generic_defconfig",
        },
        ...top,
      ],
    },
    addresses: {
      loadaddr: 0x80200000,
      kernel_addr_r: 0x84000000,
      fdt_addr_r: 0x88000000,
      scriptaddr: 0x88100000,
      pxefile_addr_r: 0x88200000,
      ramdisk_addr_r: 0x88300000,
    },
    limits: { cbsize: 256, envSize: 0x2000, bootmSize: 0x10000000 },
    boot: {
      flow: "distro_bootcmd",
      bootcmd: "run distro_bootcmd",
      targets: ["mmc0", "dhcp"],
    },
    commands: { plus: ["booti", "sysboot", "unzip"], minus: ["usb"] },
    environment: { fdtfile: "microchip/mpfs-icicle-kit.dtb" },
    sources: {
      addresses: "include/configs/microchip_mpfs_generic.h",
      dramBase: "include/configs/microchip_mpfs_generic.h",
      environment: "include/configs/microchip_mpfs_generic.h",
    },
  },
];

export const riscv: readonly Board[] = sheets.map(board);
