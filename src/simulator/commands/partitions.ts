// How a command names a partition: `mmc 0:1`, `usb 0`, `virtio 0:auto`. Governed by disk/part.c.
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import type { Device, Partition } from "../world.js";

/** Buses that are empty until they are looked through. */
export const scanned: ReadonlySet<string> = new Set(["usb", "nvme", "scsi"]);

/** The device `number` of `kind`, where the board has found it. */
export function deviceAt(machine: Machine, kind: string, number: number): Device | undefined {
  if (scanned.has(kind) && !machine.buses.has(kind)) return undefined;
  return machine.world.devices.get(`${kind} ${number}`);
}

/** The device that `at`, a number and perhaps a part of its hardware, names; a bad number is told. */
export function listedDevice(machine: Machine, kind: string, at: string): Device | undefined {
  const [number = "", part] = at.split(/\.(.*)/s, 2);
  const isHardware = part !== undefined && !isNumber(part);
  if (isNumber(number) && !isHardware) return deviceAt(machine, kind, hexadecimal(number));
  const [what, wrong] = isNumber(number) ? ["HW partition", part] : ["device", number];
  machine.print(`** Bad ${what} specification ${kind} ${wrong} **\n`);
  return undefined;
}

/** Hexadecimal digits, or nothing at all, which is 0. */
const isNumber = (text: string) => /^(?:(?:0[xX])?[0-9a-fA-F]+)?$/.test(text);

/** The device that `at` names; says when there is none. */
export function findDevice(machine: Machine, kind: string, at: string): Device | undefined {
  const device = listedDevice(machine, kind, at);
  if (!device) machine.print(`** Bad device specification ${kind} ${at} **\n`);
  return device;
}

/** A partition that a command named. */
export interface Chosen {
  readonly number: number;
  readonly partition: Partition;
}

/** The partition `asked` of `kind`, by number or by name; what is wrong is on the console. */
export function choose(
  machine: Machine,
  kind: string,
  asked: string | undefined,
): Chosen | undefined {
  const named = asked?.includes("#") ? byName(machine, kind, asked) : undefined;
  const chosen = named ?? byNumber(machine, kind, asked, "whole device too");
  if (!chosen) machine.print(`Couldn't find partition ${kind} ${asked ?? "<NULL>"}\n`);
  if (!chosen || chosen === "no file system") return undefined;
  return { ...chosen, partition: machine.changes.on(chosen.partition) };
}

/** The partition `asked` of `kind`, by number only; what is wrong is on the console. */
export function byNumber(
  machine: Machine,
  kind: string,
  asked: string | undefined,
  whole?: "whole device too",
): Chosen | "no file system" | undefined {
  const spec = asked === "-" || !asked ? machine.environment.get("bootdevice") : asked;
  if (spec) return pick(machine, kind, spec, whole !== undefined);
  machine.print("** No device specified **\n");
  return undefined;
}

function pick(
  machine: Machine,
  kind: string,
  spec: string,
  allowsWhole: boolean,
): Chosen | "no file system" | undefined {
  const [at = "", part = ""] = spec.split(/:(.*)/s, 2);
  const device = findDevice(machine, kind, at);
  if (!device) return undefined;
  const { partitions } = device;
  if (part === "auto") return automatic(machine, device);
  if (!isNumber(part) || (part !== "" && hexadecimal(part) === 0 && !allowsWhole)) {
    machine.print(`** Bad partition specification ${kind} ${spec} **\n`);
    return undefined;
  }
  // A device without a partition table is what its number 0 is.
  const whole = partitions.get(0);
  const number = part === "" ? 1 : hexadecimal(part);
  if (whole && (part === "" || number === 0)) return { number: 0, partition: whole };
  if (number === 0) return "no file system";
  const partition = partitions.get(number);
  if (!partition) machine.print(`** Invalid partition ${number} **\n`);
  return partition && { number, partition };
}

/** `0#name`: a partition by its name in the table, which MBR has none of. */
function byName(
  machine: Machine,
  kind: string,
  spec: string,
): Chosen | "no file system" | undefined {
  const [at = "", name = ""] = spec.split(/#(.*)/s, 2);
  const device = listedDevice(machine, kind, at);
  if (!device) return undefined;
  for (const [number, partition] of device.partitions) {
    if (partition.label === name) return { number, partition };
  }
  const known = [...device.partitions.values()].every(({ label }) => label !== undefined);
  if (!known) {
    unknown(machine, kind, spec);
    return "no file system";
  }
  machine.print(`Could not find "${name}" partition\n`);
  return undefined;
}

/** The first bootable partition, or else the first. */
function automatic({ print }: Machine, { partitions }: Device): Chosen | undefined {
  const all = [...partitions].map(([number, partition]) => ({ number, partition }));
  const found = all.find(({ partition }) => partition.bootable) ?? all[0];
  if (!found) print("** No valid partitions found **\n");
  return found;
}

/** Numbers of partitions as `part list` gives them. */
export const numbersOf = (partitions: Iterable<number>): string =>
  [...partitions].map((number) => hex(number)).join(" ");
