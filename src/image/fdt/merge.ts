// Puts an overlay on a device tree as libfdt does: phandles of its own above those of the tree, labels
// by the tree's __symbols__, then fragment after fragment. Governed by lib/libfdt/fdt_overlay.c.
import { bytesOf, type Content, contentOf } from "../content.js";
import { viewOf } from "../layout.js";
import type { EditedNode, FdtEditor } from "./edit.js";
import { cellOf, childOf, type FdtNode, propertyOf, textOf, textsOf } from "./tree.js";

/** Why an overlay was not put on, as libfdt names it without FDT_ERR_. */
export type OverlayError = "BADOFFSET" | "BADOVERLAY" | "BADPHANDLE" | "NOSPACE" | "NOTFOUND";

/** Changed values of an overlay's properties: by node, then by name. */
type Values = Map<FdtNode, Map<string, Uint8Array>>;

/** Merges `overlay` into the tree that `editor` holds. After an error the tree is of no use. */
export function mergeOverlay(editor: FdtEditor, overlay: FdtNode): OverlayError | undefined {
  const values: Values = new Map();
  const symbols = childOf(editor.root, "__symbols__");
  const above = highestPhandle(editor.root);
  movePhandles(overlay, above, values);
  const local = childOf(overlay, "__local_fixups__");
  if (local) moveReferences(overlay, local, above, values);
  const problem = fixLabels(editor.root, symbols, overlay, values);
  if (problem) return problem;
  for (const fragment of overlay.children) {
    const content = childOf(fragment, "__overlay__");
    if (!content) continue;
    const target = targetOf(editor.root, fragment, values);
    if (typeof target === "string") return target;
    if (!mergeNode(editor, target.node, content, values)) return "NOSPACE";
  }
  return nameSymbols(editor, overlay, values);
}

const isPhandle = (name: string) => name === "phandle" || name === "linux,phandle";

function highestPhandle(node: FdtNode): number {
  const own = node.properties.filter(({ name }) => isPhandle(name));
  const all = own.map(({ value }) => cellOf(value) ?? 0).filter((each) => each !== 0xffffffff);
  return Math.max(0, ...all, ...node.children.map(highestPhandle));
}

/** The bytes of a property as they are by now; undefined: it is not there. */
function bytesIn(values: Values, node: FdtNode, name: string): Uint8Array | undefined {
  const changed = values.get(node)?.get(name);
  const stored = propertyOf(node, name);
  if (changed || !stored) return changed;
  const bytes = Uint8Array.from(bytesOf(stored));
  const own = values.get(node) ?? new Map<string, Uint8Array>();
  values.set(node, own.set(name, bytes));
  return bytes;
}

function movePhandles(node: FdtNode, by: number, values: Values): void {
  for (const { name } of node.properties) {
    if (isPhandle(name)) add(bytesIn(values, node, name), 0, by);
  }
  for (const child of node.children) movePhandles(child, by, values);
}

function moveReferences(node: FdtNode, fixups: FdtNode, by: number, values: Values): void {
  for (const { name, value } of fixups.properties) {
    const places = viewOf(bytesOf(value));
    for (let at = 0; at + 4 <= places.byteLength; at += 4) {
      add(bytesIn(values, node, name), places.getUint32(at), by);
    }
  }
  for (const inner of fixups.children) {
    const child = childOf(node, inner.name);
    if (child) moveReferences(child, inner, by, values);
  }
}

function add(bytes: Uint8Array | undefined, at: number, by: number): void {
  if (!bytes || at + 4 > bytes.length) return;
  const view = viewOf(bytes);
  view.setUint32(at, view.getUint32(at) + by);
}

