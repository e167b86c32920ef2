// Which devices there are, which is the current one, and what their partition tables say. Left out:
// reading and writing blocks. Governed by cmd/mmc.c, cmd/usb.c, cmd/blk_common.c and cmd/part.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { decimal, hex, hexadecimal } from "../numbers.js";
import type { Partition } from "../world.js";
import { choose, deviceAt, findDevice, numbersOf } from "./partitions.js";

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

/** What a sub-command that is not simulated does. */
function unknown(machine: Machine, ...words: readonly string[]): number {
  machine.end({ kind: "unknown-command", name: words.join(" ") });
  return 1;
}

function mmc(machine: Machine, [verb, at]: readonly string[]): ReturnType<Run> {
  if (verb === undefined) return "usage";
  if (verb !== "dev" && verb !== "rescan") return unknown(machine, "mmc", verb);
  const number = at === undefined || verb === "rescan" ? 0 : decimal(at);
  if (!deviceAt(machine, "mmc", number)) {
    machine.print(`MMC Device ${number} not found\nno mmc device at slot ${number}\n`);
    return 1;
  }
  machine.wait(20);
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
  return verb === "dev" ? select(machine, "usb", args[1]) : unknown(machine, "usb", verb);
}

function bus(machine: Machine, kind: string, [verb, at]: readonly string[]): ReturnType<Run> {
  if (verb === undefined) return "usage";
  if (verb === "scan" || (kind === "sata" && verb === "init")) {
    machine.buses.add(kind);
    if (kind === "scsi") machine.print("scanning bus for devices...\n");
    return 0;
  }
  return verb === "dev" ? select(machine, kind, at) : unknown(machine, kind, verb);
}

/** `dev n`: what the device is is not told, since the world does not say. */
function select(machine: Machine, kind: string, at: string | undefined): number {
  const number = at === undefined ? 0 : decimal(at);
  const found = deviceAt(machine, kind, number) !== undefined;
  machine.print(
    `\nDevice ${number}: ${found ? "\n... is now current device" : "unknown device"}\n`,
  );
  return found ? 0 : 1;
}

function part(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb = "", kind = "", spec, ...more] = args;
  if (spec === undefined) return verb === "types" ? unknown(machine, "part", verb) : "usage";
  switch (verb) {
    case "uuid":
      return tell(machine, more[0], choose(machine, kind, spec)?.partition.uuid);
    case "list":
      return listPartitions(machine, kind, spec, more);
    case "start":
      return extent(machine, args, ({ start }) => start);
    case "size":
      return extent(machine, args, ({ blocks }) => blocks);
    default:
      return unknown(machine, "part", verb);
  }
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
  const device = findDevice(machine, kind, spec);
  if (!device) return 1;
  const options = more.filter((each) => each.startsWith("-"));
  const [name] = more.filter((each) => !each.startsWith("-"));
  if (options.some((each) => each !== "-bootable")) return "usage";
  if (name === undefined) return unknown(machine, "part", "list");
  const wanted = [...device.partitions].filter(
    ([number, { bootable }]) => number > 0 && (options.length === 0 || bootable),
  );
  machine.environment.set(name, numbersOf(wanted.map(([number]) => number)));
  return 0;
}

/** Where a partition is, in blocks. */
function extent(
  machine: Machine,
  [verb = "", kind = "", spec = "", number, name]: readonly string[],
  of: (partition: Partition) => number | undefined,
): ReturnType<Run> {
  if (number === undefined) return "usage";
  const device = findDevice(machine, kind, spec);
  const partition = device?.partitions.get(hexadecimal(number));
  if (!partition) return 1;
  const value = of(partition);
  return value === undefined ? unknown(machine, "part", verb) : tell(machine, name, hex(value));
}
