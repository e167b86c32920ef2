// From a sheet, which says only what is special about a board, to the whole `Board`. The rest is
// what U-Boot's own Kconfig gives every board of an architecture: boot/Kconfig, cmd/Kconfig,
// common/Kconfig, net/Kconfig.
import type {
  Architecture,
  Board,
  Boot,
  Compression,
  Dhcp,
  Images,
  Limits,
  Memory,
  Net,
  PiModel,
  Serial,
  Share,
} from "./board.js";
import { type CommandDifference, commandSet } from "./commands.js";
import { compatibles } from "./compatible.js";

interface ArchitectureDefaults {
  readonly bits: 32 | 64;
  readonly command: Boot["command"];
  /** SYS_BOOTM_LEN in boot/Kconfig. */
  readonly bootmLen: number;
  readonly compressions: readonly Compression[];
  /** Vendor class and client architecture of U-Boot's own DHCP client, cmd/Kconfig. */
  readonly dhcp: Dhcp;
}

const x86: ArchitectureDefaults = {
  bits: 32,
  command: "zboot",
  bootmLen: 0x1000000,
  compressions: [],
  dhcp: { vendorClass: "U-Boot", clientArch: 0 },
};

const architectures: Readonly<Record<Architecture, ArchitectureDefaults>> = {
  arm: {
    bits: 32,
    command: "bootz",
    bootmLen: 0x800000,
    compressions: ["gzip"],
    dhcp: { vendorClass: "U-Boot.armv7", clientArch: 0x15 },
  },
  arm64: {
    bits: 64,
    command: "booti",
    bootmLen: 0x8000000,
    compressions: ["gzip", "lzma", "lz4"],
    dhcp: { vendorClass: "U-Boot.armv8", clientArch: 0x16 },
  },
  riscv: {
    bits: 64,
    command: "booti",
    bootmLen: 0x8000000,
    compressions: ["gzip", "lzma", "lz4"],
    dhcp: { vendorClass: "U-Boot" },
  },
  ppc: {
    bits: 32,
    command: "bootm",
    bootmLen: 0x8000000,
    compressions: ["gzip"],
    dhcp: { vendorClass: "U-Boot" },
  },
  x86,
  x86_64: { ...x86, bits: 64 },
  sandbox: {
    bits: 64,
    command: "bootm",
    bootmLen: 0x800000,
    compressions: ["gzip", "bzip2", "lzma", "lzo", "lz4", "zstd"],
    dhcp: { vendorClass: "U-Boot" },
  },
};

const usualImages: Omit<Images, "compressions"> = {
  legacy: true,
  fit: true,
  fitSignature: false,
  verified: false,
  fitBestMatch: false,
  timestampRequired: false,
  rawInitrd: true,
};

const usualLimits = { cbsize: 1024, maxargs: 64, initrdStays: false };

const usualSources = {
  loadaddr: "include/env_default.h",
  bootmLen: "boot/Kconfig",
  cbsize: "common/Kconfig",
  maxargs: "common/Kconfig",
  windowsize: "net/Kconfig",
  blksize: "net/Kconfig",
  hush: "cmd/Kconfig",
};

/** What include/config_distro_bootcmd.h adds to the environment. */
const distroEnvironment = {
  boot_script_dhcp: "boot.scr.uimg",
  boot_scripts: "boot.scr.uimg boot.scr",
  boot_prefixes: "/ /boot/",
};

/** What is special about a board. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  readonly arch: Architecture;
  readonly memory: Pick<Memory, "base" | "size" | "variant" | "source"> & {
    readonly reserved?: Memory["reserved"];
    readonly top: readonly Share[];
  };
  readonly addresses: Board["addresses"];
  readonly kernelCompSize?: number;
  readonly limits: Pick<Limits, "envSize"> & Partial<Limits>;
  readonly boot: Pick<Boot, "flow" | "bootcmd"> & Partial<Boot>;
  readonly images?: Partial<Images>;
  readonly net?: Dhcp & Partial<Pick<Net, "stack" | "https">> & { readonly tsize?: boolean };
  readonly commands: CommandDifference;
  readonly environment?: Board["environment"];
  readonly serial?: Serial;
  readonly firmwareDtb?: string;
  readonly piModels?: readonly PiModel[];
  readonly console?: readonly string[];
  readonly notes?: readonly string[];
  /** At least for the addresses, the start of the DRAM and the environment. */
  readonly sources: Readonly<Record<"addresses" | "dramBase" | "environment", string>> &
    Board["sources"];
}

/** The whole board a sheet describes. */
export function board(sheet: Sheet): Board {
  const { id, title, arch, memory, addresses, limits, boot, commands, sources, ...rest } = sheet;
  const { reserved = [], top, ...dram } = memory;
  const defaults = architectures[arch];
  const environment: Board["environment"] = {
    ...(boot.flow === "distro_bootcmd" ? distroEnvironment : {}),
    ...sheet.environment,
  };
  const compatible = compatibles.get(id);
  return {
    id,
    title,
    arch,
    bits: defaults.bits,
    memory: {
      ...dram,
      reserved,
      reservedTop: { size: top.reduce((sum, { size }) => sum + size, 0), parts: top },
    },
    addresses,
    limits: { bootmLen: defaults.bootmLen, ...usualLimits, ...limits },
    boot: { command: defaults.command, delay: 2, ...boot },
    shell: "old",
    console: environment.console === undefined ? [] : [environment.console],
    compatible: compatible?.strings ?? [],
    notes: [],
    ...rest,
    images: { ...usualImages, compressions: defaults.compressions, ...sheet.images },
    net: network(sheet, defaults.dhcp),
    commands: commandSet(commands),
    environment,
    sources: {
      defconfig: `configs/${id}_defconfig`,
      ...usualSources,
      ...(compatible && { compatible: compatible.source }),
      ...sources,
    },
  };
}

function network({ net = {}, commands }: Sheet, defaults: Dhcp): Net {
  const { stack = "legacy", https = false, tsize = false, ...dhcp } = net;
  const prefixAmbiguous = ["tftpput", "tftpsrv"].some((name) => commands.plus?.includes(name));
  if (stack === "lwip") {
    const variables = ["tftpblocksize"];
    const tftp = { variables, blksize: 1468, tsize: true, timeout: false, prefixAmbiguous };
    return { stack, tftp, dhcp: {}, https };
  }
  const tftp = {
    variables: ["tftpblocksize", "tftpwindowsize", "tftptimeout", "tftptimeoutcountmax"],
    blksize: 1468,
    windowsize: 1,
    tsize,
    timeout: true,
    prefixAmbiguous,
  };
  return { stack, tftp, dhcp: { ...defaults, ...dhcp }, https };
}