/** Writes the phandles of the tree's labels to where the overlay refers to them. */
function fixLabels(
  base: FdtNode,
  symbols: FdtNode | undefined,
  overlay: FdtNode,
  values: Values,
): OverlayError | undefined {
  for (const { name, value } of childOf(overlay, "__fixups__")?.properties ?? []) {
    if (!symbols) return "BADOFFSET";
    const path = textOf(propertyOf(symbols, name));
    const target = path === undefined ? undefined : nodeAt(base, path);
    const phandle = cellOf(propertyOf(target, "phandle") ?? propertyOf(target, "linux,phandle"));
    if (!phandle) return "NOTFOUND";
    for (const place of textsOf(value) ?? []) {
      const [where = "", property = "", at = ""] = place.split(":");
      const node = nodeAt(overlay, where);
      const bytes = node && bytesIn(values, node, property);
      if (!bytes || Number(at) + 4 > bytes.length) return "NOTFOUND";
      viewOf(bytes).setUint32(Number(at), phandle);
    }
  }
  return undefined;
}

/** The node that a fragment is for, and how it is called. */
interface Target {
  readonly node: EditedNode;
  readonly path: string;
}

function targetOf(root: EditedNode, fragment: FdtNode, values: Values): Target | OverlayError {
  const target = bytesIn(values, fragment, "target");
  const phandle = target?.length === 4 ? viewOf(target).getUint32(0) : 0;
  if (phandle === 0xffffffff) return "BADPHANDLE";
  if (phandle !== 0) return byPhandle(root, phandle, "") ?? "NOTFOUND";
  const path = textOf(propertyOf(fragment, "target-path"));
  if (path === undefined) return "BADOVERLAY";
  const node = nodeAt(root, path);
  return node ? { node, path: path === "/" ? "" : path } : "NOTFOUND";
}

function byPhandle(node: EditedNode, phandle: number, path: string): Target | undefined {
  if (node.properties.some(({ name, value }) => isPhandle(name) && cellOf(value) === phandle)) {
    return { node, path };
  }
  for (const child of node.children) {
    const found = byPhandle(child, phandle, `${path}/${child.name}`);
    if (found) return found;
  }
  return undefined;
}

function nodeAt<Node extends { readonly name: string; readonly children: readonly Node[] }>(
  root: Node,
  path: string,
): Node | undefined {
  let node: Node | undefined = root;
  for (const name of path.split("/").filter((each) => each !== "")) {
    node = node?.children.find((child) => child.name === name);
  }
  return node;
}

/** False: there is no room. */
function mergeNode(editor: FdtEditor, to: EditedNode, from: FdtNode, values: Values): boolean {
  const set = ({ name, value }: { readonly name: string; readonly value: Content }) => {
    const changed = values.get(from)?.get(name);
    return editor.set(to, name, changed ? contentOf(changed) : value);
  };
  return (
    from.properties.every(set) &&
    from.children.every((child) => {
      const node = to.children.find(({ name }) => name === child.name);
      const inner = node ?? editor.add(to, child.name);
      return inner !== undefined && mergeNode(editor, inner, child, values);
    })
  );
}

/** The overlay's labels become the tree's, with the paths that their nodes have there. */
function nameSymbols(
  editor: FdtEditor,
  overlay: FdtNode,
  values: Values,
): OverlayError | undefined {
  const labels = childOf(overlay, "__symbols__");
  if (!labels) return undefined;
  const { root } = editor;
  const there = root.children.find(({ name }) => name === "__symbols__");
  const symbols = there ?? editor.add(root, "__symbols__");
  if (!symbols) return "NOSPACE";
  for (const { name, value } of labels.properties) {
    const [, fragment = "", rest = ""] =
      /^\/([^/]+)\/__overlay__(\/.*)?$/.exec(textOf(value) ?? "") ?? [];
    const found = childOf(overlay, fragment);
    const target = found && targetOf(root, found, values);
    if (!target || typeof target === "string") continue;
    const path = new TextEncoder().encode(`${target.path}${rest || (target.path ? "" : "/")}\0`);
    if (!editor.set(symbols, name, contentOf(path))) return "NOSPACE";
  }
  return undefined;
}
