// AMD/Xilinx Zynq: one build each for many boards, the board's device tree says which. TF-A runs
// in on-chip memory. Governed by include/configs/zynq-common.h and xilinx_zynqmp.h.
import type { Board } from "./board.js";
import { MiB, relocatedUBoot } from "./memory.js";
import { board, type Sheet } from "./sheet.js";

const common = {
  boot: { flow: "distro_bootcmd", bootcmd: "run distro_bootcmd" },
} satisfies Partial<Sheet>;

const atRunTime =
  "scriptaddr comes at run time from the device-tree option bootscr-address (board/xilinx/common/board.c), and so do bootm_low and bootm_size";

const sheets: readonly Sheet[] = [
  {
    ...common,
    id: "xilinx_zynq_virt",
    title: "AMD/Xilinx Zynq-7000",
    arch: "arm",
    memory: {
      base: 0,
      size: 512 * MiB,
      variant: "MiniZed, ZedBoard, Zybo and others",
      source: "arch/arm/dts/zynq-minized.dts and the others of OF_LIST",
      top: [relocatedUBoot({ malloc: 0x1400000 })],
    },
    addresses: {
      loadaddr: 0,
      fdt_addr_r: 0x01f00000,
      kernel_addr_r: 0x02000000,
      pxefile_addr_r: 0x02000000,
      scriptaddr: 0x03000000,
      ramdisk_addr_r: 0x03100000,
    },
    limits: { bootmLen: 0x3c00000, cbsize: 2048, maxargs: 32, envSize: 0x20000 },
    boot: {
      ...common.boot,
      targets: [...["jtag", "mmc0", "mmc1", "qspi", "nand", "nor", "usb0", "usb1", "pxe", "dhcp"]],
    },
    images: { fitSignature: true, timestampRequired: true, compressions: ["gzip", "lzo"] },
    net: { stack: "lwip" },
    commands: { plus: ["bootz", "sntp", "sysboot", "time"], minus: ["bootp"] },
    notes: [atRunTime, "loadaddr is 0, which lwIP commands treat as missing"],
    sources: {
      addresses: "include/configs/zynq-common.h",
      dramBase: "arch/arm/dts/zynq-zc702.dts",
      environment: "include/configs/zynq-common.h",
      bootmLen: "configs/xilinx_zynq_virt_defconfig",
      scriptaddr: "arch/arm/dts/zynq-7000.dtsi",
    },
  },
  {
    ...common,
    id: "xilinx_zynqmp_virt",
    title: "AMD/Xilinx ZynqMP",
    arch: "arm64",
    memory: {
      base: 0,
      size: 2048 * MiB,
      variant: "all of OF_LIST have at least 2 GiB here",
      source: "arch/arm/dts/zynqmp-zcu104-revA.dts and the others of OF_LIST",
      top: [relocatedUBoot({ malloc: 0x4040000, stack: 0x4000000 })],
    },
    addresses: {
      ramdisk_addr_r: 0x02100000,
      loadaddr: 0x08000000,
      pxefile_addr_r: 0x10000000,
      kernel_addr_r: 0x18000000,
      scriptaddr: 0x20000000,
      kernel_comp_addr_r: 0x30000000,
      fdt_addr_r: 0x40000000,
    },
    kernelCompSize: 0x3c00000,
    limits: { bootmLen: 0x6400000, cbsize: 2048, envSize: 0x40000 },
    boot: {
      ...common.boot,
      targets: [
        ...["jtag", "mmc0", "mmc1", "qspi0", "nand0", "usb0", "usb1", "scsi0", "pxe", "dhcp"],
      ],
      preboot: "run scsi_init;usb start",
    },
    images: { timestampRequired: true, compressions: ["gzip", "lzma", "lzo", "lz4"] },
    net: { stack: "lwip", https: true },
    commands: {
      plus: [
        ...["booti", "dns", "gpt", "kaslrseed", "nfs", "sha1sum", "sntp", "sysboot", "time"],
        ...["unzip", "virtio", "wget"],
      ],
      minus: ["bootp"],
    },
    notes: [atRunTime],
    sources: {
      addresses: "include/configs/xilinx_zynqmp.h",
      dramBase: "board/xilinx/zynqmp/zynqmp.c",
      environment: "include/configs/xilinx_zynqmp.h",
      bootmLen: "configs/xilinx_zynqmp_virt_defconfig",
      scriptaddr: "arch/arm/dts/zynqmp.dtsi",
    },
  },
];

export const xilinx: readonly Board[] = sheets.map(board);
