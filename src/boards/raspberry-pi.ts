// Raspberry Pi: one memory map for all models, 32 and 64 bit. The firmware on the VideoCore loads
// U-Boot as if it were the kernel, keeps the end of the DRAM, and passes a device tree.
// Governed by board/raspberrypi/rpi/rpi.env and rpi.c.
import type { Board, Memory, Serial, Share } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const serial: Serial = {
  format: "16 lower-case hex digits, zero padded",
  pattern: /^[0-9a-f]{16}$/,
  example: "00000000a1b2c3d4",
  note: "from the firmware mailbox; set only when unset; the last 8 digits name the firmware's own TFTP directory (Raspberry Pi documentation, not U-Boot)",
  source: "board/raspberrypi/rpi/rpi.c",
};

const spinTable: Memory["reserved"] = [
  {
    start: 0,
    size: 0x1000,
    why: "spin table in which the other cores wait",
    source: "RPI_EFI_NR_SPIN_PAGES in board/raspberrypi/rpi/Kconfig",
  },
];

/** `gpu_mem` counts from the end of the first GiB, or of the DRAM where there is less. */
const videoCore = (size: number): Share => ({
  size,
  why: `VideoCore: gpu_mem by default, ${size / MiB} MiB; config.txt can change it`,
  source: "Raspberry Pi documentation, config.txt, memory options",
});

const firmwareTree: Share = {
  size: MiB,
  why: "device tree of the firmware, under which U-Boot stays when it is near the end",
  source: "board_get_usable_ram_top in board/raspberrypi/rpi/rpi.c",
};

/** The DRAM of a model; with less than 1 GiB the VideoCore takes 64 MiB, otherwise 76. */
function dram(
  size: number,
  variant: string,
  reserved: Memory["reserved"] = spinTable,
): Sheet["memory"] {
  const top = [
    videoCore(size < 1024 * MiB ? 64 * MiB : 76 * MiB),
    firmwareTree,
    relocatedUBoot({ malloc: 0x400000 }),
  ];
  const source = "Raspberry Pi documentation, revision codes";
  return { base: 0, size, variant, source, reserved, top };
}

const mailboxUart = "PL011, as dts/upstream/src/arm/broadcom names it";
const miniUart = "mini UART: serial1 in dts/upstream, ttyS0 in Raspberry Pi's own kernel";

/** What all models share. */
const common = {
  addresses: {
    kernel_addr_r: 0x00080000,
    kernel_comp_addr_r: 0x02000000,
    scriptaddr: 0x05400000,
    pxefile_addr_r: 0x05500000,
    fdt_addr_r: 0x05600000,
    ramdisk_addr_r: 0x05700000,
    loadaddr: 0x01000000,
  },
  kernelCompSize: 0x03400000,
  limits: { envSize: 0x4000, bootmSize: 0x20000000 },
  boot: {
    flow: "bootstd",
    bootcmd: "bootflow scan",
    targets: ["mmc", "usb", "pxe", "dhcp"],
    preboot: "usb start",
  },
  images: { fit: false },
  net: { tsize: true },
  serial,
  firmwareDtb: "fdt_addr",
  notes: [
    "fdt_addr, fdtfile, board_name, board_rev and others are set at run time (board/raspberrypi/rpi/rpi.c); fdt_addr is the device tree the firmware passed",
    "before v2025.07: scriptaddr 0x02400000, pxefile_addr_r 0x02500000, fdt_addr_r 0x02600000, ramdisk_addr_r 0x02700000",
    "a legacy kernel image with load address 0x80000 must not be downloaded to kernel_addr_r, which is also 0x80000",
  ],
  sources: {
    addresses: "board/raspberrypi/rpi/rpi.env",
    dramBase: "include/configs/rpi.h",
    environment: "board/raspberrypi/rpi/rpi.env",
    firmwareDtb: "set_fdt_addr in board/raspberrypi/rpi/rpi.c",
  },
} satisfies Partial<Sheet>;

