// The forms of fdt that change the tree.
import {
  type Content,
  cellOf,
  childOf,
  concatenate,
  contentOf,
  type FdtEditor,
  mergeOverlay,
  slice,
  texts,
  wide,
} from "../../image/index.js";
import { overlayFailed } from "../boot/overlays.js";
import type { Machine } from "../machine.js";
import { namesIn } from "../memory.js";
import { hexadecimal, long } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { reserved } from "./reservations.js";
import { parseValue } from "./values.js";
import { editorOf, nodeAt, type Status, store, treeAt, withTree } from "./working.js";

export function setProperty(machine: Machine, args: readonly string[]): Status {
  const [path, name, ...words] = args;
  if (path === undefined || name === undefined) return "usage";
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const node = nodeAt(machine, editor.root, path);
    if (!node) return 1;
    const value = parseValue(words, node.properties.find((each) => each.name === name)?.value);
    if ("message" in value) {
      machine.print(value.message);
      return 1;
    }
    if (!editor.set(node, name, value)) {
      machine.print("libfdt fdt_setprop(): FDT_ERR_NOSPACE\n");
      return 1;
    }
    store(machine, working, editor);
    return 0;
  });
}

export function makeNode(machine: Machine, [path, name]: readonly string[]): Status {
  if (path === undefined || name === undefined) return "usage";
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const parent = nodeAt(machine, editor.root, path);
    if (!parent) return 1;
    // libfdt makes a node without a name, and cannot find its way in the tree any more.
    if (name === "") return unknown(machine, "fdt mknode", path, "''");
    const exists = childOf(parent, name) !== undefined;
    if (exists || !editor.add(parent, name)) {
      const reason = exists ? "FDT_ERR_EXISTS" : "FDT_ERR_NOSPACE";
      machine.print(`libfdt fdt_add_subnode(): ${reason}\n`);
      return 1;
    }
    store(machine, working, editor);
    return 0;
  });
}

export function remove(machine: Machine, [path, property]: readonly string[]): Status {
  if (path === undefined) return "usage";
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const node = nodeAt(machine, editor.root, path);
    if (!node) return 1;
    if (property === undefined && node === editor.root) return unknown(machine, "fdt rm", path);
    if (property === undefined) editor.drop(node);
    else if (node.properties.some(({ name }) => name === property)) editor.remove(node, property);
    else {
      const mended = machine.shell.since("2023.04");
      machine.print(`libfdt fdt_delprop():${mended ? "" : " "} FDT_ERR_NOTFOUND\n`);
      // Before, the error of libfdt is the status that asks for the usage.
      return mended ? 1 : "usage";
    }
    store(machine, working, editor);
    return 0;
  });
}

/** What stands in the place of the magic then. */
const RUINED = new Uint8Array(4).fill(0xff);

export function apply(machine: Machine, [text]: readonly string[]): Status {
  if (text === undefined || !machine.board.commands.has("fdt apply")) return "usage";
  return withTree(machine, (working) => {
    const overlay = treeAt(machine, hexadecimal(text));
    if (!overlay) return 1;
    const { memory } = machine;
    const [base, above] = [working, overlay].map(({ at, totalSize }) => memory.read(at, totalSize));
    if (!base || !above) return 1;
    const editor = editorOf(working);
    const problem = mergeOverlay(editor, overlay.tree.root);
    if (problem) {
      machine.print(overlayFailed(machine, problem, working.tree.root));
      // Half merged, the tree has no magic any more (fdt_overlay_apply).
      memory.write(working.at, contentOf(RUINED), memory.origin("a tree that an overlay ruined"));
      memory.miss(working.at, "an overlay");
      return 1;
    }
    const name = [...new Set([...namesIn(base), ...namesIn(above)])].join(" with ");
    memory.write(working.at, editor.content(working.totalSize), memory.made(name, base, above));
    return 0;
  });
}

/** Sets `values` in a node of the root, which is made where it is not there; what fails is told. */
function setIn(
  machine: Machine,
  editor: FdtEditor,
  name: string,
  values: readonly (readonly [string, Content | undefined])[],
): boolean {
  const node = childOf(editor.root, name) ?? editor.add(editor.root, name);
  if (!node) {
    machine.print(`fdt_find_or_add_subnode: ${name}: FDT_ERR_NOSPACE\n`);
    return false;
  }
  for (const [key, value] of values) {
    if (value === undefined || editor.set(node, key, value)) continue;
    machine.print(`WARNING: could not set ${key} FDT_ERR_NOSPACE.\n`);
    return false;
  }
  return true;
}

/** How many cells an address or a size has in the nodes of the root. */
function cellsOf({ root }: FdtEditor, name: "address" | "size"): number {
  const given = root.properties.find((each) => each.name === `#${name}-cells`);
  return cellOf(given?.value) ?? (name === "address" ? 2 : 1);
}

const number = (value: bigint, cells: number): Content =>
  cells === 2 ? wide(value) : slice(wide(value), 4, 4);

/** `chosen [start size]`: what does not fit is left out, and nothing is said. */
export function chosen(machine: Machine, args: readonly string[]): Status {
  if (args.length !== 0 && args.length !== 2) return "usage";
  return withTree(machine, (working) => {
    const { release, environment } = machine;
    const [start = 0n, size = 0n] = args.map(long);
    const end = start + size - 1n;
    const hasInitrd = args.length === 2 && start !== end;
    const kept = hasInitrd ? reserved(working, start, end - start) : working;
    const editor = editorOf(kept ?? working);
    const bootargs = environment.get("bootargs");
    setIn(machine, editor, "chosen", [
      ["bootargs", bootargs === undefined ? undefined : texts(bootargs)],
      ["u-boot,version", texts(release)],
    ]);
    if (!kept) machine.print("fdt_initrd: FDT_ERR_NOSPACE\n");
    else if (hasInitrd) {
      const cells = cellsOf(editor, "address");
      setIn(machine, editor, "chosen", [
        ["linux,initrd-start", number(start, cells)],
        ["linux,initrd-end", number(end, cells)],
      ]);
    }
    store(machine, working, editor);
    return 0;
  });
}

/** -FDT_ERR_NOSPACE. */
const NOSPACE = -3;

/** `memory start size`, in as many cells as the tree says. */
export function setMemory(machine: Machine, args: readonly string[]): Status {
  if (args.length !== 2 && (args.length > 2 || machine.shell.since("2023.04"))) return "usage";
  if (args.length < 2) {
    machine.end({ kind: "undefined", why: "fdt memory reads an argument that is not there" });
    return 1;
  }
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const [start = 0n, size = 0n] = args.map(long);
    const reg = [number(start, cellsOf(editor, "address")), number(size, cellsOf(editor, "size"))];
    const hasReg = start !== 0n || size !== 0n;
    const done = setIn(machine, editor, "memory", [
      ["device_type", texts("memory")],
      ["reg", hasReg ? concatenate(reg) : undefined],
    ]);
    store(machine, working, editor);
    // The error of libfdt is the status, which ends the script since 2023.04.
    return done ? 0 : NOSPACE;
  });
}
