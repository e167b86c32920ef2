// Machines that exist only in software: QEMU's boards and U-Boot's own sandbox. Their DRAM is what
// the command line says (-m), so the catalogue has to assume an amount.
// Governed by board/emulation and board/sandbox of the U-Boot tree.
import type { Board, Memory } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

/** QEMU's own default, 128 MiB, is less than the default addresses of some of these span. */
function dram(base: number, malloc: number, reserved: Memory["reserved"] = []): Sheet["memory"] {
  return {
    base,
    size: 512 * MiB,
    variant: "assumed: -m 512; without -m there are 128 MiB",
    source: "doc/board/emulation/qemu-riscv.rst, qemu-ppce500.rst and qemu-x86.rst on -m",
    reserved,
    top: [relocatedUBoot({ malloc })],
  };
}

const virtTree: Memory["reserved"] = [
  {
    start: 0x40000000,
    size: 0x100000,
    why: "device tree that QEMU made, at fdt_addr",
    source: "board/emulation/qemu-arm/qemu-arm.c; QEMU's FDT_MAX_SIZE",
  },
];

const virtArm = {
  memory: dram(0x40000000, 0x1000000, virtTree),
  addresses: {
    scriptaddr: 0x40200000,
    loadaddr: 0x40200000,
    pxefile_addr_r: 0x40300000,
    kernel_addr_r: 0x40400000,
    ramdisk_addr_r: 0x44000000,
  },
  limits: { envSize: 0x40000 },
  boot: {
    flow: "bootstd",
    bootcmd: "bootflow scan -lb",
    targets: ["qfw", "usb", "scsi", "virtio", "nvme", "dhcp"],
    preboot: "usb start",
  },
  images: { fitSignature: true, fitBestMatch: true, timestampRequired: true },
  environment: { fdt_addr: "0x40000000" },
  firmwareDtb: "fdtcontroladdr",
  console: ["ttyAMA0"],
  notes: ["the device tree QEMU made is at fdt_addr=0x40000000; there is no fdt_addr_r"],
  sources: {
    addresses: "board/emulation/qemu-arm/qemu-arm.env",
    dramBase: "include/configs/qemu-arm.h",
    environment: "board/emulation/qemu-arm/qemu-arm.env",
    firmwareDtb: "board_fdt_blob_setup in board/emulation/qemu-arm/qemu-arm.c",
    console: "QEMU documentation, virt machine: its serial port is a PL011",
  },
} satisfies Partial<Sheet>;

const virtRiscv = {
  arch: "riscv",
  memory: dram(0x80000000, 0x800000),
  addresses: {
    loadaddr: 0x80200000,
    kernel_addr_r: 0x84000000,
    kernel_comp_addr_r: 0x88000000,
    fdt_addr_r: 0x8c000000,
    scriptaddr: 0x8c100000,
    pxefile_addr_r: 0x8c200000,
    ramdisk_addr_r: 0x8c300000,
  },
  kernelCompSize: 0x4000000,
  limits: { envSize: 0x20000, initrdStays: true },
  boot: {
    flow: "distro_bootcmd",
    bootcmd: "run distro_bootcmd",
    targets: ["nvme0", "virtio0", "virtio1", "scsi0", "dhcp"],
  },
  images: { timestampRequired: true },
  commands: {
    plus: ["booti", "nvme", "sysboot", "unzip", "virtio"],
    minus: ["fdt apply", "mmc"],
  },
  firmwareDtb: "fdtcontroladdr",
  sources: {
    addresses: "include/configs/qemu-riscv.h",
    dramBase: "include/configs/qemu-riscv.h",
    environment: "include/configs/qemu-riscv.h",
    firmwareDtb: "PREBOOT in configs/qemu-riscv64_smode_defconfig",
  },
} satisfies Partial<Sheet>;

const openSbi: Memory["reserved"] = [
  {
    start: 0x80000000,
    size: 0x200000,
    why: "OpenSBI, which runs below U-Boot",
    source: "TEXT_BASE in board/emulation/qemu-riscv/Kconfig",
  },
];

const pc = {
  memory: dram(0, 0x200000, [
    {
      start: 0,
      size: 0x100000,
      why: "bloblist, zboot's real-mode data, VGA memory, firmware tables",
      source: "BLOBLIST_ADDR in configs/qemu-x86_defconfig, arch/x86/lib/zimage.c and tables.c",
    },
  ]),
  addresses: {
    kernel_addr_r: 0x01000000,
    loadaddr: 0x02000000,
    ramdisk_addr_r: 0x04000000,
    scriptaddr: 0x07000000,
  },
  limits: { cbsize: 512, envSize: 0x40000 },
  boot: { flow: "bootstd", bootcmd: "bootflow scan -lb" },
  images: { timestampRequired: true },
  net: { tsize: true },
  commands: {
    plus: ["cat", "nvme", "time", "virtio", "zboot"],
    minus: ["fdt apply", "mmc", "setexpr"],
  },
  console: ["ttyS0,115200"],
  notes: ["no gzip support in the stock configuration; kernels start with zboot"],
  sources: {
    addresses: "include/env/x86.env",
    dramBase: "board/emulation/qemu-x86/qemu-x86.env",
    environment: "board/emulation/qemu-x86/qemu-x86.env",
    console: "consoledev in include/env/x86.env",
  },
} satisfies Partial<Sheet>;

