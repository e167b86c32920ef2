// The forms of fdt that read the tree.
import { readFdtHeader } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { anyBase, hex, hexadecimal } from "../numbers.js";
import { printNode, printProperty } from "./print.js";
import { valueText } from "./values.js";
import { editorOf, nodeAt, type Status, type Working, withTree } from "./working.js";

export function show(
  machine: Machine,
  [path = "/", property]: readonly string[],
  depth: number,
): Status {
  return withTree(machine, (working) => {
    const node = nodeAt(machine, editorOf(working).root, path);
    if (!node) return 1;
    if (property === undefined) {
      machine.print(printNode(node, path.split("/").at(-1) || "/", depth));
      return 0;
    }
    const found = node.properties.find(({ name }) => name === property);
    if (found) machine.print(`${printProperty(found)}\n`);
    else machine.print("libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n");
    return found ? 0 : 1;
  });
}

export function getValue(machine: Machine, args: readonly string[]): Status {
  const [what = "", variable, path, last, index] = args;
  if (variable === undefined || path === undefined) return "usage";
  return withTree(machine, (working) => {
    const node = nodeAt(machine, editorOf(working).root, path);
    if (!node) return 1;
    const set = (value: string): Status => {
      machine.environment.set(variable, value);
      return 0;
    };
    if (what.startsWith("n")) {
      const child = node.children[hexadecimal(last ?? "0")];
      if (child) return set(child.name);
      machine.print("libfdt node not found\n");
      return 1;
    }
    if (what.startsWith("s") && last === undefined) return set(`0x${hex(node.children.length, 8)}`);
    const property = node.properties.find(({ name }) => name === last);
    if (!property) {
      machine.print("libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n");
      return 1;
    }
    if (what.startsWith("s")) return set(`0x${hex(property.value.size, 8)}`);
    if (what.startsWith("v")) return set(valueText(property.value, hexadecimal(index ?? "0")));
    machine.end({ kind: "unknown-command", name: `fdt get ${what}` });
    return 1;
  });
}

/** `fdt header [get variable field]`: it prints all where a field is not asked for as it should be. */
export function header(
  machine: Machine,
  { at, tree }: Working,
  [get, variable, field]: readonly string[],
): Status {
  const header = readFdtHeader(machine.memory.read(at, 64).content);
  if (!header) return 1;
  const rows: readonly (readonly [string, string])[] = [
    ["magic:", `0x${hex(header.magic)}`],
    ["totalsize:", `0x${hex(header.totalSize)} (${header.totalSize})`],
    ["off_dt_struct:", `0x${hex(header.structureOffset)}`],
    ["off_dt_strings:", `0x${hex(header.stringsOffset)}`],
    ["off_mem_rsvmap:", `0x${hex(header.reservationsOffset)}`],
    ["version:", `${header.version}`],
    ["last_comp_version:", `${header.lastCompatibleVersion}`],
    ["boot_cpuid_phys:", `0x${hex(header.bootCpu)}`],
    ["size_dt_strings:", `0x${hex(header.stringsSize)}`],
    ["size_dt_struct:", `0x${hex(header.structureSize)}`],
    ["number mem_rsv:", `0x${hex(tree.reservations.length)}`],
  ];
  if (get !== undefined && variable !== undefined && field !== undefined) {
    const found = rows.slice(0, -1).find(([name]) => name === `${field}:`)?.[1];
    if (found === undefined) return 1;
    machine.environment.set(variable, hex(anyBase(found)));
    return 0;
  }
  const tabs = (name: string) => "\t".repeat(3 - Math.floor(name.length / 8));
  machine.print(`${rows.map(([name, value]) => `${name}${tabs(name)}${value}\n`).join("")}\n`);
  return 0;
}
