// Device trees as the command fdt prints them. Left out: `fdt_max_dump`. Governed by cmd/fdt.c.

import type { Shell } from "../../hush/index.js";
import { bytesOf, type FdtNode, type FdtProperty } from "../../image/index.js";
import { hex } from "../numbers.js";
import { stringsIn } from "./values.js";

type Since = Pick<Shell, "since">;

/** A node with what is in it, `depth` levels deep. */
export function printNode(
  node: FdtNode,
  shell: Since,
  name: string,
  depth: number,
  indent = "",
): string {
  const inner = `${indent}\t`;
  const lines = node.properties.map((each) => `${inner}${printProperty(each, shell)};\n`);
  const children = node.children.map((child) =>
    depth > 1
      ? printNode(child, shell, child.name, depth - 1, inner)
      : `${inner}${child.name} {\n${inner}};\n`,
  );
  return `${indent}${name} {\n${[...lines, ...children].join("")}${indent}};\n`;
}

/** A property without its semicolon. */
export function printProperty({ name, value }: FdtProperty, shell: Since): string {
  if (value.size === 0) return name;
  const strings = stringsIn(value, shell);
  if (strings) return `${name} = ${strings.map((text) => `"${text}"`).join(", ")}`;
  const bytes = bytesOf(value);
  if (bytes.length % 4 !== 0) {
    return `${name} = [${[...bytes].map((byte) => hex(byte, 2)).join(" ")}]`;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cells = Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(4 * index));
  return `${name} = <${cells.map((cell) => `0x${hex(cell, 8)}`).join(" ")}>`;
}
