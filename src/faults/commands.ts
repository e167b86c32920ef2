// What is known of commands by their words, the name first as it was written, and of the kernel's arguments.
// Variables in a word stay `${name}`.
import { type Board, commandOption, commandState } from "../boards/index.js";

export type Words = readonly string[];

/** Writes the environment to its storage (cmd/nvedit.c). */
export const savesEnvironment = ([name, verb]: Words): boolean =>
  name === "saveenv" || (name === "env" && verb === "save");

/** Takes variables out of memory (cmd/nvedit.c). */
export const importsEnvironment = ([name, verb]: Words): boolean =>
  name === "env" && verb === "import";

/** Takes whatever is in memory: a list of names after the size lets in only those. */
export const importsEverything = (words: Words): boolean =>
  importsEnvironment(words) && words.slice(2).filter((each) => !/^-[a-z]+$/.test(each)).length <= 2;

/** What the command sets `variable` to, word by word (cmd/nvedit.c); undefined where it does not. */
export function setTo(variable: string, [name, ...rest]: Words): Words | undefined {
  const words = name === "setenv" ? rest : name === "env" && rest[0] === "set" ? rest.slice(1) : [];
  const [first, ...values] = words.filter((each, index) => index > 1 || !/^-[a-z]$/.test(each));
  return first === variable && values.length > 0 ? values : undefined;
}

const NETWORK = /^(?:tftp|tftpboot|wget|nfs|bootp|dhcp)$/;

/** Brings something from the network. */
export const fetches = ([name = "", ...rest]: Words): boolean =>
  NETWORK.test(name) && (name !== "dhcp" || rest.length > 0);

/** The command of these words that `board` was built without. What its defconfig does not say is not known. */
export function missingOn(board: Board, [first = "", second = ""]: Words) {
  const command = [first, `${first} ${second}`].find(
    (each) => commandState(board, each) === "disabled",
  );
  return command === undefined ? undefined : { command, option: commandOption(command) };
}

/**
 * What `tftp` could be short for on `board`, where that is more than one command: U-Boot runs none then
 * (common/command.c).
 */
export function ambiguousOn(
  { commands, net }: Board,
  [name]: Words,
): readonly string[] | undefined {
  const among = [...commands].filter((each) => each.startsWith("tftp"));
  return name === "tftp" && (net.tftp.prefixAmbiguous || among.length > 1) ? among : undefined;
}

/** Bytes of a name that U-Boot's TFTP client asks for, without the final NUL (MAX_LEN in net/tftp.c). */
const LONGEST_NAME = 127;

/** How much too long the name of a file is for U-Boot's TFTP client. */
export function tooLongForTftp(name: string): { length: number; most: number } | undefined {
  const { length } = new TextEncoder().encode(name);
  return length > LONGEST_NAME ? { length, most: LONGEST_NAME } : undefined;
}

/** A limit of all ones, such as that of `fdt_high`. */
export interface AllOnes {
  readonly value: string;
  /** Whether it is what U-Boot takes for "do not move it": it has as many bits as an address. */
  readonly stays: boolean;
  readonly bits: number;
}

/**
 * `value` where it is all ones of 32 or 64 bits (boot/image-fdt.c, boot/image-board.c). Without the
 * board's `bits` those of the value count.
 */
export function allOnes(value: string, own?: number): AllOnes | undefined {
  const digits = /^(?:0x)?(f{8}|f{16})$/i.exec(value)?.[1];
  const bits = own ?? (digits?.length === 16 ? 64 : 32);
  if (digits === undefined || (digits.length === 16 && bits === 32)) return undefined;
  return { value, stays: digits.length === bits / 4, bits };
}

/**
 * A root over NFS that the kernel cannot reach, without `ip=` or with it off (nfsroot.rst in Linux); the
 * last `ip=` counts. Undefined where a variable may hold the rest.
 */
export function unreachableRoot(list: Words): { root: string; ip: string | undefined } | undefined {
  const root = list.find((each) => /^(?:root=\/dev\/nfs$|nfsroot=)/.test(each));
  const ip = list.findLast((each) => each.startsWith("ip="));
  const open = list.some((each) => each.startsWith("${"));
  if (root === undefined || open || (ip !== undefined && !/^ip=(?:off|none)$/.test(ip))) {
    return undefined;
  }
  return { root, ip };
}

/** A root over NFS by UDP, which Linux has switched off since 5.6 (NFS_DISABLE_UDP_SUPPORT in fs/nfs/Kconfig). */
export const isNfsByUdp = (argument: string): boolean =>
  /^nfsroot=.*,(?:proto=)?udp(?:,|$)/.test(argument);