const sheets: readonly Sheet[] = [
  {
    ...virtArm,
    id: "qemu_arm",
    title: "QEMU virt, 32-bit Arm",
    arch: "arm",
    limits: { ...virtArm.limits, bootmLen: 0x4000000 },
    commands: { plus: ["bootz", "nvme", "virtio", "wget"], minus: ["fdt apply", "mmc"] },
    sources: { ...virtArm.sources, bootmLen: "configs/qemu_arm_defconfig" },
  },
  {
    ...virtArm,
    id: "qemu_arm64",
    title: "QEMU virt, 64-bit Arm",
    arch: "arm64",
    commands: {
      plus: ["booti", "bootz", "dns", "nvme", "unzip", "virtio", "wget"],
      minus: ["mmc"],
    },
  },
  {
    ...virtArm,
    id: "qemu_arm64_lwip",
    title: "QEMU virt, 64-bit Arm, lwIP network stack",
    arch: "arm64",
    net: { stack: "lwip", https: true },
    commands: {
      plus: [
        ...["booti", "bootz", "dns", "nfs", "nvme", "sntp", "tftpsrv", "unzip", "virtio", "wget"],
      ],
      minus: ["bootp", "mmc"],
    },
  },
  { ...virtRiscv, id: "qemu-riscv64", title: "QEMU virt, RISC-V 64, machine mode" },
  {
    ...virtRiscv,
    id: "qemu-riscv64_smode",
    title: "QEMU virt, RISC-V 64, supervisor mode",
    memory: dram(0x80000000, 0x800000, openSbi),
    boot: {
      ...virtRiscv.boot,
      preboot: "setenv fdt_addr ${fdtcontroladdr}; fdt addr ${fdtcontroladdr};",
    },
  },
  {
    id: "qemu-ppce500",
    title: "QEMU ppce500 (PowerPC e500)",
    arch: "ppc",
    memory: dram(0, 0x400000),
    addresses: { loadaddr: 0x02000000 },
    limits: { cbsize: 256, envSize: 0x2000, bootMapSize: 0x4000000 },
    boot: {
      flow: "custom",
      bootcmd: 'test -n "$qemu_kernel_addr" && bootm $qemu_kernel_addr - $fdtcontroladdr',
      delay: 1,
    },
    images: { timestampRequired: true, rawInitrd: false },
    net: { clientArch: 0xffff },
    commands: {
      plus: ["bootz", "virtio"],
      minus: [
        ...["bootefi", "ext4load", "fatload", "fdt apply", "load", "mmc", "part", "pxe", "usb"],
      ],
    },
    firmwareDtb: "fdtcontroladdr",
    notes: [
      "no usable *_addr_r variables and no file-system commands; QEMU puts the kernel address into qemu_kernel_addr",
    ],
    sources: {
      addresses: "include/configs/qemu-ppce500.h",
      dramBase: "include/configs/qemu-ppce500.h",
      environment: "include/configs/qemu-ppce500.h",
      firmwareDtb: "BOOTCOMMAND in configs/qemu-ppce500_defconfig",
    },
  },
  { ...pc, id: "qemu-x86", title: "QEMU x86, 32-bit", arch: "x86" },
  {
    ...pc,
    id: "qemu-x86_64",
    title: "QEMU x86, 64-bit",
    arch: "x86_64",
    notes: [
      "legacy image headers must carry arch x86 (3): the build does not accept x86_64 there (arch/x86/include/asm/u-boot.h)",
      ...pc.notes,
    ],
  },
  {
    id: "sandbox",
    title: "U-Boot sandbox on a host",
    arch: "sandbox",
    memory: {
      base: 0,
      size: 256 * MiB,
      variant: "SANDBOX_RAM_SIZE_MB",
      source: "arch/sandbox/Kconfig",
      top: [relocatedUBoot({ malloc: 0x6000000, video: 16 * MiB })],
    },
    addresses: {
      loadaddr: 0,
      scriptaddr: 0x1000,
      pxefile_addr_r: 0x2000,
      fdt_addr_r: 0x00c00000,
      kernel_addr_r: 0x01000000,
      ramdisk_addr_r: 0x02000000,
    },
    limits: { envSize: 0x2000, bootmSize: 0x10000000 },
    boot: { flow: "bootstd", bootcmd: "bootflow scan -lb" },
    images: { fitSignature: true, timestampRequired: true },
    commands: {
      plus: [
        ...["booti", "bootz", "cat", "dns", "gpt", "hash", "md5sum", "nvme", "sntp", "sysboot"],
        ...["tftpput", "tftpsrv", "time", "unzip", "wget", "xxd"],
      ],
    },
    sources: {
      addresses: "board/sandbox/sandbox.env",
      dramBase: "include/configs/sandbox.h",
      environment: "board/sandbox/sandbox.env",
    },
  },
];

export const qemu: readonly Board[] = sheets.map(board);
