// Files and folders written to the board's own devices. Left out: links, and what ext4 says about
// its failures. Governed by fs/fs.c and fs/fat/fat_write.c.
import type { Run } from "../../hush/index.js";
import { type Content, concatenate, slice, zeros } from "../../image/index.js";
import { plainName } from "../changes.js";
import type { Family, Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";
import type { Partition } from "../world.js";
import { isBeyond } from "./memory.js";
import { partitionOf, spentText } from "./storage.js";

/** `save`, `fatwrite` and `ext4write`, `fatmkdir` and `fatrm`. */
export const writingCommands: Family = (machine) => ({
  save: { run: (args) => save(machine, args), maxargs: 7 },
  fatwrite: { run: (args) => save(machine, args, "fat"), maxargs: 7 },
  ext4write: { run: (args) => save(machine, args, "ext4"), maxargs: 7 },
  fatmkdir: { run: (args) => makeFolder(machine, args), maxargs: 4 },
  fatrm: { run: (args) => remove(machine, args), maxargs: 4 },
});

function save(machine: Machine, args: readonly string[], type?: string): ReturnType<Run> {
  const [kind = "", spec, from = "", name = "", length, position = "0"] = args;
  if (length === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, type);
  if (!partition) return 1;
  const [address, size, start] = [from, length, position].map(hexadecimal) as [
    number,
    number,
    number,
  ];
  if (isBeyond(machine, size)) return 1;
  const before = partition.read(name);
  const fits = start <= (before?.size ?? 0);
  if (missesFolder(machine, partition, name) || !fits) {
    machine.print(`** Unable to write file ${name} **\n`);
    return 1;
  }
  const { content } = machine.memory.read(address, size);
  machine.changes.set(partition, name, overwritten(before, start, content));
  machine.print(`${size} bytes written in ${spentText(machine, size)}\n`);
  return 0;
}

/** A file that is written anew ends where the writing does; within it, it keeps what is before. */
function overwritten(before: Content | undefined, start: number, content: Content): Content {
  const parts = start > 0 && before ? [slice(before, 0, start), content] : [content];
  const whole = parts.filter(({ size }) => size > 0);
  return whole.length > 0 ? concatenate(whole) : zeros(0);
}

/** Whether the folder that `name` is in is not there, which is said. */
function missesFolder({ print }: Machine, { type, list }: Partition, name: string): boolean {
  const folder = plainName(name).split("/").slice(0, -1).join("/");
  const misses = folder !== "" && list !== undefined && list(folder) === undefined;
  if (misses && type === "fat") print(`${folder.split("/").at(-1)}: doesn't exist (-2)\n`);
  return misses;
}

function makeFolder(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [kind = "", spec, name] = args;
  if (name === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, "fat");
  if (!partition) return 1;
  const plain = plainName(name);
  const exists = partition.read(name) !== undefined || partition.list?.(plain) !== undefined;
  if (exists) machine.print(`${plain.split("/").at(-1)}: already exists\n`);
  if (exists || missesFolder(machine, partition, name)) {
    machine.print(`** Unable to create a directory "${name}" **\n`);
    return 1;
  }
  machine.changes.set(partition, name, "folder");
  return 0;
}

function remove(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [kind = "", spec, name] = args;
  if (name === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, "fat");
  if (!partition) return 1;
  const entries = partition.list?.(plainName(name));
  if (!entries && partition.read(name) === undefined) {
    machine.print(`${plainName(name).split("/").at(-1)}: doesn't exist\n`);
    return 1;
  }
  if (entries && entries.length > 2) {
    machine.print(`Error: directory is not empty: ${entries.length}\n`);
    return 1;
  }
  machine.changes.set(partition, name, "removed");
  return 0;
}
