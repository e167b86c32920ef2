// STMicroelectronics STM32MP15x: one board twice, started by TF-A or by U-Boot's SPL. OP-TEE has
// the last 32 MiB. Governed by include/configs/stm32mp15_common.h.
import type { Board } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const common = {
  arch: "arm",
  memory: {
    base: 0xc0000000,
    size: 512 * MiB,
    variant: "STM32MP157A-DK1 and DK2; the EV1 has 1 GiB",
    source: "dts/upstream/src/arm/st/stm32mp157a-dk1.dts",
    top: [
      {
        size: 0x2000000,
        why: "OP-TEE",
        source: "arch/arm/dts/stm32mp157a-dk1-u-boot.dtsi, arch/arm/mach-stm32mp/dram_init.c",
      },
      relocatedUBoot({ malloc: 0x2000000, video: 1280 * 800 * 4 }),
    ],
  },
  addresses: {
    kernel_addr_r: 0xc2000000,
    loadaddr: 0xc2000000,
    fdt_addr_r: 0xc4000000,
    scriptaddr: 0xc4100000,
    pxefile_addr_r: 0xc4200000,
    fdtoverlay_addr_r: 0xc4300000,
    ramdisk_addr_r: 0xc4400000,
  },
  limits: { bootmLen: 0x2000000, envSize: 0x2000, bootMapSize: 0x10000000 },
  boot: {
    flow: "distro_bootcmd",
    bootcmd: "run bootcmd_stm32mp",
    targets: ["mmc1", "ubifs0", "mmc0", "mmc2", "usb0", "pxe"],
    delay: 1,
  },
  images: { timestampRequired: true, compressions: ["gzip", "lzo"] },
  net: { tsize: true },
  commands: { plus: ["bootz", "gpt", "sysboot", "time", "unzip"] },
  environment: { console: "ttySTM0", autoload: "0", serverip: "192.168.1.1" },
  serial: {
    format: "24 upper-case hex digits: three 32-bit OTP words",
    pattern: /^[0-9A-F]{24}$/,
    example: "0026003C3233510337363634",
    note: "set only when unset",
    source: "arch/arm/mach-stm32mp/soc.c",
  },
  notes: [
    "the default environment has autoload=0: plain dhcp does not download; serverip has a compiled-in default",
  ],
} satisfies Partial<Sheet>;

const sources = (id: string) => ({
  addresses: "include/configs/stm32mp15_common.h",
  dramBase: "arch/arm/mach-stm32mp/include/mach/stm32.h",
  environment: "include/configs/stm32mp15_st_common.h",
  bootmLen: `configs/${id}_defconfig`,
});

const sheets: readonly Sheet[] = [
  {
    ...common,
    id: "stm32mp15",
    title: "STM32MP15x, TF-A boot",
    sources: sources("stm32mp15"),
  },
  {
    ...common,
    id: "stm32mp15_basic",
    title: "STM32MP15x, SPL boot",
    sources: sources("stm32mp15_basic"),
  },
];

export const stm32: readonly Board[] = sheets.map(board);
