// Rockchip, 64 bit: the same map on RK3399, RK3568 and RK3588. TF-A has the first 2 MiB, and
// U-Boot stays below the peripherals, which begin at 0xf0000000 (0xf8000000 on RK3399).
// Governed by include/configs/rk*_common.h.
import type { Board, Memory, Serial } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const serial: Serial = {
  format: "16 lower-case hex digits derived from the CPU id",
  pattern: /^[0-9a-f]{16}$/,
  example: "b5a1c0ffee12d00d",
  note: "cpuid# (32 hex digits) is set beside it; set only when unset",
  source: "arch/arm/mach-rockchip/board.c",
};

const trustedFirmware: Memory["reserved"] = [
  {
    start: 0,
    size: 0x200000,
    why: "TF-A",
    source: "dram_init_banksize in arch/arm/mach-rockchip/sdram.c",
  },
];

const malloc = 0x2000000;

const common = {
  arch: "arm64",
  kernelCompSize: 0x8000000,
  boot: {
    flow: "bootstd",
    bootcmd: "bootflow scan -lb",
    targets: ["mmc1", "mmc0", "nvme", "scsi", "usb", "pxe", "dhcp", "spi"],
  },
  images: { fitSignature: true },
  commands: { plus: ["booti", "gpt", "nvme", "unzip"], minus: ["setexpr"] },
  serial,
} satisfies Partial<Sheet>;

const addresses = {
  scriptaddr: 0x00c00000,
  pxefile_addr_r: 0x00e00000,
  kernel_addr_r: 0x02000000,
  kernel_comp_addr_r: 0x0a000000,
  fdt_addr_r: 0x12000000,
  fdtoverlay_addr_r: 0x12100000,
  ramdisk_addr_r: 0x12180000,
};

const rk35 = {
  ...common,
  addresses: { ...addresses, loadaddr: 0x00c00800 },
  limits: { envSize: 0x1f000 },
} satisfies Partial<Sheet>;

const header = (soc: string) => ({
  addresses: `include/configs/${soc}_common.h`,
  dramBase: `include/configs/${soc}_common.h`,
});

const sheets: readonly Sheet[] = [
  {
    ...common,
    id: "rockpro64-rk3399",
    title: "RockPro64 (RK3399)",
    memory: {
      base: 0,
      size: 2048 * MiB,
      variant: "2 GiB",
      source: "maker: 2 and 4 GiB",
      reserved: trustedFirmware,
      // The driver reserves what the largest HDMI mode needs: drivers/video/rockchip/Kconfig.
      top: [relocatedUBoot({ malloc, video: 3840 * 2160 * 4 })],
    },
    addresses: { ...addresses, loadaddr: 0x00800800 },
    limits: { envSize: 0x8000 },
    commands: {
      plus: ["booti", "bootz", "gpt", "nvme", "time", "unzip"],
      minus: ["setexpr"],
    },
    environment: { fdtfile: "rockchip/rk3399-rockpro64.dtb" },
    sources: { ...header("rk3399"), environment: "include/configs/rockpro64_rk3399.h" },
  },
  {
    ...rk35,
    id: "rock5b-rk3588",
    title: "Radxa ROCK 5B (RK3588)",
    memory: {
      base: 0,
      size: 0xf0000000,
      variant: "4 GiB, of which the last 256 MiB below 4 GiB are hidden by peripherals",
      source: "maker: 4, 8 and 16 GiB; SDRAM_MAX_SIZE in include/configs/rk3588_common.h",
      reserved: trustedFirmware,
      top: [relocatedUBoot({ malloc })],
    },
    environment: { fdtfile: "rockchip/rk3588-rock-5b.dtb" },
    sources: { ...header("rk3588"), environment: "include/configs/rock5b-rk3588.h" },
  },
  {
    ...rk35,
    id: "rock-3a-rk3568",
    title: "Radxa ROCK 3A (RK3568)",
    memory: {
      base: 0,
      size: 2048 * MiB,
      variant: "2 GiB",
      source: "maker: 2, 4 and 8 GiB",
      reserved: trustedFirmware,
      top: [relocatedUBoot({ malloc })],
    },
    environment: { fdtfile: "rockchip/rk3568-rock-3a.dtb" },
    sources: { ...header("rk3568"), environment: "include/configs/evb_rk3568.h" },
  },
];

export const rockchip: readonly Board[] = sheets.map(board);
