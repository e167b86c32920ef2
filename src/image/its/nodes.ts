// The nodes of a device tree source while they are put together: later definitions are merged into
// earlier ones, in dtc 1.6.1's order.

import type { Content } from "../content.js";
import type { ItsProblem } from "./source.js";
import type { ItsBody, ItsItem, ItsPart } from "./syntax.js";

/** What the making of a tree needs from around it. */
export interface ItsSurroundings {
  /** The bytes of the file a value includes, or why there are none. */
  include(name: string, offset: number): Content | string;
  report(code: ItsProblem["code"], offset: number, message: string): void;
}

/** A node; what is deleted stays, to keep its place. */
export interface ItsNode {
  readonly name: string;
  readonly labels: string[];
  properties: ItsNodeProperty[];
  children: ItsNode[];
  parent: ItsNode | undefined;
  deleted: boolean;
  /** `/omit-if-no-ref/`: removed unless something refers to it. */
  omit: boolean;
  referenced: boolean;
  phandle: number | undefined;
  readonly offset: number;
}

/** A property of a node. */
export interface ItsNodeProperty {
  readonly name: string;
  value: readonly ItsPart[];
  deleted: boolean;
  readonly offset: number;
}

/** A node with nothing in it. */
export function newNode(name: string, offset: number): ItsNode {
  return {
    name,
    labels: [],
    properties: [],
    children: [],
    parent: undefined,
    offset,
    deleted: false,
    omit: false,
    referenced: false,
    phandle: undefined,
  };
}

/** Puts one item of the top level where it belongs. */
export function place(root: ItsNode, item: ItsItem, around: ItsSurroundings): void {
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

function build(name: string, body: ItsBody | undefined, offset: number): ItsNode {
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
function merge(node: ItsNode, added: ItsNode): void {
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

function remove(node: ItsNode): void {
  node.deleted = true;
  node.labels.length = 0;
  for (const property of node.properties) property.deleted = true;
  for (const child of node.children) remove(child);
}

/** A node and everything in it that is not deleted, parents first. */
export function* nodesOf(node: ItsNode): Generator<ItsNode> {
  if (node.deleted) return;
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}

/** The node of a label, or of a path that starts with a slash. */
export function find(root: ItsNode, target: string): ItsNode | undefined {
  if (!target.startsWith("/")) {
    for (const node of nodesOf(root)) if (node.labels.includes(target)) return node;
    return undefined;
  }
  const names = target.split("/").filter((name) => name !== "");
  let node: ItsNode | undefined = root;
  for (const name of names) {
    node = node?.children.find((child) => child.name === name && !child.deleted);
  }
  return node;
}

/** The path of a node, as references put it into values. */
export function pathOf(node: ItsNode): string {
  if (!node.parent) return "/";
  return `${node.parent.parent ? pathOf(node.parent) : ""}/${node.name}`;
}
