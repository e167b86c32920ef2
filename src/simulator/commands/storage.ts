// Files on the board's own devices. Governed by fs/fs.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import { type Content, slice } from "../../image/index.js";
import { resolve } from "../fat-names.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal, sizeText, wholeHexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import type { Partition, ReadFile } from "../world.js";
import { choose } from "./partitions.js";

/** Bytes in a millisecond. */
const SPEED = 20_000;

function load(machine: Machine, args: readonly string[], type?: string): ReturnType<Run> {
  const { environment, print } = machine;
  const [kind, spec, at, name = environment.get("bootfile"), length, from] = args;
  if (kind === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, type);
  const address = at === undefined ? ambientAddress(machine) : wholeHexadecimal(at);
  if (address !== undefined && name !== undefined) machine.memory.miss(address, name);
  if (!partition) {
    print("Can't set block device\n");
    return 1;
  }
  if (address === undefined) return "usage";
  if (name === undefined) {
    print("** No boot file defined **\n");
    return 1;
  }
  const file = fileOn(partition, name);
  const content = file && part(file, length, from);
  const refused = content !== undefined && isRefused(machine, address, content.size);
  if (refused) print("** Reading file would overwrite reserved memory **\n");
  const folder = !machine.shell.since("2023.04") && isFolder(partition, name);
  if (!content && folder) print(`** Unable to read file ${name} **\n`);
  if (!content || refused) {
    print(`Failed to load '${name}'\n`);
    return 1;
  }
  return store(machine, address, content, { name, flaw: file?.flaw });
}

/** The partition, when it has the file system that the command is for. */
export function partitionOf(
  machine: Machine,
  kind: string,
  spec: string | undefined,
  type: string | undefined,
): Partition | undefined {
  const partition = choose(machine, kind, spec)?.partition;
  return type === undefined || partition?.type === type ? partition : undefined;
}

/** The file that `name` leads to on `partition`. */
export function fileOn(partition: Partition, name: string): ReadFile | undefined {
  if (!findsNames(partition)) return partition.read(name);
  const found = resolve(partition, name);
  return found.kind === "file" ? partition.read(found.name) : undefined;
}

/** Whether names are followed as FAT does it. */
export const findsNames = ({ type, list }: Partition): boolean => type === "fat" && !!list;

/** What U-Boot's FAT says to that is not what it says to a file that is not there. */
const isFolder = (partition: Partition, name: string): boolean =>
  findsNames(partition) && resolve(partition, name, "folder").kind === "folder";

function ambientAddress({ environment, board }: Machine): number {
  const value = environment.get("loadaddr");
  return value === undefined ? (board.addresses.loadaddr ?? 0) : hexadecimal(value);
}

/** Before 2025.01 the allocator said 0 for "no", and for "yes" where 0 was asked for. */
function isRefused(machine: Machine, address: number, size: number): boolean {
  if (size === 0 || (address === 0 && !machine.shell.since("2025.01"))) return false;
  return machine.refuses(address, size) !== undefined;
}

function part(file: Content, length: string | undefined, from: string | undefined): Content {
  const bytes = length === undefined ? 0 : hexadecimal(length);
  const start = from === undefined ? 0 : hexadecimal(from);
  return slice(file, start, bytes === 0 ? file.size : bytes);
}

function store(
  machine: Machine,
  address: number,
  content: Content,
  { name, flaw }: { readonly name: string; readonly flaw: string | undefined },
): number {
  const { environment, print } = machine;
  const spent = spentText(machine, content.size);
  machine.place(address, content, name, flaw);
  print(`${content.size} bytes read in ${spent}\n`);
  environment.set("fileaddr", hex(address));
  environment.set("filesize", hex(content.size));
  return 0;
}

/** Lets the time pass that `size` bytes take on a device, and says how long and how fast it was. */
export function spentText(machine: Machine, size: number): string {
  const time = Math.ceil(size / SPEED);
  machine.wait(time);
  return time > 0 ? `${time} ms (${sizeText(Math.floor(size / time) * 1000)}/s)` : `${time} ms`;
}

function size(machine: Machine, args: readonly string[], type?: string): ReturnType<Run> {
  const [kind = "", spec, name = ""] = args;
  if (args.length !== 3) return "usage";
  const partition = partitionOf(machine, kind, spec, type);
  const file = partition && fileOn(partition, name);
  const found = file ?? (partition && isFolder(partition, name) ? { size: 0 } : undefined);
  if (!found) return 1;
  machine.environment.set("filesize", hex(found.size));
  return 0;
}

/** Whether a file is there, for `test -e`. */
export function fileExists(machine: Machine, kind: string, spec: string, name: string): boolean {
  const partition = choose(machine, kind, spec)?.partition;
  if (partition && findsNames(partition)) return resolve(partition, name).kind !== "missing";
  return partition?.read(name) !== undefined || partition?.list?.(name) !== undefined;
}

function list(machine: Machine, args: readonly string[], type?: string): ReturnType<Run> {
  const [kind, spec, folder = "/"] = args;
  if (kind === undefined || args.length > 3) return "usage";
  const partition = partitionOf(machine, kind, spec, type);
  if (!partition) return 1;
  if (!partition.list) return unknown(machine, "ls");
  const place = findsNames(partition) ? resolve(partition, folder, "folder") : { name: folder };
  const entries = "error" in place ? undefined : partition.list(place.name);
  if (!entries) return 1;
  const folders = entries.filter((entry) => entry.size === undefined).length;
  const lines = entries.map(({ name, size }) =>
    size === undefined ? `            ${name}/` : `${String(size).padStart(9)}   ${name}`,
  );
  const total = `\n${entries.length - folders} file(s), ${folders} dir(s)\n\n`;
  machine.print(`${lines.map((line) => `${line}\n`).join("")}${total}`);
  return 0;
}

function fileSystem(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [kind, spec, variable] = args;
  if (kind === undefined || spec === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, undefined);
  if (!partition) return 1;
  if (variable === undefined) machine.print(`${partition.type}\n`);
  else machine.environment.set(variable, partition.type);
  return 0;
}

/** `load`, `size` and `ls`, of any file system or of one. */
export const storageCommands: Family = (machine) => {
  const family = (prefix: string, type?: string): [string, ShellCommand][] => [
    [
      prefix === "" ? "load" : `${prefix}load`,
      { run: (args) => load(machine, args, type), maxargs: 7 },
    ],
    [`${prefix}size`, { run: (args) => size(machine, args, type), maxargs: 4 }],
    [`${prefix}ls`, { run: (args) => list(machine, args, type), maxargs: 4 }],
  ];
  return {
    ...Object.fromEntries([
      ...family(""),
      ...family("fat", "fat"),
      ...family("ext2", "ext4").filter(([name]) => name === "ext2ls"),
      ...family("ext4", "ext4"),
    ]),
    ext2load: { run: (args) => load(machine, args, "ext4"), maxargs: 6 },
    fstype: { run: (args) => fileSystem(machine, args), maxargs: 4 },
  };
};
