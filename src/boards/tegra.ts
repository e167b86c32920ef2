// NVIDIA Tegra, 64 bit: Jetson Nano. The boot loader before U-Boot carves memory out below 4 GiB.
// Governed by include/configs/tegra210-common.h.
import type { Board } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const sheets: readonly Sheet[] = [
  {
    id: "p3450-0000",
    title: "NVIDIA Jetson Nano (Tegra210)",
    arch: "arm64",
    memory: {
      base: 0x80000000,
      size: 2048 * MiB,
      variant: "4 GiB, of which half lies below 4 GiB, where U-Boot stays",
      source: "board_get_usable_ram_top in arch/arm/mach-tegra/board2.c",
      top: [
        {
          size: 512 * MiB,
          why: "carve-outs of the firmware, as U-Boot assumes when it is not told",
          source: "carveout_size in arch/arm/mach-tegra/board2.c",
        },
        relocatedUBoot({ malloc: 0x2500000 }),
      ],
    },
    addresses: {
      kernel_addr_r: 0x80080000,
      loadaddr: 0x80080000,
      fdt_addr_r: 0x83000000,
      ramdisk_addr_r: 0x83420000,
      scriptaddr: 0x90000000,
      pxefile_addr_r: 0x90100000,
    },
    limits: {
      bootmLen: 0x800000,
      cbsize: 2048,
      envSize: 0x2000,
      bootMapSize: 0x10000000,
      initrdStays: true,
    },
    boot: {
      flow: "bootstd",
      bootcmd: "bootflow scan",
      targets: ["usb", "mmc1", "mmc0", "pxe", "dhcp"],
      preboot:
        "if test -e mmc 1:1 /u-boot-preboot.scr; then load mmc 1:1 ${scriptaddr} /u-boot-preboot.scr; source ${scriptaddr}; fi",
    },
    images: { fit: false },
    commands: {
      plus: ["booti", "nvme", "unzip"],
      minus: ["fdt apply", "iminfo", "setexpr"],
    },
    environment: { fdtfile: "nvidia/tegra210-p3450-0000.dtb" },
    serial: {
      format: "16 lower-case hex digits",
      pattern: /^[0-9a-f]{16}$/,
      example: "0000000123456789",
      note: "always overwritten, even when already set",
      source: "arch/arm/mach-tegra/board2.c",
    },
    notes: ["BOOTP_PREFER_SERVERIP: an existing serverip survives dhcp"],
    sources: {
      addresses: "include/configs/tegra210-common.h",
      dramBase: "arch/arm/include/asm/arch-tegra210/tegra.h",
      environment: "board/nvidia/p3450-0000/p3450-0000.env",
      bootmLen: "configs/p3450-0000_defconfig",
    },
  },
];

export const tegra: readonly Board[] = sheets.map(board);
