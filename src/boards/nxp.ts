// NXP i.MX: two boards with little in common. On the i.MX8M Mini TF-A runs in on-chip memory and
// takes no DRAM. Governed by include/configs/mx6cuboxi.h and board/nxp/imx8mm_evk.
import type { Board } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const sheets: readonly Sheet[] = [
  {
    id: "mx6cuboxi",
    title: "SolidRun CuBox-i / HummingBoard (i.MX6)",
    arch: "arm",
    memory: {
      base: 0x10000000,
      size: 512 * MiB,
      variant: "microSOM with i.MX6 Solo",
      source: "board/solidrun/mx6cuboxi/mx6cuboxi.c",
      top: [relocatedUBoot({ malloc: 0xa00000, video: 1920 * 1080 * 4 })],
    },
    addresses: {
      kernel_addr_r: 0x12000000,
      loadaddr: 0x12000000,
      scriptaddr: 0x12000000,
      pxefile_addr_r: 0x12000000,
      ramdisk_addr_r: 0x13000000,
      fdt_addr_r: 0x18000000,
    },
    limits: {
      bootmLen: 0x1000000,
      cbsize: 512,
      maxargs: 32,
      envSize: 0x2000,
      bootmSize: 0x10000000,
      initrdStays: true,
    },
    boot: {
      flow: "distro_bootcmd",
      bootcmd: "run findfdt; run finduuid; run distro_bootcmd",
      targets: ["mmc1", "mmc2", "sata0", "usb0", "pxe", "dhcp"],
      preboot: [
        "if hdmidet; then usb start;",
        "setenv stdin  serial,usbkbd; setenv stdout serial,vidconsole;",
        "setenv stderr serial,vidconsole;",
        "else setenv stdin  serial; setenv stdout serial; setenv stderr serial; fi;",
      ].join(" "),
    },
    commands: { plus: ["bootz", "sysboot"], minus: ["fdt apply"] },
    environment: { fdtfile: "undefined", fdt_addr: "0x18000000", console: "ttymxc0" },
    notes: [
      "serial# is not set: the code for i.MX6 (arch/arm/mach-imx/mx6/soc.c, 16 lower-case hex digits) is built only with ARCH_MISC_INIT, which this configuration lacks",
      "kernel_addr_r, scriptaddr, pxefile_addr_r and loadaddr are the same address: a script that loads the kernel to kernel_addr_r overwrites its own image, which is harmless once the shell holds its copy (cmd/source.c) but not for a second source",
    ],
    sources: {
      addresses: "include/configs/mx6cuboxi.h",
      dramBase: "arch/arm/include/asm/arch-mx6/imx-regs.h",
      environment: "include/configs/mx6cuboxi.h",
    },
  },
  {
    id: "imx8mm_evk",
    title: "NXP i.MX8M Mini EVK",
    arch: "arm64",
    memory: {
      base: 0x40000000,
      size: 2048 * MiB,
      variant: "2 GiB, the only one",
      source: "PHYS_SDRAM_SIZE in include/configs/imx8mm_evk.h",
      top: [relocatedUBoot({ malloc: 0x2000000 })],
    },
    addresses: {
      scriptaddr: 0x40000000,
      pxefile_addr_r: 0x40100000,
      loadaddr: 0x40400000,
      kernel_addr_r: 0x42000000,
      fdt_addr_r: 0x48000000,
      ramdisk_addr_r: 0x48080000,
      fdtoverlay_addr_r: 0x49000000,
      kernel_comp_addr_r: 0x60000000,
    },
    kernelCompSize: 0x2000000,
    limits: { cbsize: 2048, envSize: 0x1000, bootmSize: 0x10000000 },
    boot: {
      flow: "bootstd",
      bootcmd: "bootflow scan -lb; run bsp_bootcmd",
      targets: ["mmc1", "mmc2", "dhcp"],
    },
    commands: {
      plus: ["booti", "hash", "time", "unzip"],
      minus: ["crc32", "env export", "env import", "fdt apply", "usb"],
    },
    environment: { fdtfile: "imx8mm-evk.dtb", console: "ttymxc1,115200" },
    sources: {
      addresses: "board/nxp/imx8mm_evk/imx8mm_evk.env",
      dramBase: "include/configs/imx8mm_evk.h",
      environment: "board/nxp/imx8mm_evk/imx8mm_evk.env",
    },
  },
];

export const nxp: readonly Board[] = sheets.map(board);
