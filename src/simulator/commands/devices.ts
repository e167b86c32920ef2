// Which devices there are, which is the current one, and what their partition tables say. Governed by cmd/mmc.c, cmd/usb.c, cmd/blk_common.c and cmd/part.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { anyBase, decimal, hex } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import type { Partition } from "../world.js";
import { transferBlocks } from "./blocks.js";
import { byNumber, deviceAt, listedDevice, numbersOf } from "./partitions.js";
import { told } from "./telling.js";

/** `mmc`, `part`, and the buses with devices that look alike. */
export const deviceCommands: Family = (machine) => ({
  mmc: (args) => mmc(machine, args),
  usb: (args) => usb(machine, args),
  ...Object.fromEntries(
    ["nvme", "scsi", "virtio", "sata"].map((kind): [string, ShellCommand] => [
      kind,
      (args) => bus(machine, kind, args),
    ]),
  ),
  part: (args) => part(machine, args),
});

function mmc(machine: Machine, [verb, ...rest]: readonly string[]): ReturnType<Run> {
  const [at] = rest;
  if (verb === undefined) return "usage";
  if (verb === "read" || verb === "write") return transferBlocks(machine, "mmc", verb, rest);
  if (/^(?:info|list|part)$/.test(verb)) return told(machine, "mmc", verb);
  if (verb !== "dev" && verb !== "rescan") return unknown(machine, "mmc", verb);
  const number =
    at === undefined || verb === "rescan" ? (machine.chosen.get("mmc") ?? 0) : decimal(at);
  if (!deviceAt(machine, "mmc", number)) {
    machine.print(`MMC Device ${number} not found\nno mmc device at slot ${number}\n`);
    return 1;
  }
  machine.wait(20);
  machine.chosen.set("mmc", number);
  if (verb === "dev") {
    machine.print(`switch to partitions #0, OK\nmmc${number} is current device\n`);
  }
  return 0;
}

function usb(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb] = args;
  const { print, world, buses } = machine;
  if (verb === undefined) return "usage";
  if (verb === "start" || verb === "reset") {
    if (verb === "start" && buses.has("usb")) return 0;
    const count = [...world.devices.keys()].filter((key) => key.startsWith("usb ")).length;
    machine.wait(2000);
    buses.add("usb");
    print(verb === "start" ? "starting USB...\n" : "resetting USB...\n");
    print(
      count === 0
        ? "No working controllers found\n"
        : `       scanning usb for storage devices... ${count} Storage Device(s) found\n`,
    );
    if (count === 0) buses.delete("usb");
    return 0;
  }
  if (verb === "stop") {
    buses.delete("usb");
    print("stopping USB..\n");
    return 0;
  }
  if (!buses.has("usb")) {
    print("USB is stopped. Please issue 'usb start' first.\n");
    return 1;
  }
  if (verb === "tree" || verb === "info") return told(machine, ...["usb", ...args]);
  return common(machine, "usb", verb === "storage" ? ["info"] : args);
}

function bus(machine: Machine, kind: string, args: readonly string[]): ReturnType<Run> {
  const [verb] = args;
  if (verb === undefined) return "usage";
  if (verb === "scan" || (kind === "sata" && verb === "init")) {
    machine.buses.add(kind);
    if (kind === "scsi") machine.print("scanning bus for devices...\n");
    return 0;
  }
  return common(machine, kind, args);
}

/** What is the same for all devices with blocks. */
function common(
  machine: Machine,
  kind: string,
  [verb = "", ...args]: readonly string[],
): ReturnType<Run> {
  const [at] = args;
  const number = at === undefined ? machine.chosen.get(kind) : decimal(at);
  const has = (each: number) => deviceAt(machine, kind, each) !== undefined;
  const none = ![...Array(DEVICES).keys()].some(has);
  switch (verb) {
    case "dev":
    case "device":
      if (at !== undefined) return select(machine, kind, number ?? 0);
      if (none) machine.print(`\nno ${kind} devices available\n`);
      return none ? 1 : told(machine, kind, verb);
    case "info":
      return none ? 0 : told(machine, kind, verb);
    case "part":
      if (none && at === undefined) machine.print(`\nno ${kind} partition table available\n`);
      else if (none || !has(number ?? 0)) {
        machine.print(`\n${kind} device ${number ?? 0} not available\n`);
      } else return told(machine, kind, verb);
      return 1;
    case "read":
    case "write":
      return transferBlocks(machine, kind, verb, args);
    default:
      return OTHERS.has(verb) ? unknown(machine, kind, verb) : "usage";
  }
}

