// Changes a stored device tree as libfdt does in place: a new property goes in front of the others, a
// new node in front of its siblings, a new name after the other names, and all only while there is
// room. What a change leaves behind in memory is kept too, since mkimage writes it into files.
import { bytesOf, type Content, concatenate, contentOf, slice, zeros } from "../content.js";
import { aligned, fdtHeader } from "./fdt.js";
import { FdtPlaces } from "./places.js";
import {
  type FdtStrings,
  fdtStrings,
  flatten,
  flattenEnd,
  nodeSize,
  propertySize,
  type StoredNode,
  type StoredProperty,
  type StoredTree,
  sizesOf,
} from "./write.js";

/** A node that is being changed. */
export interface EditedNode extends StoredNode {
  readonly properties: StoredProperty[];
  readonly children: EditedNode[];
}

/** How many bytes after the tree are kept unless more are asked for. */
const KEPT = 1 << 17;

/** A device tree in a buffer of a fixed size. */
export class FdtEditor {
  readonly root: EditedNode;
  readonly #places: FdtPlaces;
  readonly #strings: FdtStrings;
  #end: number;
  /** What is in the buffer after the tree, as far as it is not zero. */
  #left: Uint8Array = new Uint8Array(0);
  #capacity: number;

  /** A copy of `tree` with `slack` bytes of room; `kept` bytes after it matter to the caller. */
  constructor(
    private readonly tree: StoredTree,
    slack: number,
    private readonly kept = KEPT,
  ) {
    this.root = copyOf(tree.root);
    this.#places = new FdtPlaces(this.root);
    this.#strings = fdtStrings(tree.strings);
    this.#end = sizesOf(tree).total;
    this.#capacity = this.#end + slack;
  }

  /** Bytes of the tree without slack. */
  get size(): number {
    return this.#end;
  }

  /** The names of properties, one character for each byte. */
  get stringsText(): string {
    return this.#strings.text;
  }

  /** Makes the buffer larger by so many bytes. */
  grow(bytes: number): void {
    this.#capacity += bytes;
  }

  /** Sets a property; false, and nothing has changed, when there is no room. */
  set(node: EditedNode, name: string, value: Content): boolean {
    const index = node.properties.findIndex((property) => property.name === name);
    const old = node.properties[index];
    const named = old || this.#strings.text.includes(`${name}\0`) ? 0 : name.length + 1;
    const growth = propertySize(value.size) - (old ? propertySize(old.value.size) : 0);
    if (this.#end + named + growth > this.#capacity) return false;
    const nameOffset = old?.nameOffset ?? this.#strings.offsetOf(name);
    this.#resize(named, () => {});
    const at = Math.max(0, index);
    const property = { name, nameOffset, value, ...this.#paddingOf(node, at, value.size) };
    this.#places.changed(node, growth);
    this.#resize(growth, () => node.properties.splice(at, old ? 1 : 0, property));
    return true;
  }

  /** Removes a property, if it is there. */
  remove(node: EditedNode, name: string): void {
    const index = node.properties.findIndex((property) => property.name === name);
    const old = node.properties[index];
    if (!old) return;
    const growth = -propertySize(old.value.size);
    this.#places.changed(node, growth);
    this.#resize(growth, () => node.properties.splice(index, 1));
  }

  /** Removes a node with all that is in it; not the root. */
  drop(node: EditedNode): void {
    const parent = this.#places.parentOf(node) as EditedNode | undefined;
    if (!parent) return;
    const growth = -nodeSize(node);
    this.#places.changed(parent, growth);
    this.#resize(growth, () => parent.children.splice(parent.children.indexOf(node), 1));
  }

  /** Adds an empty node; undefined when there is no room. */
  add(parent: EditedNode, name: string): EditedNode | undefined {
    const growth = 8 + aligned(name.length + 1);
    if (this.#end + growth > this.#capacity) return undefined;
    const node: EditedNode = { name, properties: [], children: [] };
    this.#places.changed(parent, growth);
    this.#resize(growth, () => parent.children.unshift(node));
    this.#places.grown(parent);
    return node;
  }

  /** The tree as it is now, not followed by anything. */
  stored(): StoredTree {
    return { ...this.tree, root: copyOf(this.root), strings: this.#strings.text };
  }

  /** The buffer up to `totalSize` bytes, which the header names; all of it unless given. */
  content(totalSize = this.#capacity): Content {
    const behind = this.#left.subarray(0, Math.max(0, totalSize - this.#end));
    const tree = { ...this.tree, root: this.root, strings: this.#strings.text };
    const rest = zeros(Math.max(0, totalSize - this.#end - behind.length));
    return concatenate([flatten(tree, totalSize), contentOf(behind), rest]);
  }

  /** Does `change`, by which the tree grows; what a shrinking tree leaves stays behind it. */
  #resize(growth: number, change: () => void): void {
    const end = this.#end + growth;
    if (growth < 0) {
      const tree = { ...this.tree, root: this.root, strings: this.#strings.text };
      const cut = flattenEnd(tree, -growth, Math.min(-growth, this.kept));
      const left = new Uint8Array(Math.min(this.kept, -growth + this.#left.length));
      left.set(cut);
      left.set(this.#left.subarray(0, left.length - cut.length), cut.length);
      this.#left = left;
    } else {
      this.#left = this.#left.subarray(growth);
    }
    change();
    this.#end = end;
  }

  /** What fills a value of `size` bytes when it becomes property `index`: what was there before. */
  #paddingOf(node: EditedNode, index: number, size: number): { padding?: Uint8Array } {
    const filled = aligned(size) - size;
    if (filled === 0) return {};
    const before = node.properties.slice(0, index);
    const own = before.reduce((sum, { value }) => sum + propertySize(value.size), 0);
    const start = this.#places.startOf(node);
    const at = start + 4 + aligned(node.name.length + 1) + own + 12 + size;
    return { padding: this.#bytesAt(at, filled) };
  }

  /** `count` bytes of one word of the buffer, counted from the start of the structure block. */
  #bytesAt(at: number, count: number): Uint8Array {
    const word = this.#places.wordAt(at - (at % 4));
    if (word) return new Uint8Array(word.subarray(at % 4, (at % 4) + count));
    const place = fdtHeader.size + 16 * (this.tree.reservations.length + 1) + at;
    const tree = { ...this.tree, root: this.root, strings: this.#strings.text };
    const inTree = Math.max(0, this.#end - place);
    const last = contentOf(flattenEnd(tree, inTree, Math.min(count, inTree)));
    const behind = slice(contentOf(this.#left), Math.max(0, place - this.#end));
    return new Uint8Array(bytesOf(slice(concatenate([last, behind, zeros(count)]), 0, count)));
  }
}

function copyOf(node: StoredNode): EditedNode {
  const { name, properties, children } = node;
  return { name, properties: [...properties], children: children.map(copyOf) };
}
