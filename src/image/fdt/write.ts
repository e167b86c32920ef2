// Stores a device tree as version 17 of the flattened format, in the order and with the shared names
// of dtc 1.6.1. Format: Devicetree Specification 0.4, chapter 5.
import { type Content, concatenate, contentOf } from "../content.js";
import { viewOf } from "../layout.js";
import { aligned, FDT_MAGIC, fdtHeader, fdtMark } from "./fdt.js";
import type { DeviceTree, FdtNode, FdtReservation } from "./tree.js";

/** The names of properties, each with its zero, one character for each byte. */
export interface FdtStrings {
  readonly text: string;
  /** Where `name` is, from the start of the strings; added when it is the end of no other name. */
  offsetOf(name: string): number;
}

/** Strings that grow at their end, as those of dtc and libfdt do. */
export function fdtStrings(text = ""): FdtStrings {
  return {
    get text() {
      return text;
    },
    offsetOf(name) {
      const found = text.indexOf(`${name}\0`);
      if (found >= 0) return found;
      const offset = text.length;
      text += `${name}\0`;
      return offset;
    },
  };
}

/** A node whose properties know where their names are. */
export interface StoredNode extends FdtNode {
  readonly properties: readonly StoredProperty[];
  readonly children: readonly StoredNode[];
}

/** A property with the place of its name in the strings, in bytes. */
export interface StoredProperty {
  readonly name: string;
  readonly nameOffset: number;
  readonly value: Content;
  /** What fills the value up to a multiple of 4 bytes; zeros unless given. */
  readonly padding?: Uint8Array;
}

/** A device tree as it is stored. */
export interface StoredTree extends DeviceTree {
  readonly root: StoredNode;
  readonly strings: string;
  readonly lastCompatibleVersion: number;
}

/** Gives every name its place, in the order of dtc: nodes as they come, properties before nodes. */
export function storeTree(tree: DeviceTree): StoredTree {
  const strings = fdtStrings();
  const store = (node: FdtNode): StoredNode => ({
    name: node.name,
    properties: node.properties.map(({ name, value }) => {
      return { name, nameOffset: strings.offsetOf(name), value };
    }),
    children: node.children.map(store),
  });
  const root = store(tree.root);
  return { ...tree, root, strings: strings.text, lastCompatibleVersion: 16 };
}

/** `tree` flattened, without slack. Values are not copied but read when the result is. */
export function encodeFdt(tree: DeviceTree): Content {
  const stored = storeTree(tree);
  return flatten(stored, sizesOf(stored).total);
}

/** The sizes of the blocks of a tree and of all of it, in bytes. */
export function sizesOf(tree: StoredTree) {
  const reservations = 16 * (tree.reservations.length + 1);
  const structure = nodeSize(tree.root) + 4;
  const total = RESERVATIONS + reservations + structure + tree.strings.length;
  return { reservations, structure, total };
}

/** Bytes of a node with everything in it. */
export function nodeSize(node: FdtNode): number {
  const own = 8 + aligned(node.name.length + 1);
  const properties = node.properties.reduce((sum, { value }) => sum + propertySize(value.size), 0);
  return node.children.reduce((sum, child) => sum + nodeSize(child), own + properties);
}

/** Bytes of a property with a value of `size` bytes. */
export function propertySize(size: number): number {
  return 12 + aligned(size);
}

/** Where the reservations start: after the header, on 8 bytes. */
const RESERVATIONS = 40;

/** `tree` flattened; `totalSize` goes into the header, nothing is added to fill it. */
export function flatten(tree: StoredTree, totalSize: number): Content {
  const { reservations, structure } = sizesOf(tree);
  const structureOffset = RESERVATIONS + reservations;
  const header = fdtHeader.encode({
    magic: FDT_MAGIC,
    totalSize,
    structureOffset,
    stringsOffset: structureOffset + structure,
    reservationsOffset: RESERVATIONS,
    version: 17,
    lastCompatibleVersion: tree.lastCompatibleVersion,
    bootCpu: tree.bootCpu,
    stringsSize: tree.strings.length,
    structureSize: structure,
  });
  const writer = new Writer();
  writer.bytes(header);
  for (const reservation of [...tree.reservations, { address: 0n, size: 0n }]) {
    writer.bytes(reservationBytes(reservation));
  }
  writeNode(writer, tree.root);
  writer.word(fdtMark.end);
  writer.text(tree.strings);
  return writer.content();
}

