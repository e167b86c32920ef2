// The forms of fdt that read the tree.
import {
  type EditedNode,
  fdtTokens,
  readFdtHeader,
  type StoredProperty,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { anyBase, hex, hexadecimal } from "../numbers.js";
import { printNode, printProperty } from "./print.js";
import { valueText } from "./values.js";
import { editorOf, nodeAt, type Status, type Working, withTree } from "./working.js";

export function show(machine: Machine, args: readonly string[], depth: number): Status {
  const [path = "/", property] = args;
  const { print, shell } = machine;
  return withTree(machine, (working) => {
    const node = nodeAt(machine, editorOf(working).root, path);
    if (!node) return 1;
    if (property === undefined) {
      print(printNode(node, shell, node.name || "/", depth));
      return 0;
    }
    const found = node.properties.find(({ name }) => name === property);
    if (!found) print(NO_PROPERTY);
    else if (found.value.size === 0) print(`${path} ${property}\n`);
    else print(`${printProperty(found, shell)}\n`);
    return found ? 0 : 1;
  });
}

const NO_PROPERTY = "libfdt fdt_getprop(): FDT_ERR_NOTFOUND\n";

/** `get value|name|addr|size variable path [property or index [index]]`; the first letter counts. */
export function getValue(machine: Machine, args: readonly string[]): Status {
  const [what = "", variable, path, last] = args;
  const letter = what.slice(0, 1);
  if (variable === undefined || path === undefined || (last === undefined && letter !== "s")) {
    return "usage";
  }
  return withTree(machine, (working) => {
    const { root } = editorOf(working);
    const node = nodeAt(machine, root, path);
    if (!node) return 1;
    if (letter === "n") return getName(machine, variable, node.children[hexadecimal(last ?? "")]);
    if (last === undefined) {
      machine.environment.set(variable, `${node.children.length}`);
      return 0;
    }
    const property = node.properties.find(({ name }) => name === last);
    if (!property) {
      machine.print(NO_PROPERTY);
      return 1;
    }
    const place = () => addressOf(machine, working, root, node, property);
    return getProperty(machine, args, property, place);
  });
}

function getName(machine: Machine, variable: string, child: EditedNode | undefined): Status {
  if (child) machine.environment.set(variable, child.name);
  else machine.print("libfdt node not found\n");
  return child ? 0 : 1;
}

function getProperty(
  { environment, print, shell }: Machine,
  [what = "", variable = "", , , index, ...more]: readonly string[],
  { value }: StoredProperty,
  place: () => number,
): Status {
  const letter = what[0];
  const set = (text: string) => {
    environment.set(variable, text);
    return 0;
  };
  if (value.size === 0 && !shell.since("2023.04")) return set("");
  if (letter === "s") {
    return set(shell.since("2023.07") ? hex(value.size) : `0x${capitals(value.size, 8)}`);
  }
  // Before 2023.07 all digits of a pointer.
  if (letter === "a") return set(shell.since("2023.07") ? hex(place()) : `0x${hex(place(), 16)}`);
  if (letter !== "v") return "usage";
  const told = valueText(value, more.length === 0 ? index : undefined, shell);
  if ("text" in told) return set(told.text);
  print(told.message);
  return 1;
}

const capitals = (value: number, digits: number) => hex(value, digits).toUpperCase();

/** Where the value of `property` is in memory: in the tree, node and property have the same numbers. */
function addressOf(
  { memory }: Machine,
  { at, totalSize }: Working,
  root: EditedNode,
  node: EditedNode,
  property: StoredProperty,
): number {
  const { content } = memory.read(at, totalSize);
  const header = readFdtHeader(content);
  const number = nodesOf(root).indexOf(node);
  let nodes = -1;
  for (const token of header ? fdtTokens(content, header) : []) {
    if (token.kind === "node") nodes += 1;
    if (token.kind === "property" && nodes === number && token.name === property.name) {
      return at + token.value;
    }
  }
  return at;
}

const nodesOf = (node: EditedNode): EditedNode[] => [node, ...node.children.flatMap(nodesOf)];

/** `fdt header [get variable field]`: it prints all where a field is not asked for as it should be. */
export function header(
  machine: Machine,
  { at, tree }: Working,
  [get, variable, field, ...more]: readonly string[],
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
  if (get !== undefined && variable !== undefined && field !== undefined && more.length === 0) {
    if (!get.startsWith("g")) return 1;
    const found = rows.slice(0, -1).find(([name]) => name === `${field}:`)?.[1];
    if (found === undefined) return 1;
    machine.environment.set(variable, hex(anyBase(found)));
    return 0;
  }
  const tabs = (name: string) => "\t".repeat(3 - Math.floor(name.length / 8));
  machine.print(`${rows.map(([name, value]) => `${name}${tabs(name)}${value}\n`).join("")}\n`);
  return 0;
}
