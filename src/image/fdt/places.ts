// Where nodes and their parts lie in the structure block of a tree that is being changed. Places that
// were asked for last are kept for each parent, so that a tree that is gone through in order is gone
// through once.
import { type Content, contentOf } from "../content.js";
import { viewOf } from "../layout.js";
import { aligned, fdtMark } from "./fdt.js";
import { propertySize, type StoredNode, startOfNode, storedProperty } from "./write.js";

/** A child of a node: its place among the children, and in bytes from the node's start. */
interface Child {
  readonly index: number;
  readonly start: number;
}

/** Places in the structure block of `root`, in bytes from its start. */
export class FdtPlaces {
  readonly #root: StoredNode;
  readonly #parents = new Map<StoredNode, StoredNode>();
  readonly #last = new Map<StoredNode, Child>();
  /** Bytes of nodes with all that is in them. */
  readonly #sizes = new Map<StoredNode, number>();

  constructor(root: StoredNode) {
    this.#root = root;
    this.#adopt(root);
  }

  parentOf(node: StoredNode): StoredNode | undefined {
    return this.#parents.get(node);
  }

  /** `node` is going to grow by so many bytes: its properties or its children are to be others. */
  changed(node: StoredNode, growth: number): void {
    this.#last.delete(node);
    this.#grow(node, growth);
    let child = node;
    for (let above = this.parentOf(node); above; above = this.parentOf(child)) {
      const kept = this.#last.get(above);
      if (kept && above.children[kept.index] !== child) this.#last.delete(above);
      this.#grow(above, growth);
      child = above;
    }
  }

  #grow(node: StoredNode, growth: number): void {
    const size = this.#sizes.get(node);
    if (size !== undefined) this.#sizes.set(node, size + growth);
  }

  #sizeOf(node: StoredNode): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const size = node.children.reduce((sum, child) => sum + this.#sizeOf(child), ownSize(node) + 4);
    this.#sizes.set(node, size);
    return size;
  }

  /** `node` has got new children. */
  grown(node: StoredNode): void {
    this.#last.delete(node);
    this.#adopt(node);
  }

  /** Where `node` starts. */
  startOf(node: StoredNode): number {
    const parent = this.parentOf(node);
    if (!parent) return 0;
    return this.startOf(parent) + this.#childWhere(parent, (child) => child === node).start;
  }

  /** Four bytes from `at`, a multiple of 4, on; undefined after the end of the root. */
  wordAt(at: number): Uint8Array | undefined {
    if (at >= this.#sizeOf(this.#root)) return undefined;
    let [node, offset] = [this.#root, at];
    for (;;) {
      const own = partIn(ownParts(node), offset);
      if (own) return own;
      const { index, start } = this.#childWhere(node, (_, start, end) => {
        return start <= offset && offset < end;
      });
      const child = node.children[index];
      if (!child) return endOfNode.read(0, 4);
      [node, offset] = [child, offset - start];
    }
  }

  /** The first child that is `wanted`, by its place in its parent; what comes after them without one. */
  #childWhere(
    parent: StoredNode,
    wanted: (child: StoredNode, start: number, end: number) => boolean,
  ): Child {
    const { children } = parent;
    const first = { index: 0, start: ownSize(parent) };
    for (const from of [this.#last.get(parent) ?? first, first]) {
      let { index, start } = from;
      for (; index < children.length; index++) {
        const child = children[index];
        const end = start + (child ? this.#sizeOf(child) : 0);
        if (child && wanted(child, start, end)) {
          this.#last.set(parent, { index, start });
          return { index, start };
        }
        start = end;
      }
      if (from === first) return { index, start };
    }
    return first;
  }

  #adopt(node: StoredNode): void {
    for (const child of node.children) {
      this.#parents.set(child, node);
      this.#adopt(child);
    }
  }
}

const endOfNode = contentOf(new Uint8Array(4));
viewOf(endOfNode.read(0, 4)).setUint32(0, fdtMark.endNode);

/** Bytes of a node before its children. */
function ownSize({ name, properties }: StoredNode): number {
  const beginning = 4 + aligned(name.length + 1);
  return properties.reduce((sum, { value }) => sum + propertySize(value.size), beginning);
}

/** A node before its children: its beginning and its properties, each with its size. */
function* ownParts(node: StoredNode): Generator<readonly [size: number, part: () => Content]> {
  yield [4 + aligned(node.name.length + 1), () => startOfNode(node)];
  for (const property of node.properties) {
    yield [propertySize(property.value.size), () => storedProperty(property)];
  }
}

function partIn(parts: ReturnType<typeof ownParts>, offset: number): Uint8Array | undefined {
  let start = 0;
  for (const [size, part] of parts) {
    if (offset < start + size) return part().read(offset - start, 4);
    start += size;
  }
  return undefined;
}
