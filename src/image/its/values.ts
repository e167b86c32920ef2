// The bytes of values in a device tree source: strings, cells, references, files.
import { type Content, concatenate, contentOf, slice } from "../content.js";
import { viewOf } from "../layout.js";
import { find, type ItsNode, type ItsNodeProperty, type ItsSurroundings, pathOf } from "./nodes.js";
import type { ItsPart } from "./syntax.js";

/** The bytes of a property; mistakes are reported, and then it does not matter which. */
export function encode(
  root: ItsNode,
  { value, deleted }: ItsNodeProperty,
  around: ItsSurroundings,
): Content {
  if (deleted) return contentOf(new Uint8Array(0));
  return concatenate(value.map((part) => encodePart(root, part, around)));
}

function encodePart(root: ItsNode, part: ItsPart, around: ItsSurroundings): Content {
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
  return slice(content, Number(from), Number(length));
}

type CellsPart = Extract<ItsPart, { kind: "cells" }>;

function encodeCells(root: ItsNode, part: CellsPart, around: ItsSurroundings): Content {
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
