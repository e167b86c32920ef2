// Where pxe and sysboot get menus and files from, and how they say so. Governed by get_relfile and its
// like in boot/pxe_utils.c.
import type { Machine } from "../machine.js";
import { wholeHexadecimal } from "../numbers.js";

/** Where the files of a menu come from. */
export interface PxeSource {
  readonly command: "pxe" | "sysboot";
  /** With the slash at its end; names are relative to it. */
  readonly folder: string;
  /** Whether a slash in front makes a name its own. */
  readonly absolute: boolean;
  /** Puts a file at `address`; its size in bytes, or undefined: that failed, and the console says why. */
  fetch(name: string, address: number): number | undefined;
}

/** The folder of the file that `bootfile` names. */
export const folderOf = (bootfile = ""): string => bootfile.slice(0, bootfile.lastIndexOf("/") + 1);

/** The longest path, in characters. */
const PATH = 512;

/** Fetches a menu or a part of one to `address`, and ends it with a NUL. */
export function fetchText(machine: Machine, source: PxeSource, path: string, address: number) {
  const size = retrieve(machine, source, path, address);
  if (size === undefined) return false;
  machine.memory.write(address + size, nul, machine.memory.origin(`the end of ${path}`));
  return true;
}

const nul = { size: 1, read: () => new Uint8Array(1) };

function retrieve({ print, shell }: Machine, source: PxeSource, path: string, address: number) {
  if (!shell.step()) return undefined;
  const folder = source.absolute && path.startsWith("/") ? "" : source.folder;
  if (folder.length + path.length > PATH) {
    print(`Base path too long (${folder}${path})\n`);
    return undefined;
  }
  print(`Retrieving file: ${folder}${path}\n`);
  return source.fetch(`${folder}${path}`, address);
}

/** A variable that has to be there; says when it is not. */
export function needed({ environment, print }: Machine, name: string): string | undefined {
  const value = environment.get(name);
  if (value === undefined) print(`missing environment variable: ${name}\n`);
  return value;
}

/** Puts the file where `variable` says; its size in bytes, or undefined. */
export function retrieveTo(machine: Machine, source: PxeSource, path: string, variable: string) {
  const address = wholeHexadecimal(needed(machine, variable) ?? "");
  return address === undefined ? undefined : retrieve(machine, source, path, address);
}

/** The address of the board as the names of files have it: `01-52-54-…`. */
export function hardwareAddress(address: string | undefined): string | undefined {
  const parts = address?.split(":").map((part) => Number.parseInt(part, 16)) ?? [];
  const multicast = (parts[0] ?? 1) & 1;
  if (parts.length !== 6 || multicast || parts.every((part) => part === 0)) return undefined;
  return ["01", ...parts.map((part) => part.toString(16).padStart(2, "0"))].join("-");
}
