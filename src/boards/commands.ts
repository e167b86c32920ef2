// Which commands a build has. A defconfig was asked for `surveyed`; of any other command the
// catalogue knows nothing. Names as a script spells them, sub-commands with their own option
// (`env exists`, `fdt apply`) as two words. Governed by cmd/Kconfig.
import type { Board } from "./board.js";
import { ownNames, sinceRelease, untilRelease, vendorNames } from "./command-names.js";

/** On in the stock configuration of most boards. */
const usual: readonly string[] = [
  ...["bootefi", "bootflow", "bootm", "bootp", "crc32", "dhcp", "echo", "env exists"],
  ...["env export", "env import", "exit", "ext4load", "fatload", "fdt", "fdt apply", "iminfo"],
  ...["itest", "load", "mmc", "part", "ping", "pxe", "run", "saveenv", "setexpr", "sleep"],
  ...["source", "test", "tftpboot", "usb"],
];

/** On in some. */
const others: readonly string[] = [
  ...[
    "booti",
    "bootz",
    "cat",
    "dns",
    "gpt",
    "hash",
    "kaslrseed",
    "md5sum",
    "nfs",
    "nvme",
    "sha1sum",
    "sntp",
  ],
  ...["sysboot", "tftpput", "tftpsrv", "time", "unzip", "virtio", "wget", "xxd", "zboot"],
];

/** The commands whose presence is known for every board. */
export const surveyed: ReadonlySet<string> = new Set([...usual, ...others]);

/** A board's commands, as the difference from the usual ones. */
export interface CommandDifference {
  readonly plus?: readonly string[];
  readonly minus?: readonly string[];
}

/** @throws when a difference names a command outside `surveyed` or makes none: a typing error. */
export function commandSet({ plus = [], minus = [] }: CommandDifference): ReadonlySet<string> {
  const wrong = [
    ...plus.filter((name) => !others.includes(name)),
    ...minus.filter((name) => !usual.includes(name)),
  ];
  if (wrong.length > 0) throw new Error(`not a difference from the usual commands: ${wrong}`);
  return new Set([...usual.filter((name) => !minus.includes(name)), ...plus].sort());
}

/** Whether the stock build of `board` has the command; "unknown" where nobody looked. */
export function commandState(board: Board, name: string): "enabled" | "disabled" | "unknown" {
  if (board.commands.has(name)) return "enabled";
  return surveyed.has(name) ? "disabled" : "unknown";
}

/** The commands known to be missing from the stock build of `board`, sorted. */
export function disabledCommands(board: Board): readonly string[] {
  return [...surveyed].filter((name) => !board.commands.has(name)).sort();
}

/** The options that are not called after their command. */
const options: Readonly<Record<string, string>> = {
  iminfo: "CONFIG_CMD_IMI",
  load: "CONFIG_CMD_FS_GENERIC",
  fatload: "CONFIG_CMD_FAT",
  ext4load: "CONFIG_CMD_EXT4",
  "env exists": "CONFIG_CMD_ENV_EXISTS",
  "env export": "CONFIG_CMD_EXPORTENV",
  "env import": "CONFIG_CMD_IMPORTENV",
  "fdt apply": "CONFIG_OF_LIBFDT_OVERLAY",
  exit: "CONFIG_HUSH_PARSER",
  test: "CONFIG_HUSH_PARSER",
};

/** The option of U-Boot's configuration that builds the command (cmd/Kconfig, cmd/Makefile). */
export function commandOption(name: string): string {
  return options[name] ?? `CONFIG_CMD_${name.toUpperCase()}`;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** U-Boot's own commands, of all releases that were looked at (command-names.ts), sorted. */
export const ownCommands: readonly string[] = words(ownNames);

const own = new Set(ownCommands);
const vendors = new Map(
  Object.entries(vendorNames).flatMap(([vendor, names]) =>
    words(names).map((name) => [name, vendor] as const),
  ),
);

/** Whether U-Boot itself has a command of this name, in some release. */
export const isOwnCommand = (name: string): boolean => own.has(name);

/** Pairs of a name and a release, which loses its letter and what comes after its number. */
const releases = (text: string): ReadonlyMap<string, string> => {
  const pairs = words(text);
  const each = pairs.flatMap((name, at) =>
    at % 2 === 0 ? [[name, (pairs[at + 1] ?? "").slice(1, 8)] as const] : [],
  );
  return new Map(each);
};
const firstRelease = releases(sinceRelease);
const lastRelease = releases(untilRelease);

/**
 * Whether a release of U-Boot, such as "2023.01", may have the command. Of names that are not U-Boot's
 * own nothing is known, and of releases before 2021.01 not what they lack.
 */
export function releaseHas(release: string, name: string): boolean {
  return release >= (firstRelease.get(name) ?? "") && release <= (lastRelease.get(name) ?? "9999");
}

/** Whose builds have a command that U-Boot itself has not: `rockchip`; undefined for no vendor's. */
export const vendorOf = (name: string): string | undefined => vendors.get(name);
