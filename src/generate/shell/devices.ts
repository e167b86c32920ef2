// The devices a file can come from, as the commands of U-Boot address them.
import { type Command, command, type Word } from "../../hush/index.js";
import { type Client, variablesOf as variablesIn } from "../../program/index.js";
import type { DeviceNumber, Origin, Storage } from "../../steps/index.js";
import { wordFor } from "./words.js";

/** Makes U-Boot look for devices of a kind. */
const scans: Readonly<Partial<Record<Origin["kind"], Command>>> = {
  virtio: command("virtio", "scan"),
  usb: command("usb", "start"),
  nvme: command("nvme", "scan"),
  sata: command("sata", "init"),
};

/** What U-Boot tells a script about where it was found (boot/bootmeth_script.c). */
export const whereScriptIs: readonly string[] = ["devtype", "devnum", "distro_bootpart", "prefix"];

/** The commands that make U-Boot look for devices of this kind. */
export function scanOf({ kind }: Origin): readonly Command[] {
  const scan = scans[kind];
  return scan ? [scan] : [];
}

/** The variables that have to be set for `origin` to mean something. */
export function variablesOf(origin: Origin): readonly string[] {
  if (origin.kind === "sdcard") return whereScriptIs;
  if (origin.kind === "tftp")
    return origin.server ? variablesIn(origin.server).map(({ name }) => name) : [];
  if (!("device" in origin)) return [];
  return [origin.device, origin.partition].flatMap((each) =>
    typeof each === "object" ? [each.name] : [],
  );
}

/** Interface and partition as `load` takes them. */
export function storageWords(storage: Storage, client: Client | undefined): readonly [Word, Word] {
  if (storage.kind === "sdcard") {
    const partition = [{ variable: "devnum" }, ":", { variable: "distro_bootpart" }];
    return [[{ variable: "devtype" }], partition];
  }
  if (storage.kind === "device") {
    return [wordFor(storage.interface, client), wordFor(storage.place, client)];
  }
  const { kind, device, partition } = storage;
  const known = typeof device === "number" && typeof partition !== "object";
  const word = [...number(device), ...(partition === undefined ? [] : [":", ...number(partition)])];
  return [[kind], known ? [word.join("")] : word];
}

/** U-Boot reads both as hexadecimal (disk/part.c). */
const number = (found: DeviceNumber): Word =>
  typeof found === "number" ? [found.toString(16)] : [{ variable: found.name }];
