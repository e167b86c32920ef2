// Files and folders written to the board's own devices. Left out: links, and what ext4 says about
// its failures. Governed by fs/fs.c and fs/fat/fat_write.c.
import type { Run } from "../../hush/index.js";
import { type Content, concatenate, slice, zeros } from "../../image/index.js";
import { plainName } from "../changes.js";
import { isIllegal, parted, resolve } from "../fat-names.js";
import type { Family, Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";
import type { Partition } from "../world.js";
import { isBeyond } from "./memory.js";
import { findsNames, partitionOf, spentText } from "./storage.js";

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
  const target = targetOf(machine, partition, name);
  const before = target?.kind === "file" ? partition.read(target.path) : undefined;
  if (!target || target.kind === "folder" || start > (before?.size ?? 0)) {
    machine.print(`** Unable to write file ${name} **\n`);
    return 1;
  }
  const { content } = machine.memory.read(address, size);
  machine.changes.set(partition, target.path, overwritten(before, start, content));
  machine.print(`${size} bytes written in ${spentText(machine, size)}\n`);
  return 0;
}

/** A file that is written anew ends where the writing does; within it, it keeps what is before. */
function overwritten(before: Content | undefined, start: number, content: Content): Content {
  const parts = start > 0 && before ? [slice(before, 0, start), content] : [content];
  const whole = parts.filter(({ size }) => size > 0);
  return whole.length > 0 ? concatenate(whole) : zeros(0);
}

/** Where a name is to be written: the path of what is there, or of what will be. */
interface Target {
  readonly kind: "file" | "folder" | "new";
  readonly path: string;
}

/** Undefined: nothing can be written there, and the console says why. */
function targetOf(machine: Machine, partition: Partition, path: string): Target | undefined {
  const { folder, name } = parted(path);
  if (!findsNames(partition)) {
    const inside = plainName(folder);
    if (inside !== "" && partition.list && !partition.list(inside)) return undefined;
    return { kind: partition.read(path) ? "file" : "new", path: plainName(path) };
  }
  if (name === "") return undefined;
  if (isIllegal(name)) {
    machine.print(`FAT: illegal filename (${name})\n`);
    return undefined;
  }
  const place = resolve(partition, folder, "folder");
  if (place.kind === "missing") {
    machine.print(`${folder}: doesn't exist (${place.error})\n`);
    return undefined;
  }
  const start = place.name === "" ? "" : `${place.name}/`;
  const found = resolve(partition, `${start}${name}`);
  if (found.kind !== "missing") return { kind: found.kind, path: found.name };
  return { kind: "new", path: `${start}${name}` };
}

function makeFolder(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [kind = "", spec, name] = args;
  if (name === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, "fat");
  if (!partition) return 1;
  const target = targetOf(machine, partition, name);
  if (target?.kind === "new") {
    machine.changes.set(partition, target.path, "folder");
    return 0;
  }
  if (target) machine.print(`${parted(name).name.toLowerCase()}: already exists\n`);
  machine.print(`** Unable to create a directory "${name}" **\n`);
  return 1;
}

function remove(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [kind = "", spec, path] = args;
  if (path === undefined) return "usage";
  const partition = partitionOf(machine, kind, spec, "fat");
  if (!partition) return 1;
  const { name } = parted(path);
  if (name === "") {
    machine.print("Error: cannot remove root\n");
    return 1;
  }
  const target = targetOf(machine, partition, path);
  if (!target) return 1;
  if (target.kind === "new") {
    const error = machine.shell.since("2023.10") ? " (-2)" : "";
    machine.print(`${name}: doesn't exist${error}\n`);
    return 1;
  }
  const entries = target.kind === "folder" ? (partition.list?.(target.path) ?? []) : [];
  if (entries.length > 2) {
    machine.print(`Error: directory is not empty: ${entries.length}\n`);
    return 1;
  }
  machine.changes.set(partition, target.path, "removed");
  return 0;
}