/** What some of them can besides. */
const OTHERS = new Set(["details", "erase", "reset", "stop", "test", "tree"]);

/** How many devices of a kind are looked at. */
const DEVICES = 16;

/** `dev n`: what the device is is not told, since the world does not say. */
function select(machine: Machine, kind: string, number: number): number {
  const found = deviceAt(machine, kind, number) !== undefined;
  machine.print(
    `\nDevice ${number}: ${found ? "\n... is now current device" : "unknown device"}\n`,
  );
  if (found) machine.chosen.set(kind, number);
  return found ? 0 : 1;
}

function part(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb = "", kind = "", spec, ...more] = args;
  if (spec === undefined) return verb === "types" ? told(machine, "part", verb) : "usage";
  switch (verb) {
    case "uuid":
      return more.length > 1 ? "usage" : uuidOf(machine, kind, spec, more[0]);
    case "list":
      return listPartitions(machine, kind, spec, more);
    case "number":
      return numberOf(machine, args);
    case "start":
      return extent(machine, args, ({ start }) => start);
    case "size":
      return extent(machine, args, ({ blocks }) => blocks);
    default:
      return PART_VERBS.has(verb) ? unknown(machine, "part", verb) : "usage";
  }
}

/** What `part` can besides, in some releases and builds. */
const PART_VERBS = new Set(["dupcheck", "name", "set", "type"]);

/** What nobody said about a partition is not known, and no failure. */
function uuidOf(machine: Machine, kind: string, spec: string, name: string | undefined) {
  const chosen = byNumber(machine, kind, spec);
  if (chosen === undefined) return 1;
  const uuid = chosen === "no file system" ? undefined : chosen.partition.uuid;
  return uuid === undefined ? unknown(machine, "part", "uuid") : tell(machine, name, uuid);
}

/** Into a variable, or on the console. */
function tell({ print, environment }: Machine, name: string | undefined, value?: string): number {
  if (value === undefined) return 1;
  if (name === undefined) print(`${value}\n`);
  else environment.set(name, value);
  return 0;
}

function listPartitions(
  machine: Machine,
  kind: string,
  spec: string,
  more: readonly string[],
): ReturnType<Run> {
  const options = more.filter((each) => each.startsWith("-"));
  const [name, ...others] = more.filter((each) => !each.startsWith("-"));
  const wrong = options.find((each) => each !== "-bootable");
  if (wrong !== undefined) {
    machine.print(`Unknown option ${wrong}\n`);
    return "usage";
  }
  if ((options.length > 0 && name === undefined) || others.length > 0) return "usage";
  const device = listedDevice(machine, kind, spec);
  if (!device) return 1;
  if (name === undefined) return told(machine, "part", "list", kind, spec);
  const wanted = [...device.partitions].filter(
    ([number, { bootable }]) => number > 0 && (options.length === 0 || bootable),
  );
  machine.environment.set(name, numbersOf(wanted.map(([number]) => number)));
  return 0;
}

/** The partition that `part start` and its like ask for: by a number in C's notation, or a name. */
function asked(machine: Machine, [verb = "", kind = "", spec = "", which = ""]: readonly string[]) {
  const device = listedDevice(machine, kind, spec);
  if (!device) return undefined;
  if (/^(?:0[xX][0-9a-fA-F]+|\d+|)$/.test(which)) {
    const number = anyBase(which);
    const partition = device.partitions.get(number);
    return partition && { number, partition };
  }
  for (const [number, partition] of device.partitions) {
    if (partition.label === which) return { number, partition };
  }
  const known = [...device.partitions.values()].every(({ label }) => label !== undefined);
  if (!known) unknown(machine, "part", verb, kind, spec, which);
  return undefined;
}

function numberOf(machine: Machine, args: readonly string[]): ReturnType<Run> {
  if (args.length < 4 || args.length > 5) return "usage";
  const found = asked(machine, args);
  return tell(machine, args[4], found && `0x${hex(found.number)}`);
}

/** Where a partition is, in blocks. */
function extent(
  machine: Machine,
  args: readonly string[],
  of: (partition: Partition) => number | undefined,
): ReturnType<Run> {
  if (args.length < 4 || args.length > 5) return "usage";
  const found = asked(machine, args);
  if (!found) return 1;
  const value = of(found.partition);
  if (value === undefined) return unknown(machine, "part", args[0] ?? "");
  return tell(machine, args[4], hex(value));
}
