// What the nodes of a device tree source mean, once they are put together: references become phandles
// and paths. The order of everything is that of dtc 1.6.1, and so are the mistakes that are not
// forgiven; its warnings are left out.
import { type Content, contentOf } from "../content.js";
import type { DeviceTree, FdtNode } from "../fdt/tree.js";
import { viewOf } from "../layout.js";
import {
  find,
  type ItsNode,
  type ItsNodeProperty,
  type ItsSurroundings,
  newNode,
  nodesOf,
  place,
} from "./nodes.js";
import type { ItsSyntax } from "./syntax.js";
import { encode } from "./values.js";

/** The tree that `syntax` describes; of use only when nothing was reported. */
export function buildIts(syntax: ItsSyntax, around: ItsSurroundings): DeviceTree {
  const root = newNode("", 0);
  for (const item of syntax.items) place(root, item, around);
  checkNames(root, around);
  takePhandles(root, around);
  const encoded = new Map<ItsNodeProperty, Content>();
  // All phandles before any value is read: a reference may give a phandle to a node seen before.
  for (const node of nodesOf(root)) refer(root, node, around);
  for (const node of nodesOf(root)) {
    for (const property of node.properties) encoded.set(property, encode(root, property, around));
  }
  const finish = (node: ItsNode): FdtNode => ({
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

function checkNames(root: ItsNode, around: ItsSurroundings): void {
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
    for (const property of node.properties) {
      if (property.deleted || property.name !== "name" || isOwnName(node, property)) continue;
      around.report("its-value", property.offset, "the property name is not the name of the node");
    }
    if (node.name.split("@").length > 2) {
      around.report("its-name", node.offset, `the node ${node.name} has more than one @`);
    }
    const [bad] = /[*#?]/.exec(node.name) ?? [];
    if (bad !== undefined) {
      around.report("its-name", node.offset, `the node ${node.name} has a ${bad} in its name`);
    }
    for (const label of new Set(node.labels)) {
      if (labels.has(label)) around.report("its-duplicate", node.offset, `two labels ${label}`);
      labels.add(label);
    }
  }
}

/** A property `name` that repeats the node's name says nothing; dtc removes it. */
function isOwnName(node: ItsNode, { name, value }: ItsNodeProperty): boolean {
  const [only] = value;
  if (name !== "name" || value.length !== 1 || only?.kind !== "bytes") return false;
  return String.fromCharCode(...only.bytes) === `${node.name.split("@")[0]}\0`;
}

/** Phandles that are written down. */
function takePhandles(root: ItsNode, around: ItsSurroundings): void {
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
        around.report("its-value", offset, `${name} is not a phandle of its own`);
        continue;
      }
      taken.add(phandle);
      node.phandle = phandle;
    }
  }
}

/** Marks what `node` refers to and gives it phandles, in the order of dtc. */
function refer(root: ItsNode, node: ItsNode, around: ItsSurroundings): void {
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

function givePhandle(root: ItsNode, node: ItsNode): void {
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

/** dtc takes it from the first node in /cpus. */
function bootCpuOf(root: ItsNode, encoded: ReadonlyMap<ItsNodeProperty, Content>): number {
  const first = find(root, "/cpus")?.children.find(({ deleted }) => !deleted);
  const reg = first?.properties.find(({ name, deleted }) => name === "reg" && !deleted);
  const value = reg && encoded.get(reg);
  return value?.size === 4 ? viewOf(value.read(0, 4)).getUint32(0) : 0;
}
