// Texas Instruments: AM335x (32 bit, BeagleBone) and the K3 family (64 bit). K3 builds accept no
// legacy image and keep secure firmware and the buffers of other cores in the DRAM.
// Governed by include/env/ti/ti_common.env and include/configs/ti_armv7_common.h.
import type { Board, Boot, Memory, Serial } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const addresses = {
  scriptaddr: 0x80000000,
  pxefile_addr_r: 0x80100000,
  kernel_addr_r: 0x82000000,
  loadaddr: 0x82000000,
  fdt_addr_r: 0x88000000,
  ramdisk_addr_r: 0x88080000,
  fdtoverlay_addr_r: 0x89000000,
};

const k3Serial: Serial = {
  format: "16 lower-case hex digits",
  pattern: /^[0-9a-f]{16}$/,
  example: "0000000000000123",
  note: "only when the EEPROM serial is entirely hexadecimal; set only when unset",
  source: "board/ti/common/board_detect.c",
};

const k3Boot = {
  flow: "bootstd",
  targets: ["mmc1", "mmc0", "usb", "pxe", "dhcp"],
} satisfies Partial<Boot>;

const k3Sources = {
  addresses: "include/env/ti/ti_common.env",
  dramBase: "include/configs/ti_armv7_common.h",
};

const k3 = {
  arch: "arm64",
  addresses,
  images: {
    legacy: false,
    fitSignature: true,
    timestampRequired: true,
    compressions: ["gzip", "lzma", "lzo", "lz4", "zstd"],
  },
  net: { tsize: true },
  environment: { console: "ttyS2,115200n8" },
  serial: k3Serial,
  notes: [
    "legacy images are not supported in the stock configuration: scripts and kernels must be FIT",
  ],
} satisfies Partial<Sheet>;

const opTee = {
  start: 0x9e800000,
  size: 0x1800000,
  why: "OP-TEE",
  source: "K3_OPTEE_LOAD_ADDR in arch/arm/mach-k3/Kconfig",
};

const k3Dram = (reserved: Memory["reserved"], source: string): Sheet["memory"] => ({
  base: 0x80000000,
  size: 2048 * MiB,
  variant: "2 GiB",
  source,
  reserved,
  top: [relocatedUBoot({ malloc: 0x2000000, video: 1920 * 1200 * 4 })],
});

const am62x: Memory["reserved"] = [
  {
    start: 0x80000000,
    size: 0x80000,
    why: "TF-A",
    source: "K3_ATF_LOAD_ADDR in arch/arm/mach-k3/Kconfig, arch/arm/mach-k3/common_fdt.c",
  },
  {
    start: 0x9ca00000,
    size: 0x1d00000,
    why: "ramoops and the buffers of the other cores",
    source: "dts/upstream/src/arm64/ti/k3-am62x-sk-common.dtsi",
  },
  opTee,
];

const am64x: Memory["reserved"] = [
  opTee,
  {
    start: 0xa0000000,
    size: 0x5800000,
    why: "buffers of the other cores",
    source: "dts/upstream/src/arm64/ti/k3-am642-evm.dts",
  },
];

const sheets: readonly Sheet[] = [
  {
    id: "am335x_evm",
    title: "TI AM335x EVM, BeagleBone Black",
    arch: "arm",
    memory: {
      base: 0x80000000,
      size: 256 * MiB,
      variant: "BeagleBone (white) and AM335x EVM; BeagleBone Black has 512 MiB",
      source: "dts/upstream/src/arm/ti/omap/am335x-bone-common.dtsi and am335x-evm.dts",
      top: [relocatedUBoot({ malloc: 0x2000000, video: 2048 * 2048 * 4 })],
    },
    addresses,
    limits: { bootmLen: 0x1000000, envSize: 0x20000, bootmSize: 0x10000000 },
    boot: {
      flow: "distro_bootcmd",
      bootcmd: "run findfdt; run init_console; run finduuid; run distro_bootcmd",
      targets: ["mmc0", "mmc1", "nand0", "usb0", "pxe", "dhcp"],
    },
    images: { fitSignature: true, timestampRequired: true, compressions: ["gzip", "lzo"] },
    net: { tsize: true },
    commands: { plus: ["bootz", "gpt", "nfs", "sysboot", "time"], minus: ["setexpr"] },
    environment: { fdtfile: "undefined", console: "ttyO0,115200n8" },
    serial: {
      format:
        "EEPROM text (board_serial), or the Ethernet address with colons when the EEPROM has none",
      pattern: /^[ -~]+$/,
      example: "4414BBBK1234",
      note: 'may contain ":" - unusable in a TFTP file name, because ":" separates the server address',
      source: "board/ti/am335x/board.c",
    },
    sources: {
      addresses: "include/configs/ti_armv7_common.h",
      dramBase: "include/configs/ti_armv7_common.h",
      environment: "include/configs/am335x_evm.h",
      bootmLen: "configs/am335x_evm.config",
    },
  },
  {
    ...k3,
    id: "am62x_evm_a53",
    title: "TI AM62x EVM (A53)",
    memory: k3Dram(am62x, "dts/upstream/src/arm64/ti/k3-am625-sk.dts"),
    limits: { envSize: 0x1f000 },
    boot: { ...k3Boot, bootcmd: "run findfdt; run envboot; bootflow scan -lb" },
    commands: { plus: ["booti", "bootz", "gpt", "nfs", "time", "unzip"] },
    notes: [
      ...k3.notes,
      "scriptaddr lies in the memory of TF-A, which LMB refuses: load scripts elsewhere",
    ],
    sources: { ...k3Sources, environment: "board/ti/am62x/am62x.env" },
  },
  {
    ...k3,
    id: "am64x_evm_a53",
    title: "TI AM64x EVM (A53)",
    memory: k3Dram(am64x, "dts/upstream/src/arm64/ti/k3-am642-evm.dts"),
    limits: { envSize: 0x20000 },
    boot: { ...k3Boot, bootcmd: "run envboot; bootflow scan -lb" },
    commands: { plus: ["booti", "bootz", "gpt", "nfs", "nvme", "time", "unzip"] },
    sources: { ...k3Sources, environment: "board/ti/am64x/am64x.env" },
  },
];

export const ti: readonly Board[] = sheets.map(board);
