// What the nodes of a device tree source mean: later definitions are merged into earlier ones,
// references become phandles and paths. The order of everything is that of dtc 1.6.1, and so are the
// mistakes that are not forgiven; its warnings are left out.
import { type Content, concatenate, contentOf } from "./content.js";
import type { DeviceTree, FdtNode } from "./fdt-tree.js";
import type { ItsProblem } from "./its-source.js";
import { viewOf } from "./layout.js";

/** The nodes of the grammar; `offset` is in characters of the text. */
export interface ItsSyntax {
  readonly reservations: readonly { readonly address: bigint; readonly size: bigint }[];
  readonly items: readonly ItsItem[];
}

type ItsItem =
  | { readonly kind: "delete"; readonly target: string; readonly offset: number }
  | { readonly kind: "omit"; readonly target: string; readonly offset: number }
  | {
      readonly kind: "node";
      readonly labels: readonly string[];
      /** Null for the root. */
      readonly target: string | null;
      readonly body: ItsBody;
      readonly offset: number;
    };

interface ItsBody {
  readonly properties: readonly ItsProperty[];
  readonly children: readonly ItsChild[];
}

interface ItsProperty {
  readonly name: string;
  readonly deleted: boolean;
  readonly value: readonly ItsPart[];
  readonly offset: number;
}

interface ItsChild {
  readonly name: string;
  readonly deleted: boolean;
  readonly labels?: readonly string[];
  readonly omit?: boolean;
  readonly body?: ItsBody;
  readonly offset: number;
}

type ItsPart =
  | { readonly kind: "bytes"; readonly bytes: readonly number[] }
  | { readonly kind: "path"; readonly target: string; readonly offset: number }
  | {
      readonly kind: "cells";
      readonly bits: bigint;
      readonly cells: readonly { target?: string; value?: bigint; offset: number }[];
      readonly offset: number;
    }
  | {
      readonly kind: "file";
      readonly file: string;
      readonly range?: { readonly from: bigint; readonly length: bigint };
      readonly offset: number;
    };

/** What the making of a tree needs from around it. */
export interface ItsSurroundings {
  /** The bytes of the file a value includes, or why there are none. */
  include(name: string, offset: number): Content | string;
  report(code: ItsProblem["code"], offset: number, message: string): void;
}

interface Node {
  readonly name: string;
  readonly labels: string[];
  properties: Property[];
  children: Node[];
  parent: Node | undefined;
  deleted: boolean;
  /** `/omit-if-no-ref/`: left out unless something refers to it. */
  omit: boolean;
  referenced: boolean;
  phandle: number | undefined;
  readonly offset: number;
}

interface Property {
  readonly name: string;
  value: readonly ItsPart[];
  deleted: boolean;
  readonly offset: number;
}

/** The tree that `syntax` describes; of use only when nothing was reported. */
export function buildIts(syntax: ItsSyntax, around: ItsSurroundings): DeviceTree {
  const root = newNode("", 0);
  for (const item of syntax.items) place(root, item, around);
  checkNames(root, around);
  takePhandles(root, around);
  const encoded = new Map<Property, Content>();
  // All phandles before any value is read: a reference may give a phandle to a node seen before.
  for (const node of nodesOf(root)) refer(root, node, around);
  for (const node of nodesOf(root)) {
    for (const property of node.properties) encoded.set(property, encode(root, property, around));
  }
  const finish = (node: Node): FdtNode => ({
    name: node.name,
    properties: node.properties
      .filter((property) => !property.deleted && !isOwnName(node, property))
      .map((property) => ({
        name: property.name,
        value: encoded.get(property) ?? contentOf(new Uint8Array(0)),
      })),
    children: node.children
      .filter((child) => !child.deleted && (!child.omit || child.referenced))
      .map(finish),
  });
  return {
    root: finish(root),
    reservations: syntax.reservations,
    bootCpu: bootCpuOf(root, encoded),
  };
}

function newNode(name: string, offset: number): Node {
  return {
    ...{ name, labels: [], properties: [], children: [], parent: undefined, offset },
    ...{ deleted: false, omit: false, referenced: false, phandle: undefined },
  };
}

/** Puts one item of the top level where it belongs. */
function place(root: Node, item: ItsItem, around: ItsSurroundings): void {
  const node = item.kind === "node" && item.target === null ? root : find(root, item.target ?? "/");
  if (!node) {
    around.report("its-reference", item.offset, `there is no node ${item.target}`);
  } else if (item.kind === "omit") {
    node.omit = true;
  } else if (item.kind === "delete") {
    remove(node);
  } else {
    node.labels.push(...item.labels);
    merge(node, build("", item.body, item.offset));
  }
}

