// What ubootc knows about a board: the facts a boot flow is checked, placed and written with.
// Only the default environment and the stock configuration; what board code decides at run time
// is left to `notes`. Governed by the U-Boot source tree at the version named in `uBootVersion`.

/** The U-Boot release the catalogue was computed from. Paths in `sources` are files of its tree. */
export const uBootVersion = "v2026.10-rc2";

/** As `mkimage -A` spells it. */
export type Architecture = "arm" | "arm64" | "riscv" | "ppc" | "x86" | "x86_64" | "sandbox";

/** A stretch of physical addresses: `size` bytes from `start`. */
export interface Region {
  readonly start: number;
  readonly size: number;
}

/** Memory at a fixed address that a boot flow must leave alone. */
export interface Reservation extends Region {
  readonly why: string;
  readonly source: string;
}

/** Memory that somebody takes from the end of the DRAM, wherever that end is. */
export interface Share {
  /** Bytes. */
  readonly size: number;
  readonly why: string;
  readonly source: string;
}

/** The DRAM of the smallest variant: what fits here fits on every board of this name. */
export interface Memory {
  readonly base: number;
  /** Bytes from `base` in one piece, below 4 GiB. */
  readonly size: number;
  /** Which variant has this size. */
  readonly variant: string;
  readonly source: string;
  readonly reserved: readonly Reservation[];
  /** Bytes at the end of the DRAM that are taken, and by whom, from the end downwards. */
  readonly reservedTop: { readonly size: number; readonly parts: readonly Share[] };
}

/** Sizes in bytes unless said otherwise. */
export interface Limits {
  /** The largest kernel `bootm` unpacks or copies; a larger one resets the board. */
  readonly bootmLen: number;
  /** The longest command line, in characters with the final NUL. */
  readonly cbsize: number;
  /** The most words of one command. */
  readonly maxargs: number;
  readonly envSize: number;
  /** Environment variable `bootm_size`: where ramdisk and device tree may end up. */
  readonly bootmSize?: number;
  /** CFG_SYS_BOOTMAPSZ: the part of it that Linux has mapped when it starts. */
  readonly bootMapSize?: number;
  /** `initrd_high` is all ones: the ramdisk is used where it was loaded. */
  readonly initrdStays: boolean;
}

/** How the stock build boots. */
export interface Boot {
  /** The command that starts a plain Linux kernel. */
  readonly command: "bootm" | "booti" | "bootz" | "zboot";
  /** What `bootcmd` runs: standard boot, the older distro scripts, or its own. */
  readonly flow: "bootstd" | "distro_bootcmd" | "custom";
  readonly bootcmd: string;
  /** `boot_targets`, in order. */
  readonly targets?: readonly string[];
  /** `bootdelay`, seconds. */
  readonly delay: number;
  readonly preboot?: string;
}

export type Compression = "gzip" | "bzip2" | "lzma" | "lzo" | "lz4" | "zstd";

/** Which containers the stock build accepts. */
export interface Images {
  /** LEGACY_IMAGE_FORMAT: uImages, and so a plain boot.scr. */
  readonly legacy: boolean;
  readonly fit: boolean;
  readonly fitSignature: boolean;
  readonly fitBestMatch: boolean;
  /** Only signed configurations are started. A matter of keys, which no stock build has. */
  readonly verified: boolean;
  /** A FIT without a timestamp is refused. */
  readonly timestampRequired: boolean;
  readonly compressions: readonly Compression[];
  /** `booti` and `bootz` take `addr:size` for an initrd without a header. */
  readonly rawInitrd: boolean;
}

export interface Tftp {
  /** The environment variables this build's client reads. */
  readonly variables: readonly string[];
  /** Bytes of a block that are asked for by default. */
  readonly blksize: number;
  /** Blocks per acknowledgement by default; undefined where the client does not know the option. */
  readonly windowsize?: number;
  /** Whether the request carries the option. */
  readonly tsize: boolean;
  readonly timeout: boolean;
  /** `tftp` alone is no abbreviation of `tftpboot` here: `tftpput` or `tftpsrv` is built too. */
  readonly prefixAmbiguous: boolean;
}

/** The identifying options of DISCOVER and REQUEST; undefined where none is sent. */
export interface Dhcp {
  /** Option 60. */
  readonly vendorClass?: string;
  /** Option 93. */
  readonly clientArch?: number;
}

export interface Net {
  /** U-Boot's own stack or lwIP. */
  readonly stack: "legacy" | "lwip";
  readonly tftp: Tftp;
  readonly dhcp: Dhcp;
  /** `wget` reads https:// addresses. */
  readonly https: boolean;
}

/** What `serial#` holds. */
export interface Serial {
  readonly format: string;
  readonly pattern: RegExp;
  readonly example: string;
  readonly note: string;
  readonly source: string;
}

/** Generations of Raspberry Pis, as the filters of config.txt name them. */
export type PiModel = "pi0" | "pi1" | "pi2" | "pi3" | "pi4" | "pi5";

export interface Board {
  /** The name of the board's defconfig, without `_defconfig`. */
  readonly id: string;
  readonly title: string;
  readonly arch: Architecture;
  readonly bits: 32 | 64;
  readonly memory: Memory;
  /** The address variables the default environment sets (`kernel_addr_r`, `loadaddr` …). */
  readonly addresses: Readonly<Record<string, number>>;
  /** `kernel_comp_size`: the largest compressed kernel that `booti` unpacks, bytes. */
  readonly kernelCompSize?: number;
  readonly limits: Limits;
  readonly boot: Boot;
  /** The parser the build uses; "modern" is hush as of v2024.04. */
  readonly shell: "old" | "modern";
  readonly images: Images;
  readonly net: Net;
  /** Commands that are built in, as a script spells them. See `commandState` for all others. */
  readonly commands: ReadonlySet<string>;
  /** Other variables of the default environment a flow may meet. */
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined: nothing sets `serial#`. */
  readonly serial?: Serial;
  /** The variable with the address of the device tree that firmware or QEMU passed. */
  readonly firmwareDtb?: string;
  /** Generations of Raspberry Pis that this build is for; undefined: it is for none. */
  readonly piModels?: readonly PiModel[];
  /** Names of consoles for the kernel's `console=`, the likeliest first. */
  readonly console: readonly string[];
  /** `compatible` of the root: every device tree for the board has one of these. Empty: unknown. */
  readonly compatible: readonly string[];
  readonly notes: readonly string[];
  /** Per group of values, where they come from. */
  readonly sources: Readonly<Record<string, string>>;
}
