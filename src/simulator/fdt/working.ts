// The tree that the command fdt works on: found in memory, changed as a copy, written back.
// Governed by cmd/fdt.c.
import {
  childOf,
  type EditedNode,
  FdtEditor,
  readFdt,
  readFdtHeader,
  type StoredTree,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { valueText } from "./values.js";

/** The status of a command; "usage": its arguments are wrong. */
export type Status = number | "usage";

/** A tree in memory. */
export interface Working {
  readonly at: number;
  readonly tree: StoredTree;
  readonly totalSize: number;
}

/** Runs `body` on the working tree, where there is one. */
export function withTree(machine: Machine, body: (working: Working) => Status): Status {
  return withTreeAt(machine, (at) => {
    const working = treeAt(machine, at, "fdt_path_offset() returned");
    return working ? body(working) : 1;
  });
}

/** Runs `body` where an address is known at which the tree should be. */
export function withTreeAt(machine: Machine, body: (at: number) => Status): Status {
  const at = machine.workingTree;
  if (at) return body(at);
  machine.print("No FDT memory address configured. Please configure\n");
  machine.print('the FDT address via "fdt addr <address>" command.\nAborting!\n');
  return 1;
}

/** The tree at `at`; undefined, and the console says so, when there is none. */
export function treeAt(
  machine: Machine,
  at: number,
  said = "fdt_check_header():",
): Working | undefined {
  const start = machine.memory.read(at, 64).content;
  const totalSize = readFdtHeader(start)?.totalSize ?? 0;
  const { tree } = readFdt(machine.memory.read(at, Math.max(64, totalSize)).content);
  if (tree) return { at, tree, totalSize };
  machine.print(`libfdt ${said} FDT_ERR_BADMAGIC\n`);
  return undefined;
}

/** A copy that can be changed as long as there is room. */
export function editorOf({ tree, totalSize }: Working): FdtEditor {
  const packed = new FdtEditor(tree, 0).size;
  return new FdtEditor(tree, Math.max(0, totalSize - packed));
}

/** Writes a changed tree back to where it was. */
export function store(machine: Machine, { at, totalSize }: Working, editor: FdtEditor): void {
  const { memory } = machine;
  const names = new Set(memory.read(at, 4).pieces.map(({ origin }) => origin.name));
  const flaw = memory.read(at, totalSize).pieces.find(({ origin }) => origin.flaw)?.origin.flaw;
  const name = [...names].join(" and ").replace(/( changed)?$/, " changed");
  memory.write(at, editor.content(totalSize), memory.origin(name, flaw));
}

/** The node at `path`; undefined, and the console says so, when there is none. */
export function nodeAt(machine: Machine, root: EditedNode, path: string): EditedNode | undefined {
  const names = path.split("/").filter((name) => name !== "");
  let node: EditedNode | undefined = root;
  const first = path.startsWith("/") ? undefined : (names.shift() ?? "");
  if (first !== undefined) {
    const aliases = root.children.find(({ name }) => name === "aliases");
    const alias = aliases?.properties.find(({ name }) => name === first);
    const told = alias && valueText(alias.value, undefined, machine.shell);
    const target = told && "text" in told ? told.text : undefined;
    return target && target !== path
      ? nodeAt(machine, root, [target, ...names].join("/"))
      : missing(machine, "BADPATH");
  }
  for (const name of names) {
    node = childOf(node, name);
  }
  return node ?? missing(machine);
}

function missing(machine: Machine, why = "NOTFOUND"): undefined {
  machine.print(`libfdt fdt_path_offset() returned FDT_ERR_${why}\n`);
  return undefined;
}