function build(name: string, body: ItsBody | undefined, offset: number): Node {
  const node = newNode(name, offset);
  node.properties = (body?.properties ?? []).map((property) => ({ ...property }));
  for (const child of body?.children ?? []) {
    const made = build(child.name, child.body, child.offset);
    made.labels.push(...(child.labels ?? []));
    made.deleted = child.deleted;
    made.omit = child.omit ?? false;
    made.parent = node;
    node.children.push(made);
  }
  return node;
}

/** Merges `added` into `node`: what is there already keeps its place. */
function merge(node: Node, added: Node): void {
  node.deleted = false;
  node.labels.push(...added.labels);
  const isNew = node.properties.length === 0 && node.children.length === 0;
  for (const property of added.properties) {
    // Two of one name in one body stay two, and are reported as that.
    const old = isNew ? undefined : node.properties.find(({ name }) => name === property.name);
    if (!old) node.properties.push(property);
    else Object.assign(old, { value: property.value, deleted: property.deleted });
  }
  for (const child of added.children) {
    const old = isNew ? undefined : node.children.find(({ name }) => name === child.name);
    if (old && child.deleted) {
      remove(old);
    } else if (old) {
      merge(old, child);
    } else {
      child.parent = node;
      node.children.push(child);
    }
  }
}

function remove(node: Node): void {
  node.deleted = true;
  node.labels.length = 0;
  for (const property of node.properties) property.deleted = true;
  for (const child of node.children) remove(child);
}

function* nodesOf(node: Node): Generator<Node> {
  if (node.deleted) return;
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}

/** The node of a label, or of a path that starts with a slash. */
function find(root: Node, target: string): Node | undefined {
  if (!target.startsWith("/")) {
    for (const node of nodesOf(root)) if (node.labels.includes(target)) return node;
    return undefined;
  }
  const names = target.split("/").filter((name) => name !== "");
  let node: Node | undefined = root;
  for (const name of names) {
    node = node?.children.find((child) => child.name === name && !child.deleted);
  }
  return node;
}

function pathOf(node: Node): string {
  if (!node.parent) return "/";
  return `${node.parent.parent ? pathOf(node.parent) : ""}/${node.name}`;
}

function checkNames(root: Node, around: ItsSurroundings): void {
  const labels = new Set<string>();
  for (const node of nodesOf(root)) {
    for (const list of [node.properties, node.children]) {
      const seen = new Set<string>();
      for (const { name, deleted, offset } of list) {
        if (deleted) continue;
        if (seen.has(name)) around.report("its-duplicate", offset, `there are two ${name}`);
        seen.add(name);
      }
    }
    for (const { name, deleted, offset } of node.properties) {
      if (!deleted && name.includes("@")) {
        around.report("its-name", offset, `the property ${name} has an @ in its name`);
      }
    }
    if (node.name.split("@").length > 2) {
      around.report("its-name", node.offset, `the node ${node.name} has more than one @`);
    }
    for (const label of new Set(node.labels)) {
      if (labels.has(label)) around.report("its-duplicate", node.offset, `two labels ${label}`);
      labels.add(label);
    }
  }
}

/** A property `name` that repeats the node's name says nothing; dtc leaves it out. */
function isOwnName(node: Node, { name, value }: Property): boolean {
  const [only] = value;
  if (name !== "name" || value.length !== 1 || only?.kind !== "bytes") return false;
  return String.fromCharCode(...only.bytes) === `${node.name.split("@")[0]}\0`;
}

/** Phandles that are written down. */
function takePhandles(root: Node, around: ItsSurroundings): void {
  const taken = new Set<number>();
  for (const node of nodesOf(root)) {
    for (const { name, value, deleted, offset } of node.properties) {
      if (deleted || (name !== "phandle" && name !== "linux,phandle")) continue;
      const [part] = value;
      const cell = part?.kind === "cells" && value.length === 1 ? part.cells[0] : undefined;
      if (cell?.target !== undefined) continue;
      const phandle = Number(cell?.value ?? 0n);
      if (
        phandle === 0 ||
        phandle >= 0xffffffff ||
        (taken.has(phandle) && node.phandle !== phandle)
      ) {
        around.report("its-value", offset, `${name} is no phandle of its own`);
        continue;
      }
      taken.add(phandle);
      node.phandle = phandle;
    }
  }
}

