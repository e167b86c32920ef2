// The memory that a device tree keeps others out of: its reservation map, and the children of
// /reserved-memory that have a place. Devicetree Specification 0.4, 3.5 and 5.3.
import type { Content } from "../content.js";
import { viewOf } from "../layout.js";
import { readFdtHeader, walkFdt } from "./fdt.js";

/** A stretch of physical memory and the node that reserves it. */
export interface ReservedRegion {
  readonly start: number;
  /** Bytes. */
  readonly size: number;
  /** The node's name, or `/memreserve/`. */
  readonly name: string;
}

/** So many are looked at, whatever the file says. */
const MOST = 256;

/** What the device tree in `content` reserves; nothing when it is not one. */
export function reservedRegions(content: Content): readonly ReservedRegion[] {
  return [...reservationMap(content), ...reservedNodes(content)].filter(({ size }) => size > 0);
}

function* reservationMap(content: Content): Generator<ReservedRegion> {
  const header = readFdtHeader(content);
  if (!header) return;
  for (let index = 0; index < MOST; index++) {
    const bytes = content.read(header.reservationsOffset + 16 * index, 16);
    if (bytes.length < 16) return;
    const [start, size] = [cells(bytes, 0, 2), cells(bytes, 8, 2)];
    if (start === 0 && size === 0) return;
    yield { start, size, name: "/memreserve/" };
  }
}

function* reservedNodes(content: Content): Generator<ReservedRegion> {
  const widths = { "#address-cells": 2, "#size-cells": 1 };
  let within = false;
  let node = "";
  let found = 0;
  for (const item of walkFdt(content)) {
    if (item.kind === "node") {
      if (item.depth === 1) within = item.name === "reserved-memory";
      else if (item.depth === 2) node = item.name;
      continue;
    }
    if (!within) continue;
    if (item.depth === 1 && item.name in widths && item.length === 4) {
      const width = cells(content.read(item.offset, 4), 0, 1);
      if (width > 2) return;
      widths[item.name as keyof typeof widths] = width;
    }
    if (item.depth !== 2 || item.name !== "reg") continue;
    const [address, size] = [widths["#address-cells"], widths["#size-cells"]];
    const step = 4 * (address + size);
    const bytes = content.read(item.offset, Math.min(item.length, step * MOST));
    for (let at = 0; step > 0 && at + step <= bytes.length && found < MOST; at += step) {
      found += 1;
      const start = cells(bytes, at, address);
      yield { start, size: cells(bytes, at + 4 * address, size), name: node };
    }
  }
}

/** A number of `count` big-endian words; above 2^53 it is not exact, and nothing is there. */
function cells(bytes: Uint8Array, offset: number, count: number): number {
  const view = viewOf(bytes);
  let value = 0;
  for (let index = 0; index < count; index++) {
    value =
      value * 2 ** 32 +
      (offset + 4 * index + 4 <= bytes.length ? view.getUint32(offset + 4 * index) : 0);
  }
  return value;
}
