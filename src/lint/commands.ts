// What is known of U-Boot's commands by their names: which there are, which of them bring something
// into memory, and which use it. Governed by cmd/*.c; a vendor's own commands are not known.

const names = `
  adc askenv base bcb bdinfo bind blkcache blkmap bmode bmp boot bootaux bootcount bootd bootdev bootefi
  bootelf bootflow booti bootm bootmenu bootmeth bootp bootstage bootvx bootz btrsubvol button cache cat
  cbfsinit cbfsload cbfsls cedit chpart cli clk clocks clrlogo cls cmp coninfo cp cpu cramfsload crc32
  cros_ec cyclic date dcache ddr dek_blob dfu dhcp dhcp6 dm dns dtimg echo editenv eeprom efi efidebug env
  erase eraseenv erofsload erofsls event exit ext2load ext2ls ext4load ext4ls ext4size ext4write extension
  false fastboot fatinfo fatload fatls fatmkdir fatrm fatsize fatwrite fdt flinfo fpga fru fsinfo fsload
  fstype fuse fwu_mdata_read go gpio gpt grepenv gzwrite hab_auth_img hab_status hash help host i2c icache
  ide iloop imi iminfo imls imxtract io iod iotrace irqinfo itest kaslrseed led licenses ln load loadb loadm
  loads loadx loady log loop loopw ls lsblk lzmadec mac mbr md md5sum mdio meminfo mii mkdir mm mmc mmcinfo
  mtd mtdparts mtest mux mv mw mxsboot nand nboot net nfs nm nvme onenand optee_rpmb osd otp pair panic part
  pause pcap pci ping ping6 pinmux pmic poweroff printenv protect psci pstore pwm pxe qfw random read
  reginfo regulator remoteproc reset rm rng rockusb rtc run sata save saveenv saves sb sbi scmi scp03 scsi
  seama select_font setcurs setenv setexpr sf sha1sum sha256sum size sleep smbios smc smh sntp sound source
  spi sqfsload sqfsls strings sysboot tcpm temperature terminal test tftpboot tftpput tftpsrv time timer
  tlv_eeprom tpm tpm2 trace true ts ubi ubifsload ubifsls ubifsmount ubifsumount ufs ums unbind unlz4 unzip
  upl usb usbboot vbe version virtio wdt wget wol write xxd yls zboot zip zynq zynqmp`;

/** U-Boot's own commands. */
export const knownCommands: readonly string[] = names.trim().split(/\s+/);

const known = new Set(knownCommands);

/** Words that are no commands, but that some shell has. */
export const foreign: Readonly<Record<string, string>> = {
  "[": "`test`, without brackets",
  "[[": "`test`, without brackets",
  break: "a variable that the condition of the loop looks at",
  case: "`if` and `elif` with `test`",
  continue: "an `if` around the rest of the loop",
  declare: "`setenv NAME VALUE`",
  export: "`setenv NAME VALUE`",
  function: "`setenv NAME '…'` and `run NAME`",
  let: "`setexpr`",
  local: "`setenv NAME VALUE`",
  printf: "`echo`",
  return: "`if` and `else`",
  set: "`setenv NAME VALUE`",
  unset: "`setenv NAME`, without a value",
};

/** The command that `word` calls: in full, as abbreviations are allowed; `word` if none is known. */
export function fullName(word: string): string {
  const plain = /^[^.]+/.exec(word)?.[0] ?? word;
  if (plain === "tftp") return "tftpboot";
  if (known.has(plain)) return plain;
  const longer = knownCommands.filter((each) => each.startsWith(plain));
  return longer.length === 1 && plain.length > 1 ? (longer[0] as string) : plain;
}

/** Whether U-Boot itself has a command that `word` calls, or could be short for. */
export function isCommand(word: string): boolean {
  const plain = /^[^.]+/.exec(word)?.[0] ?? word;
  return plain === "?" || knownCommands.some((each) => each.startsWith(plain));
}

/** Where the words of a command say what it brings, and to where; counted behind the name. */
export interface LoadForm {
  readonly address: number;
  readonly file?: number;
  readonly over: "network" | "storage";
  /** With this many words or fewer nothing is brought, or only by default. */
  readonly least: number;
}

const network: LoadForm = { address: 0, file: 1, over: "network", least: 0 };
const storage: LoadForm = { address: 2, file: 3, over: "storage", least: 3 };

const loads: Readonly<Record<string, LoadForm>> = {
  tftpboot: network,
  dhcp: { ...network, least: 1 },
  bootp: { ...network, least: 1 },
  nfs: network,
  wget: network,
  load: storage,
  fatload: storage,
  ext2load: storage,
  ext4load: storage,
  erofsload: storage,
  sqfsload: storage,
  fsload: { address: 0, file: 1, over: "storage", least: 1 },
  ubifsload: { address: 0, file: 1, over: "storage", least: 2 },
};

/** The sub-commands `mmc read` and its kind: the address is the word behind. */
const reads = /^(?:mmc|usb|nvme|virtio|sata|scsi|nand|sf|mtd)$/;

/** How the command of these words (the name in full first) loads, if it does. */
export function loadForm(name: string, args: readonly string[]): LoadForm | undefined {
  const form = Object.hasOwn(loads, name) ? loads[name] : undefined;
  if (form) return args.length < form.least ? undefined : form;
  if (reads.test(name) && args[0] === "read" && name !== "mtd") {
    return { address: 1, over: "storage", least: 2 };
  }
  return undefined;
}

/** How a word of a command uses what was loaded. */
export type Role = "kernel" | "initrd" | "dtb" | "script" | "environment" | "data";

const starts = { 0: "kernel", 1: "initrd", 2: "dtb" } as const;
const uses: Readonly<Record<string, Readonly<Record<number, Role>>>> = {
  bootm: starts,
  booti: starts,
  bootz: starts,
  bootefi: { 0: "kernel", 1: "data", 2: "dtb" },
  bootelf: { 0: "kernel" },
  go: { 0: "kernel" },
  source: { 0: "script" },
};

/** Which words of a command (counted behind the name) are addresses of what was loaded before. */
export function usedWords(name: string, args: readonly string[]): ReadonlyMap<number, Role> {
  if (name === "fdt" && args[0] === "addr") return lastAddress(args, "dtb");
  if (name === "fdt" && args[0] === "apply") return new Map([[1, "dtb"]]);
  if (name === "env" && args[0] === "import") return lastAddress(args, "environment");
  if (name === "fpga" && args.length > 2) return new Map([[2, "data"]]);
  if (/^(?:mmc|usb|nvme|sf|nand)$/.test(name) && /^(?:write|update)$/.test(args[0] ?? "")) {
    return new Map([[1, "data"]]);
  }
  const of = Object.hasOwn(uses, name) ? uses[name] : undefined;
  return new Map(Object.entries(of ?? {}).map(([at, role]) => [Number(at), role]));
}

function lastAddress(args: readonly string[], role: Role): ReadonlyMap<number, Role> {
  const at = args.findIndex((each, index) => index > 0 && !/^-[a-z]+$/.test(each));
  return at < 0 ? new Map() : new Map([[at, role]]);
}

/** Commands that start a kernel and do not come back when it works. */
export const isBoot = (name: string): boolean =>
  /^(?:bootm|booti|bootz|zboot|bootefi|bootelf|go)$/.test(name);