/** Marks what `node` refers to and gives it phandles, in the order of dtc. */
function refer(root: Node, node: Node, around: ItsSurroundings): void {
  // A copy, because a node may refer to itself and so get a property.
  for (const { value, deleted } of [...node.properties]) {
    for (const part of deleted ? [] : value) {
      const references = part.kind === "cells" ? part.cells : part.kind === "path" ? [part] : [];
      for (const { target, offset } of references) {
        if (target === undefined) continue;
        const found = find(root, target);
        if (!found) {
          around.report("its-reference", offset, `there is no node ${target}`);
          continue;
        }
        found.referenced = true;
        if (part.kind === "cells") givePhandle(root, found);
      }
    }
  }
}

function givePhandle(root: Node, node: Node): void {
  if (node.phandle !== undefined) return;
  const taken = new Set([...nodesOf(root)].map(({ phandle }) => phandle));
  let phandle = 1;
  while (taken.has(phandle)) phandle += 1;
  node.phandle = phandle;
  if (node.properties.some(({ name, deleted }) => name === "phandle" && !deleted)) return;
  const cells = [{ value: BigInt(phandle), offset: node.offset }];
  const value = [{ kind: "cells" as const, bits: 32n, cells, offset: node.offset }];
  node.properties.push({ name: "phandle", value, deleted: false, offset: node.offset });
}

function encode(root: Node, { value, deleted }: Property, around: ItsSurroundings): Content {
  if (deleted) return contentOf(new Uint8Array(0));
  return concatenate(value.map((part) => encodePart(root, part, around)));
}

function encodePart(root: Node, part: ItsPart, around: ItsSurroundings): Content {
  if (part.kind === "bytes") return contentOf(Uint8Array.from(part.bytes));
  if (part.kind === "path") {
    const node = find(root, part.target);
    return contentOf(
      Uint8Array.from(`${node ? pathOf(node) : ""}\0`, (byte) => byte.charCodeAt(0)),
    );
  }
  if (part.kind === "cells") return encodeCells(root, part, around);
  const content = around.include(part.file, part.offset);
  if (typeof content === "string") {
    around.report("its-file", part.offset, content);
    return contentOf(new Uint8Array(0));
  }
  if (!part.range) return content;
  const { from, length } = part.range;
  const [offset, size] = [Number(from), Number(length)];
  const end = Math.min(content.size, offset + size);
  return {
    size: Math.max(0, end - offset),
    read: (at, count, into) =>
      content.read(offset + at, Math.max(0, Math.min(count, end - offset - at)), into),
  };
}

type CellsPart = Extract<ItsPart, { kind: "cells" }>;

function encodeCells(root: Node, part: CellsPart, around: ItsSurroundings): Content {
  const bits = Number(part.bits);
  if (![8, 16, 32, 64].includes(bits)) {
    around.report("its-value", part.offset, "elements have 8, 16, 32 or 64 bits");
    return contentOf(new Uint8Array(0));
  }
  const cells = part.cells.filter(
    ({ target, value }) => target !== undefined || value !== undefined,
  );
  const bytes = new Uint8Array((bits / 8) * cells.length);
  for (const [index, { target, value, offset }] of cells.entries()) {
    if (target !== undefined && bits !== 32) {
      around.report("its-value", offset, "only elements of 32 bits can be references");
    }
    const number = target === undefined ? (value ?? 0n) : BigInt(find(root, target)?.phandle ?? 0);
    // What is left of a negative number has ones above the element, as dtc wants it.
    const above = number >> BigInt(bits);
    if (above !== 0n && above !== (1n << BigInt(64 - bits)) - 1n) {
      around.report("its-value", offset, `0x${number.toString(16)} does not fit ${bits} bits`);
    }
    const wide = new Uint8Array(8);
    viewOf(wide).setBigUint64(0, number);
    bytes.set(wide.subarray(8 - bits / 8), (index * bits) / 8);
  }
  return contentOf(bytes);
}

/** dtc takes it from the first node in /cpus. */
function bootCpuOf(root: Node, encoded: ReadonlyMap<Property, Content>): number {
  const first = find(root, "/cpus")?.children.find(({ deleted }) => !deleted);
  const reg = first?.properties.find(({ name, deleted }) => name === "reg" && !deleted);
  const value = reg && encoded.get(reg);
  return value?.size === 4 ? viewOf(value.read(0, 4)).getUint32(0) : 0;
}