/**
 * The first `length` of the last `count` bytes of `tree` flattened. Only the end of the tree is gone
 * through for them.
 */
export function flattenEnd(tree: StoredTree, count: number, length: number): Uint8Array {
  const end = new Writer();
  end.word(fdtMark.end);
  end.text(tree.strings);
  const parts = [end.content()];
  let size = parts[0]?.size ?? 0;
  for (const part of backwards(tree.root)) {
    if (size >= count) break;
    parts.push(part);
    size += part.size;
  }
  const whole = concatenate(parts.reverse());
  return whole.read(Math.max(0, whole.size - count), length);
}

function small(write: (writer: Writer) => void): Content {
  const writer = new Writer();
  write(writer);
  return writer.content();
}

/** The beginning of a node, as it is stored. */
export function startOfNode(node: StoredNode): Content {
  return small((writer) => writeStart(writer, node));
}

/** A property, as it is stored. */
export function storedProperty(property: StoredProperty): Content {
  return small((writer) => writeProperty(writer, property));
}

/** What a node is stored as, from its end to its beginning. */
function* backwards(node: StoredNode): Generator<Content> {
  yield small((writer) => writer.word(fdtMark.endNode));
  for (const child of node.children.toReversed()) yield* backwards(child);
  for (const property of node.properties.toReversed()) {
    yield storedProperty(property);
  }
  yield startOfNode(node);
}

function reservationBytes({ address, size }: FdtReservation): Uint8Array {
  const bytes = new Uint8Array(16);
  viewOf(bytes).setBigUint64(0, address);
  viewOf(bytes).setBigUint64(8, size);
  return bytes;
}

function writeStart(writer: Writer, { name }: StoredNode): void {
  writer.word(fdtMark.node);
  writer.text(`${name}\0`);
  writer.align();
}

function writeProperty(writer: Writer, { nameOffset, value, padding }: StoredProperty): void {
  writer.word(fdtMark.property);
  writer.word(value.size);
  writer.word(nameOffset);
  writer.value(value);
  if (padding) writer.bytes(padding);
  else writer.align();
}

function writeNode(writer: Writer, node: StoredNode): void {
  writeStart(writer, node);
  for (const property of node.properties) writeProperty(writer, property);
  for (const child of node.children) writeNode(writer, child);
  writer.word(fdtMark.endNode);
}

/** Values up to this size are copied, in bytes: most are tiny, and fewer parts read faster. */
const SMALL = 256;

/** Gathers bytes; large values stay where they are. */
class Writer {
  readonly #parts: Content[] = [];
  #filled = new Uint8Array(256);
  #length = 0;
  #size = 0;

  word(value: number): void {
    viewOf(this.#room(4)).setUint32(0, value);
  }

  text(text: string): void {
    const into = this.#room(text.length);
    for (let at = 0; at < text.length; at++) into[at] = text.charCodeAt(at);
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes);
  }

  value(value: Content): void {
    if (value.size <= SMALL) {
      this.bytes(value.read(0, value.size));
    } else {
      this.#flush();
      this.#parts.push(value);
      this.#size += value.size;
    }
  }

  /** Zeros up to the next multiple of 4. */
  align(): void {
    this.#room(aligned(this.#size) - this.#size);
  }

  content(): Content {
    this.#flush();
    return concatenate(this.#parts);
  }

  /** The next `count` bytes, zeros. */
  #room(count: number): Uint8Array {
    const end = this.#length + count;
    if (end > this.#filled.length) {
      const grown = new Uint8Array(Math.max(2 * this.#filled.length, end));
      grown.set(this.#filled.subarray(0, this.#length));
      this.#filled = grown;
    }
    const room = this.#filled.subarray(this.#length, end);
    this.#length = end;
    this.#size += count;
    return room;
  }

  #flush(): void {
    if (this.#length === 0) return;
    this.#parts.push(contentOf(this.#filled.slice(0, this.#length)));
    this.#filled.fill(0, 0, this.#length);
    this.#length = 0;
  }
}