const pl011 = {
  console: ["ttyAMA0,115200", "tty1"],
  sources: { ...common.sources, console: mailboxUart },
};
const mini = {
  console: ["ttyS1,115200", "ttyS0,115200", "tty1"],
  sources: { ...common.sources, console: miniUart },
};

const arm32 = { ...common, arch: "arm", commands: { plus: ["bootz"] } } satisfies Partial<Sheet>;
const armv6 = { ...arm32, net: { ...common.net, vendorClass: "U-Boot.arm" } };
const arm64 = {
  ...common,
  arch: "arm64",
  commands: { plus: ["booti", "unzip"] },
} satisfies Partial<Sheet>;

/** On the Pi 4 USB hangs on PCI Express. */
const usbBehindPci = { ...common.boot, preboot: "pci enum; usb start;" };

const trustedFirmware: Memory["reserved"] = [
  {
    start: 0,
    size: 0x80000,
    why: "TF-A of the Pi 5; spin table of the others",
    source: "dts/upstream/src/arm64/broadcom/bcm2712.dtsi",
  },
];

const sheets: readonly Sheet[] = [
  {
    ...armv6,
    ...pl011,
    id: "rpi",
    title: "Raspberry Pi 1 / Zero (BCM2835, ARMv6)",
    piModels: ["pi0", "pi1"],
    memory: dram(256 * MiB, "Model A and the first Model B"),
  },
  {
    ...armv6,
    ...mini,
    id: "rpi_0_w",
    title: "Raspberry Pi Zero W (BCM2835, ARMv6)",
    piModels: ["pi0"],
    memory: dram(512 * MiB, "Zero W"),
  },
  {
    ...arm32,
    ...pl011,
    id: "rpi_2",
    title: "Raspberry Pi 2 (BCM2836/7, ARMv7)",
    piModels: ["pi2"],
    memory: dram(1024 * MiB, "2 Model B"),
  },
  {
    ...arm32,
    ...mini,
    id: "rpi_3_32b",
    title: "Raspberry Pi 3, 32-bit build",
    piModels: ["pi0", "pi3"],
    memory: dram(512 * MiB, "3 Model A+"),
  },
  {
    ...arm64,
    ...mini,
    id: "rpi_3",
    title: "Raspberry Pi 3, 64-bit build",
    piModels: ["pi0", "pi3"],
    memory: dram(512 * MiB, "3 Model A+"),
  },
  {
    ...arm32,
    ...mini,
    id: "rpi_4_32b",
    title: "Raspberry Pi 4, 32-bit build",
    piModels: ["pi4"],
    memory: dram(1024 * MiB, "4 Model B with 1 GiB"),
    boot: usbBehindPci,
  },
  {
    ...arm64,
    ...mini,
    id: "rpi_4",
    title: "Raspberry Pi 4, 64-bit build",
    piModels: ["pi4"],
    memory: dram(1024 * MiB, "4 Model B with 1 GiB"),
    boot: usbBehindPci,
  },
  {
    ...arm64,
    id: "rpi_arm64",
    title: "Raspberry Pi generic 64-bit (3, 4, 400, CM, 5)",
    piModels: ["pi0", "pi2", "pi3", "pi4", "pi5"],
    memory: dram(512 * MiB, "3 Model A+ and Zero 2 W", trustedFirmware),
    boot: usbBehindPci,
    net: { stack: "lwip", https: true },
    commands: { plus: ["booti", "dns", "sntp", "unzip", "wget"], minus: ["bootp"] },
    console: ["ttyS1,115200", "ttyS0,115200", "ttyAMA10,115200", "tty1"],
    notes: [
      ...common.notes,
      "no driver for the on-board Ethernet of the Pi 5 is enabled; network boot there needs USB or other Ethernet",
    ],
    sources: { ...mini.sources, console: `${miniUart}; serial10 of the Pi 5 in bcm2712-rpi-5-b` },
  },
];

export const raspberryPi: readonly Board[] = sheets.map(board);
