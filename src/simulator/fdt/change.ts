// The forms of fdt that change the tree.
import { texts, wide } from "../../image/index.js";
import { overlayProblem } from "../boot/overlays.js";
import type { Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";
import { parseValue } from "./values.js";
import { editorOf, nodeAt, type Status, store, treeAt, unitless, withTree } from "./working.js";

export function setProperty(machine: Machine, args: readonly string[]): Status {
  const [path, name, ...words] = args;
  if (path === undefined || name === undefined) return "usage";
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const value = parseValue(words);
    if (!value) {
      machine.print("Sorry, I could not parse this value\n");
      return 1;
    }
    const node = nodeAt(machine, editor.root, path);
    if (!node) return 1;
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
    const exists = parent.children.some((child) => child.name === name);
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
    if (property === undefined) editor.drop(node);
    else if (node.properties.some(({ name }) => name === property)) editor.remove(node, property);
    else {
      machine.print("libfdt fdt_delprop():  FDT_ERR_NOTFOUND\n");
      return 1;
    }
    store(machine, working, editor);
    return 0;
  });
}

export function apply(machine: Machine, [text]: readonly string[]): Status {
  if (text === undefined || !machine.board.commands.has("fdt apply")) return "usage";
  return withTree(machine, (working) => {
    const overlay = treeAt(machine, hexadecimal(text));
    if (!overlay) return 1;
    const { memory } = machine;
    const [base, above] = [working, overlay].map(({ at, totalSize }) => memory.read(at, totalSize));
    if (!base || !above) return 1;
    const problem = overlayProblem(base.content, above.content);
    if (problem) {
      machine.print(problem);
      memory.miss(working.at, "an overlay");
      return 1;
    }
    const names = [base, above].flatMap(({ pieces }) => pieces.map(({ origin }) => origin.name));
    memory.write(working.at, base.content, memory.origin([...new Set(names)].join(" with ")));
    return 0;
  });
}

export function chosen(machine: Machine, [start, end]: readonly string[]): Status {
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const found = editor.root.children.find(({ name }) => name === "chosen");
    const node = found ?? editor.add(editor.root, "chosen");
    if (!node) return 1;
    const bootargs = machine.environment.get("bootargs");
    if (bootargs !== undefined) editor.set(node, "bootargs", texts(bootargs));
    if (start !== undefined && end !== undefined) {
      const first = BigInt(hexadecimal(start));
      editor.set(node, "linux,initrd-start", wide(first));
      editor.set(node, "linux,initrd-end", wide(first + BigInt(hexadecimal(end))));
    }
    store(machine, working, editor);
    return 0;
  });
}

export function setMemory(machine: Machine, [start, size]: readonly string[]): Status {
  if (start === undefined || size === undefined) return "usage";
  return withTree(machine, (working) => {
    const editor = editorOf(working);
    const node = editor.root.children.find(({ name }) => unitless(name) === "memory");
    if (!node) return 1;
    const cells = [start, size].map((each) => valueBytes(hexadecimal(each)));
    editor.set(node, "reg", { size: 16, read: (from, length) => joined(cells, from, length) });
    store(machine, working, editor);
    return 0;
  });
}

function valueBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

const joined = (parts: readonly Uint8Array[], from: number, length: number) =>
  Uint8Array.from(parts.flatMap((part) => [...part])).subarray(from, from + length);
