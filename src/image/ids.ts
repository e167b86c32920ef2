// The numbers that U-Boot's images use for operating system, architecture, type and compression,
// with the short names of the command line and the long names of listings.
// Numbers: include/image.h of U-Boot; names: boot/image.c. Numbers without a name are left out.

/** A number with its names. */
export interface Identifier<Name extends string = string> {
  readonly id: number;
  /** What `-O`, `-A`, `-T` and `-C` accept. */
  readonly name: Name;
  /** What listings print. */
  readonly long: string;
}

/** All identifiers of one kind. */
export interface Identifiers<Name extends string = string> {
  readonly rows: readonly Identifier<Name>[];
  /** The identifier with this number, the first where a number has two names. */
  byId(id: number): Identifier<Name> | undefined;
  /** The identifier with this short name, in upper or lower case. */
  byName(name: string): Identifier<Name> | undefined;
  /** The number of a name. */
  idOf(name: Name): number;
  /** The long name, "Unknown ..." for a number without one. */
  longName(id: number): string;
}

/** `name` as its table spells it, since U-Boot compares without case; what is not in it as it is. */
export function spelled(table: Identifiers, name: string | undefined): string | undefined {
  const known = table.byName(name ?? "");
  return (known && table.byId(known.id)?.name) ?? name;
}

/** The short names of a table. */
export type NameOf<Table> = Table extends Identifiers<infer Name> ? Name : never;

