// Files on the board's own devices. Governed by fs/fs.c and disk/part.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import type { Content } from "../../image/index.js";
import { slice } from "../../image/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal, sizeText, wholeHexadecimal } from "../numbers.js";
import type { Device, Partition } from "../world.js";

/** Bytes in a millisecond. */
const SPEED = 20_000;

/** A partition that a command named. */
interface Chosen {
  readonly device: Device;
  readonly number: number;
  readonly partition: Partition;
}

/** The partition `spec` of `kind` (`mmc`, `usb` …); what is wrong is on the console. */
function choose({ world, print }: Machine, kind: string, spec: string): Chosen | undefined {
  const [at = "", part = ""] = spec.split(":", 2);
  const number = hexadecimal(at);
  const device = world.devices.get(`${kind} ${number}`);
  if (!device) {
    print(`** Bad device specification ${kind} ${at} **\n`);
    return undefined;
  }
  const wanted = part === "auto" ? bootable(device) : part === "" ? 1 : hexadecimal(part);
  const partition = device.partitions.get(wanted);
  if (!partition) {
    print(`** Invalid partition ${wanted} **\n`);
    return undefined;
  }
  return { device, number: wanted, partition };
}

/** The first bootable partition, or else the first. */
function bootable({ partitions }: Device): number {
  const found = [...partitions].find(([, { bootable }]) => bootable) ?? [...partitions][0];
  return found?.[0] ?? 1;
}

function load(machine: Machine, args: readonly string[], type?: string): ReturnType<Run> {
  const { environment, print } = machine;
  const [kind, spec = "", at, name = environment.get("bootfile"), length, from] = args;
  if (kind === undefined) return "usage";
  const chosen = choose(machine, kind, spec);
  const address = at === undefined ? ambientAddress(machine) : wholeHexadecimal(at);
  if (address !== undefined && name !== undefined) machine.memory.miss(address, name);
  if (!chosen || (type !== undefined && chosen.partition.type !== type)) {
    print("Can't set block device\n");
    return 1;
  }
  if (address === undefined) return "usage";
  if (name === undefined) {
    print("** No boot file defined **\n");
    return 1;
  }
  const file = chosen.partition.read(name);
  const content = file && part(file, length, from);
  if (content && machine.refuses(address, content.size)) {
    print("** Reading file would overwrite reserved memory **\n");
  }
  if (!content || machine.refuses(address, content.size)) {
    print(`Failed to load '${name}'\n`);
    return 1;
  }
  return store(machine, address, content, name);
}

function ambientAddress({ environment, board }: Machine): number {
  const value = environment.get("loadaddr");
  return value === undefined ? (board.addresses.loadaddr ?? 0) : hexadecimal(value);
}

function part(file: Content, length: string | undefined, from: string | undefined): Content {
  const bytes = length === undefined ? 0 : hexadecimal(length);
  const start = from === undefined ? 0 : hexadecimal(from);
  return slice(file, start, bytes === 0 ? file.size : bytes);
}

function store(machine: Machine, address: number, content: Content, name: string): number {
  const { environment, print } = machine;
  const time = Math.ceil(content.size / SPEED);
  machine.wait(time);
  machine.place(address, content, name);
  const rate = time > 0 ? ` (${sizeText(Math.floor(content.size / time) * 1000)}/s)` : "";
  print(`${content.size} bytes read in ${time} ms${rate}\n`);
  environment.set("fileaddr", hex(address));
  environment.set("filesize", hex(content.size));
  return 0;
}

function size(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [kind = "", spec = "", name = ""] = args;
  if (args.length !== 3) return "usage";
  const file = choose(machine, kind, spec)?.partition.read(name);
  if (!file) return 1;
  machine.environment.set("filesize", hex(file.size));
  return 0;
}

/** Whether a file is there, for `test -e`. */
export function fileExists(machine: Machine, kind: string, spec: string, name: string): boolean {
  return choose(machine, kind, spec)?.partition.read(name) !== undefined;
}

const loading = (machine: Machine, type?: string): ShellCommand => ({
  run: (args) => load(machine, args, type),
  maxargs: 7,
});

/** `load` and its kin. */
export const storageCommands: Family = (machine) => ({
  load: loading(machine),
  fatload: loading(machine, "fat"),
  ext4load: loading(machine, "ext4"),
  size: { run: (args) => size(machine, args), maxargs: 4 },
  usb: ([verb]) => (verb === "start" || verb === "reset" ? 0 : "usage"),
});
