// Writes a device tree as source that its.ts and dtc read back to the same tree.
import { bytesOf, type Content } from "../content.js";
import type { DeviceTree, FdtNode } from "../fdt/tree.js";
import { latin1, viewOf } from "../layout.js";

/** How a tree is written. */
export interface WriteItsOptions {
  /**
   * The name of a file that holds a value, which is then included instead of written out; undefined
   * to write it out. `path` is that of the property.
   */
  readonly include?: (path: string, value: Content) => string | undefined;
}

/** `tree` as source text. */
export function writeIts(tree: DeviceTree, options: WriteItsOptions = {}): string {
  const reservations = tree.reservations.map(({ address, size }) => {
    return `/memreserve/ 0x${address.toString(16)} 0x${size.toString(16)};`;
  });
  const lines = ["/dts-v1/;", ...reservations, "", ...nodeLines(tree.root, "", options)];
  return `${lines.join("\n")}\n`;
}

function nodeLines(node: FdtNode, path: string, options: WriteItsOptions): string[] {
  const properties = node.properties.map(({ name, value }) => {
    return value.size === 0
      ? `${name};`
      : `${name} = ${valueText(value, `${path}/${name}`, options)};`;
  });
  const children = node.children.flatMap((child) => [
    "",
    ...nodeLines(child, `${path}/${child.name}`, options),
  ]);
  const inner = properties.length > 0 ? [...properties, ...children] : children.slice(1);
  const indented = inner.map((line) => (line === "" ? "" : `\t${line}`));
  return [`${node.name || "/"} {`, ...indented, "};"];
}

function valueText(value: Content, path: string, { include }: WriteItsOptions): string {
  const file = include?.(path, value);
  if (file !== undefined) return `/incbin/(${quoted(new TextEncoder().encode(file))})`;
  const bytes = bytesOf(value);
  if (isText(bytes)) {
    const parts = latin1(bytes.subarray(0, -1)).split("\0");
    return parts
      .map((part) => quoted(Uint8Array.from(part, (byte) => byte.charCodeAt(0))))
      .join(", ");
  }
  if (bytes.length % 4 === 0) {
    const view = viewOf(bytes);
    const cells = Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(4 * index));
    return `<${cells.map((cell) => `0x${cell.toString(16)}`).join(" ")}>`;
  }
  return `[${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ")}]`;
}

/** Whether a person would write it as strings: none of them empty, and all in printable ASCII. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.at(-1) !== 0) return false;
  return bytes.every((byte, at) => {
    if (byte === 0) return at > 0 && bytes[at - 1] !== 0;
    return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09;
  });
}

function quoted(bytes: Uint8Array): string {
  const escapes: Readonly<Record<number, string>> = {
    9: "\\t",
    10: "\\n",
    34: '\\"',
    92: "\\\\",
  };
  const character = (byte: number) =>
    escapes[byte] ??
    (byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, "0")}`);
  return `"${Array.from(bytes, character).join("")}"`;
}