function table<const Name extends string>(
  unknown: string,
  cells: readonly (readonly [id: number, name: Name, long: string])[],
): Identifiers<Name> {
  const rows = cells.map(([id, name, long]) => ({ id, name, long }));
  const ids = new Map(rows.toReversed().map((row) => [row.id, row]));
  const names = new Map<string, Identifier<Name>>(rows.map((row) => [row.name, row]));
  return {
    rows,
    byId: (id) => ids.get(id),
    // Without case in ASCII only, as strcasecmp has it.
    byName: (name) => names.get(name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
    idOf: (name) => names.get(name)?.id ?? 0,
    longName: (id) => ids.get(id)?.long ?? unknown,
  };
}

/** Operating systems (`-O`). */
export const operatingSystems = table("Unknown OS", [
  [0, "invalid", "Invalid OS"],
  [1, "openbsd", "OpenBSD"],
  [2, "netbsd", "NetBSD"],
  [3, "freebsd", "FreeBSD"],
  [4, "4_4bsd", "4_4BSD"],
  [5, "linux", "Linux"],
  [6, "svr4", "SVR4"],
  [7, "esix", "Esix"],
  [8, "solaris", "Solaris"],
  [9, "irix", "Irix"],
  [10, "sco", "SCO"],
  [11, "dell", "Dell"],
  [12, "ncr", "NCR"],
  [14, "vxworks", "VxWorks"],
  [15, "psos", "pSOS"],
  [16, "qnx", "QNX"],
  [17, "u-boot", "U-Boot"],
  [18, "rtems", "RTEMS"],
  [21, "integrity", "INTEGRITY"],
  [22, "ose", "Enea OSE"],
  [23, "plan9", "Plan 9"],
  [24, "openrtos", "OpenRTOS"],
  [25, "arm-trusted-firmware", "ARM Trusted Firmware"],
  [26, "tee", "Trusted Execution Environment"],
  [27, "opensbi", "RISC-V OpenSBI"],
  [28, "efi", "EFI Firmware"],
  [29, "elf", "ELF Image"],
]);
/** The short name of one of `operatingSystems`. */
export type OperatingSystem = NameOf<typeof operatingSystems>;

/** Architectures (`-A`). `ppc` is another name of `powerpc`. */
export const architectures = table("Unknown Architecture", [
  [0, "invalid", "Invalid ARCH"],
  [1, "alpha", "Alpha"],
  [2, "arm", "ARM"],
  [3, "x86", "Intel x86"],
  [4, "ia64", "IA64"],
  [5, "mips", "MIPS"],
  [6, "mips64", "MIPS 64 Bit"],
  [7, "powerpc", "PowerPC"],
  [7, "ppc", "PowerPC"],
  [8, "s390", "IBM S390"],
  [9, "sh", "SuperH"],
  [10, "sparc", "SPARC"],
  [11, "sparc64", "SPARC 64 Bit"],
  [12, "m68k", "M68K"],
  [14, "microblaze", "MicroBlaze"],
  [15, "nios2", "NIOS II"],
  [16, "blackfin", "Blackfin"],
  [17, "avr32", "AVR32"],
  [19, "sandbox", "Sandbox"],
  [20, "nds32", "NDS32"],
  [21, "or1k", "OpenRISC 1000"],
  [22, "arm64", "AArch64"],
  [23, "arc", "ARC"],
  [24, "x86_64", "AMD x86_64"],
  [25, "xtensa", "Xtensa"],
  [26, "riscv", "RISC-V"],
]);
/** The short name of one of `architectures`. */
export type Architecture = NameOf<typeof architectures>;

/** Image types (`-T`). Legacy images have some of them, FIT uses more. */
export const types = table("Unknown Image", [
  [0, "invalid", "Invalid Image"],
  [1, "standalone", "Standalone Program"],
  [2, "kernel", "Kernel Image"],
  [3, "ramdisk", "RAMDisk Image"],
  [4, "multi", "Multi-File Image"],
  [5, "firmware", "Firmware"],
  [6, "script", "Script"],
  [7, "filesystem", "Filesystem Image"],
  [8, "flat_dt", "Flat Device Tree"],
  [9, "kwbimage", "Kirkwood Boot Image"],
  [10, "imximage", "Freescale i.MX Boot Image"],
  [11, "ublimage", "Davinci UBL image"],
  [12, "omapimage", "TI OMAP SPL With GP CH"],
  [13, "aisimage", "Davinci AIS image"],
  [14, "kernel_noload", "Kernel Image (no loading done)"],
  [15, "pblimage", "Freescale PBL Boot Image"],
  [16, "mxsimage", "Freescale MXS Boot Image"],
  [17, "gpimage", "TI Keystone SPL Image"],
  [18, "atmelimage", "ATMEL ROM-Boot Image"],
  [19, "socfpgaimage", "Altera SoCFPGA CV/AV preloader"],
  [20, "x86_setup", "x86 setup.bin"],
  [21, "lpc32xximage", "LPC32XX Boot Image"],
  [23, "rkimage", "Rockchip Boot Image"],
  [24, "rksd", "Rockchip SD Boot Image"],
  [25, "rkspi", "Rockchip SPI Boot Image"],
  [26, "zynqimage", "Xilinx Zynq Boot Image"],
  [27, "zynqmpimage", "Xilinx ZynqMP Boot Image"],
  [28, "zynqmpbif", "Xilinx ZynqMP Boot Image (bif)"],
  [29, "fpga", "FPGA Image"],
  [30, "vybridimage", "Vybrid Boot Image"],
  [31, "tee", "Trusted Execution Environment Image"],
  [32, "firmware_ivt", "Firmware with HABv4 IVT"],
  [33, "pmmc", "TI Power Management Micro-Controller Firmware"],
  [34, "stm32image", "STMicroelectronics STM32 Image"],
  [35, "socfpgaimage_v1", "Altera SoCFPGA A10 preloader"],
  [36, "mtk_image", "MediaTek BootROM loadable Image"],
  [37, "imx8mimage", "NXP i.MX8M Boot Image"],
  [38, "imx8image", "NXP i.MX8 Boot Image"],
  [39, "copro", "Coprocessor Image"],
  [40, "sunxi_egon", "Allwinner eGON Boot Image"],
  [41, "sunxi_toc0", "Allwinner TOC0 Boot Image"],
  [42, "fdt_legacy", "legacy Image with Flat Device Tree"],
  [43, "spkgimage", "Renesas SPKG Image"],
  [44, "sfspl", "StarFive SPL Image"],
  [45, "tfa-bl31", "TFA BL31 Image"],
  [46, "stm32imagev2", "STMicroelectronics STM32 Image V2.0"],
  [47, "amlimage", "Amlogic Boot Image"],
]);
/** The short name of one of `types`. */
export type ImageType = NameOf<typeof types>;

/** Compressions (`-C`): labels, nothing is compressed by naming one. */
export const compressions = table("Unknown Compression", [
  [0, "none", "uncompressed"],
  [1, "gzip", "gzip compressed"],
  [2, "bzip2", "bzip2 compressed"],
  [3, "lzma", "lzma compressed"],
  [4, "lzo", "lzo compressed"],
  [5, "lz4", "lz4 compressed"],
  [6, "zstd", "zstd compressed"],
]);
/** The short name of one of `compressions`. */
export type Compression = NameOf<typeof compressions>;
