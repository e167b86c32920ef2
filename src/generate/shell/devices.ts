// The devices a file can come from: how U-Boot addresses them, and where the build puts files that
// are read from them.

import { diagnose, nearest } from "../../diagnostics/index.js";
import { type Command, command, type Word } from "../../hush/index.js";
import type { Device } from "../../language/index.js";
import { originOf, writtenAt } from "../../program/index.js";
import type { State } from "./state.js";
import { pathWord, plainText, wordOf } from "./words.js";

/** The folder of the build that a device's files go to. */
export type Root = "sdcard" | "tftp" | "usb" | "nvme" | "sata" | "nfs";

interface DeviceKind {
  readonly root: Root;
  /** What U-Boot calls it in `load`; undefined for the network. */
  readonly interface?: string;
  /** Makes U-Boot look for such devices. */
  readonly scan?: Command;
}

/** By the word of the language. `sdcard` is wherever the running script came from. */
export const devices: ReadonlyMap<string, DeviceKind> = new Map<string, DeviceKind>([
  ["tftp", { root: "tftp" }],
  ["http", { root: "tftp" }],
  ["nfs", { root: "nfs" }],
  ["sdcard", { root: "sdcard", interface: "sdcard" }],
  ["mmc", { root: "sdcard", interface: "mmc" }],
  ["virtio", { root: "sdcard", interface: "virtio", scan: command("virtio", "scan") }],
  ["usb", { root: "usb", interface: "usb", scan: command("usb", "start") }],
  ["nvme", { root: "nvme", interface: "nvme", scan: command("nvme", "scan") }],
  ["sata", { root: "sata", interface: "sata", scan: command("sata", "init") }],
]);

/** What U-Boot tells a script about where it was found (boot/bootmeth_script.c). */
export const whereScriptIs: readonly string[] = ["devtype", "devnum", "distro_bootpart", "prefix"];

/** The kind of `device`, or undefined, reported. Without a device it is tftp. */
export function kindOf(device: Device | undefined, { report }: State): DeviceKind | undefined {
  const name = device?.kind.name ?? "tftp";
  const found = devices.get(name);
  if (!found && device) {
    const data = { name, nearest: nearest(name, devices.keys()), known: [...devices.keys()] };
    report(diagnose("device-unknown", data, device.kind.span));
  }
  return found;
}

/** The commands that make U-Boot look for devices of this kind. */
export function scanOf(name: string): readonly Command[] {
  const scan = devices.get(name)?.scan;
  return scan ? [scan] : [];
}

/** Interface and partition as `load` takes them, or "network"; undefined when reported. */
export function storageAddress(
  device: Device,
  state: State,
): readonly [string | Word, string | Word] | "network" | undefined {
  const kind = kindOf(device, state);
  if (!kind) return undefined;
  if (!kind.interface) return "network";
  if (kind.interface === "sdcard") {
    if (device.where) return nothingBehind(device, state);
    const partition = [{ variable: "devnum" }, ":", { variable: "distro_bootpart" }];
    return [[{ variable: "devtype" }], partition];
  }
  const where = device.where && wordOf(device.where, partitionRules, state.scope, state.report);
  const text = where && plainText(where);
  const [, number, partition] = /^(\d{1,2})(?::(\d{1,3}))?$/.exec(text ?? "0:1") ?? [];
  if (number === undefined) {
    const data = { expected: "a device and partition such as 0:1", found: text ?? "${…}" };
    const { labels, notes } = device.where
      ? originOf(device.where, state.scope)
      : writtenAt(device.span);
    state.report(diagnose("value-invalid", data, labels, notes));
    return undefined;
  }
  // U-Boot reads both as hexadecimal (disk/part.c).
  const hex = (digits: string) => Number(digits).toString(16);
  return [
    kind.interface,
    partition === undefined ? hex(number) : `${hex(number)}:${hex(partition)}`,
  ];
}

const partition = {
  role: "a device and partition",
  allowed: "a number, or two joined by `:`",
  pattern: /^[0-9:]*$/,
  offence: /[^0-9:]/,
};
const partitionRules = { written: partition, given: partition };

/** The folder of `from nfs "/srv/boot"`, where one is written. */
export function folderOf(device: Device | undefined, state: State): Word | undefined {
  if (!device?.where) return undefined;
  if (device.kind.name === "tftp") return nothingBehind(device, state);
  return pathWord(device.where, state.scope, state.report);
}

function nothingBehind({ kind, where }: Device, { report }: State): undefined {
  if (!where) return;
  const { source, start, end } = where.span;
  const found = source.text.slice(start, end);
  report(
    diagnose("value-invalid", { expected: `nothing behind \`${kind.name}\``, found }, where.span),
  );
}
