// A device tree as nodes and properties, and the small readings and makings of values. Stored form:
// fdt.ts. Values are contents, so that a payload of any size can be one.
import { bytesOf, type Content, concatenate, contentOf } from "../content.js";
import { viewOf } from "../layout.js";

/** A property. Its name has one character for each byte. */
export interface FdtProperty {
  readonly name: string;
  readonly value: Content;
}

/** A node; the root's name is empty. */
export interface FdtNode {
  readonly name: string;
  readonly properties: readonly FdtProperty[];
  readonly children: readonly FdtNode[];
}

/** Memory that a kernel must leave alone, in bytes. */
export interface FdtReservation {
  readonly address: bigint;
  readonly size: bigint;
}

/** A whole device tree. */
export interface DeviceTree {
  readonly root: FdtNode;
  readonly reservations: readonly FdtReservation[];
  readonly bootCpu: number;
}

/** The longest text that is read from a property, in bytes. */
const MAX_TEXT = 1 << 16;

/** The first property called `name`, as U-Boot finds it. */
export function propertyOf(node: FdtNode | undefined, name: string): Content | undefined {
  return node?.properties.find((property) => property.name === name)?.value;
}

/** The first child that libfdt takes for `name`, which may be without an address (`a` for `a@1`). */
export function childOf<Node extends FdtNode>(
  node: { readonly children: readonly Node[] } | undefined,
  name: string,
): Node | undefined {
  return node?.children.find((child) => answersTo(child, name));
}

/** Whether libfdt takes `node` for `name`. */
export function answersTo(node: { readonly name: string }, name: string): boolean {
  return node.name === name || (!name.includes("@") && node.name.startsWith(`${name}@`));
}

/** Finds in `nodes` as `answersTo` has it, in one step however many there are. */
export function finderIn<Node extends { readonly name: string }>(
  nodes: readonly Node[],
): (name: string | undefined) => Node | undefined {
  const found = new Map<string, Node>();
  for (const node of nodes) {
    const [short = ""] = node.name.split("@", 1);
    for (const name of [short, node.name]) if (!found.has(name)) found.set(name, node);
  }
  return (name) => (name === undefined ? undefined : found.get(name));
}

/** The texts in a value, each up to its zero; undefined when the last one has none. */
export function textsOf(value: Content | undefined): string[] | undefined {
  if (!value) return undefined;
  const bytes = value.read(0, MAX_TEXT);
  if (bytes.at(-1) !== 0) return undefined;
  return decode(bytes.subarray(0, -1)).split("\0");
}

/** The first text in a value: up to the first zero, which must be there. */
export function textOf(value: Content | undefined): string | undefined {
  const bytes = value?.read(0, MAX_TEXT);
  const end = bytes?.indexOf(0) ?? -1;
  return end < 0 ? undefined : decode(bytes?.subarray(0, end));
}

/** The first 32 bits of a value. */
export function cellOf(value: Content | undefined): number | undefined {
  const bytes = value?.read(0, 4);
  return bytes?.length === 4 ? viewOf(bytes).getUint32(0) : undefined;
}

/** A value of one or two cells as a number. */
export function numberOf(value: Content | undefined): bigint | undefined {
  if (!value || (value.size !== 4 && value.size !== 8)) return undefined;
  const view = viewOf(bytesOf(value));
  return value.size === 4 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
}

/** A value of texts, each with its zero; what is not UTF-8 is given in bytes. */
export function texts(...values: readonly (string | Uint8Array)[]): Content {
  const zero = contentOf(new Uint8Array(1));
  return contentOf(
    bytesOf(
      concatenate(
        values.flatMap((value) => {
          return [
            contentOf(typeof value === "string" ? new TextEncoder().encode(value) : value),
            zero,
          ];
        }),
      ),
    ),
  );
}

/** A value of numbers of 32 bits. */
export function cells(...values: readonly number[]): Content {
  const bytes = new Uint8Array(4 * values.length);
  for (const [index, value] of values.entries()) viewOf(bytes).setUint32(4 * index, value);
  return contentOf(bytes);
}

/** A value of one number of 64 bits. */
export function wide(value: bigint): Content {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setBigUint64(0, value);
  return contentOf(bytes);
}

/** A property, for trees that are written down in a program. */
export function property(name: string, value: Content = contentOf(new Uint8Array(0))): FdtProperty {
  return { name, value };
}

function decode(bytes: Uint8Array | undefined): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
