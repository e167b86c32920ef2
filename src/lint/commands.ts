// What is known of U-Boot's commands by their names: which of them bring something into memory, and
// which use it. Governed by cmd/*.c; which there are is the catalogue's (src/boards).
import { isOwnCommand, ownCommands, vendorOf } from "../boards/index.js";

/** Words that are no commands, but that some shell has. */
export const foreign: Readonly<Record<string, string>> = {
  "[": "`test`, without brackets; `[` came with v2026.07",
  "[[": "`test`, without brackets",
  awk: "`setexpr NAME sub …`, where the build has regular expressions",
  break: "a variable that the condition of the loop looks at",
  case: "`if` and `elif` with `test`",
  continue: "an `if` around the rest of the loop",
  declare: "`setenv NAME VALUE`",
  esac: "`if` and `elif` with `test`",
  export: "`setenv NAME VALUE`",
  expr: "`setexpr`",
  function: "`setenv NAME '…'` and `run NAME`",
  grep: "`setexpr NAME sub …`, where the build has regular expressions",
  let: "`setexpr`",
  local: "`setenv NAME VALUE`",
  printf: "`echo`",
  reboot: "`reset`",
  return: "`if` and `else`",
  sed: "`setexpr NAME sub …`, where the build has regular expressions",
  set: "`setenv NAME VALUE`",
  unset: "`setenv NAME`, without a value",
};

/** The command that `word` calls: in full, as abbreviations are allowed; `word` if none is known. */
export function fullName(word: string): string {
  const plain = /^[^.]+/.exec(word)?.[0] ?? word;
  if (plain === "tftp") return "tftpboot";
  if (isOwnCommand(plain)) return plain;
  const longer = ownCommands.filter((each) => each.startsWith(plain));
  return longer.length === 1 && plain.length > 1 ? (longer[0] as string) : plain;
}

/** Whether some build of U-Boot has a command that `word` calls, or could be short for. */
export function isCommand(word: string): boolean {
  const plain = /^[^.]+/.exec(word)?.[0] ?? word;
  const isShort = ownCommands.some((each) => each.startsWith(plain));
  return plain === "?" || isShort || vendorOf(plain) !== undefined;
}

/** Where the words of a command say what it brings, and to where; counted after the name. */
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

/** The sub-commands `mmc read` and its kind: the address is the word after. */
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

/** Which words of a command (counted after the name) are addresses of what was loaded before. */
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

/** Which words of other commands are addresses, by the name of the command; counted after it. */
const pointed: Readonly<Record<string, readonly number[]>> = {
  cmp: [0, 1],
  cp: [0, 1],
  crc32: [0, 2],
  iminfo: [0],
  imxtract: [0, 2],
  lzmadec: [0, 1],
  md: [0],
  mm: [0],
  mw: [0],
  nm: [0],
  unlz4: [0, 1],
  unzip: [0, 1],
  zstd: [0, 1],
  ext4write: [2],
  fatwrite: [2],
  save: [2],
  tftpput: [0],
  setexpr: [1, 3],
};

/** Which words of a command (counted after the name) are read as addresses. */
export function addressWords(name: string, args: readonly string[]): readonly number[] {
  const form = loadForm(name, args);
  if (form) return [form.address];
  // These are given texts.
  if (name === "setexpr" && /^(?:fmt|g?sub)$/.test(args[1] ?? "")) return [];
  if (name === "crc32" && args[0] === "-v") return [1];
  const others = Object.hasOwn(pointed, name) ? pointed[name] : undefined;
  return others ?? [...usedWords(name, args).keys()];
}

function lastAddress(args: readonly string[], role: Role): ReadonlyMap<number, Role> {
  const at = args.findIndex((each, index) => index > 0 && !/^-[a-z]+$/.test(each));
  return at < 0 ? new Map() : new Map([[at, role]]);
}

/** Commands that start a kernel and do not come back when it works. */
export const isBoot = (name: string): boolean =>
  /^(?:bootm|booti|bootz|zboot|bootefi|bootelf|go)$/.test(name);
