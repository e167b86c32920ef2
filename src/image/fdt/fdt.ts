// A flattened device tree token by token, without building it: nodes and properties in the order
// they are stored. Format: Devicetree Specification 0.4, chapter 5. Never throws on hostile bytes,
// and gives up after a fixed amount of work. fdt-read.ts builds the tree, fdt-write.ts stores one.
import type { Content } from "../content.js";
import { layout, u32be, viewOf } from "../layout.js";

/** The first four bytes of every flattened device tree. */
export const FDT_MAGIC = 0xd00dfeed;

/** The fields of the header. Offsets and sizes in bytes. */
export interface FdtHeader {
  readonly magic: number;
  readonly totalSize: number;
  readonly structureOffset: number;
  readonly stringsOffset: number;
  readonly reservationsOffset: number;
  readonly version: number;
  readonly lastCompatibleVersion: number;
  readonly bootCpu: number;
  readonly stringsSize: number;
  readonly structureSize: number;
}

/** The header's layout. */
export const fdtHeader = layout<FdtHeader>({
  magic: { kind: u32be },
  totalSize: { kind: u32be, meaning: (size) => `${size} bytes` },
  structureOffset: { kind: u32be },
  stringsOffset: { kind: u32be },
  reservationsOffset: { kind: u32be },
  version: { kind: u32be, meaning: (version) => `${version}` },
  lastCompatibleVersion: { kind: u32be, meaning: (version) => `${version}` },
  bootCpu: { kind: u32be },
  stringsSize: { kind: u32be, meaning: (size) => `${size} bytes` },
  structureSize: { kind: u32be, meaning: (size) => `${size} bytes` },
});

/** How the structure block marks what follows; the numbers are the specification's. */
export const fdtMark = { node: 1, endNode: 2, property: 3, nop: 4, end: 9 } as const;

/** What ends the reading of a structure block before its end. */
export type FdtFaultCode =
  | "fdt-cut"
  | "fdt-mark"
  | "fdt-name"
  | "fdt-nesting"
  | "fdt-order"
  | "fdt-too-many"
  | "fdt-size";

/** A token lies from `offset` to `next`, in bytes from the start of the tree. */
export type FdtToken = { readonly offset: number; readonly next: number } & (
  | { readonly kind: "node"; readonly name: string }
  /** `length` bytes from `value` on; the name is at `nameOffset` in the strings block. */
  | {
      readonly kind: "property";
      readonly name: string;
      readonly nameOffset: number;
      readonly value: number;
      readonly length: number;
    }
  | { readonly kind: "end-node" | "nop" | "end" }
  /** The last one where the rest cannot be read. */
  | { readonly kind: "fault"; readonly code: FdtFaultCode }
);

/** Tokens that are looked at before the reading gives up. */
const MAX_TOKENS = 1_000_000;

/** Nodes inside nodes, as deep as U-Boot follows them (boot/fdt_region.c). */
const MAX_DEPTH = 32;

/** The longest name that is read, in bytes; the specification allows 31. */
const MAX_NAME = 256;

/** How much is read at a time, in bytes. */
const WINDOW = 1 << 12;

/** The header of the device tree in `content`; undefined when there is none. */
export function readFdtHeader(content: Content): FdtHeader | undefined {
  const header = fdtHeader.decode(content.read(0, fdtHeader.size));
  return header?.magic === FDT_MAGIC ? header : undefined;
}

/**
 * The tokens of the structure block that `header` describes, up to the end or the first fault: a
 * token outside its block, a name that does not end, nodes that are not nested as they must be.
 * Names are read byte by byte, so that they can be written again as they were.
 */
export function* fdtTokens(content: Content, header: FdtHeader): Generator<FdtToken, void> {
  const next = tokenReader(content, header);
  let [offset, depth, closed] = [header.structureOffset, 0, false];
  /** Whether the node at a depth has had a node inside, after which no property may come. */
  const inner: boolean[] = [];
  for (let count = 0; ; count++) {
    const token = next(offset);
    const wrong = (code: FdtFaultCode): FdtToken => ({ kind: "fault", code, offset, next: offset });
    if (count === MAX_TOKENS) return yield wrong("fdt-too-many");
    if (token.kind === "node") {
      if (closed || depth === MAX_DEPTH || (depth === 0) !== (token.name === "")) {
        return yield wrong("fdt-nesting");
      }
      inner[depth] = true;
      depth += 1;
      inner[depth] = false;
    } else if (token.kind === "property") {
      if (depth === 0) return yield wrong("fdt-nesting");
      if (inner[depth]) return yield wrong("fdt-order");
    } else if (token.kind === "end-node") {
      if (depth === 0) return yield wrong("fdt-nesting");
      depth -= 1;
      closed = depth === 0;
    } else if (token.kind === "end" && !closed) {
      return yield wrong("fdt-nesting");
    } else if (token.kind === "nop" && depth === 0) {
      // libfdt expects the root first, and after it the end.
      return yield wrong("fdt-nesting");
    }
    yield token;
    if (token.kind === "end" || token.kind === "fault") return;
    offset = token.next;
  }
}

/** Reads one token, wherever it starts. */
function tokenReader(content: Content, header: FdtHeader): (offset: number) => FdtToken {
  // Two, because reading goes back and forth between the structure and the names.
  const [window, names] = [windowOn(content), windowOn(content)];
  const sized = header.version >= 17;
  const end = sized ? header.structureOffset + header.structureSize : content.size;
  const stringsEnd = header.stringsOffset + header.stringsSize;
  const word = (at: number) => viewOf(window(at, 4)).getUint32(0);
  return (offset) => {
    const fault = (code: FdtFaultCode): FdtToken => ({ kind: "fault", code, offset, next: offset });
    const fits = (at: number) => at <= end && at <= content.size;
    if (!fits(offset + 4)) return fault("fdt-cut");
    const mark = word(offset);
    if (mark === fdtMark.node) {
      const found = nameAt(window, offset + 4, end);
      if (!found) return fault("fdt-name");
      return { kind: "node", name: found.name, offset, next: offset + 4 + aligned(found.size) };
    }
    if (mark === fdtMark.property) {
      if (!fits(offset + 12)) return fault("fdt-cut");
      const [length, nameOffset, value] = [word(offset + 4), word(offset + 8), offset + 12];
      const next = value + aligned(length);
      if (!fits(next)) return fault("fdt-cut");
      const found = nameAt(names, header.stringsOffset + nameOffset, stringsEnd);
      if (!found) return fault("fdt-name");
      return { kind: "property", name: found.name, nameOffset, value, length, offset, next };
    }
    if (mark === fdtMark.endNode) return { kind: "end-node", offset, next: offset + 4 };
    if (mark === fdtMark.nop) return { kind: "nop", offset, next: offset + 4 };
    if (mark === fdtMark.end) return { kind: "end", offset, next: offset + 4 };
    return fault("fdt-mark");
  };
}

/** Something met while walking. The root is at depth 0, with an empty name. */
export type FdtItem =
  | { readonly kind: "node"; readonly name: string; readonly depth: number }
  /** `depth` is that of the node it belongs to; the value is in the tree from `offset` on. */
  | {
      readonly kind: "property";
      readonly name: string;
      readonly depth: number;
      readonly offset: number;
      readonly length: number;
    };

/** Items that are looked at before a walk gives up. */
const MAX_ITEMS = 100_000;

/** The nodes and properties of the device tree in `content`, as far as they can be read. */
export function* walkFdt(content: Content): Generator<FdtItem, void> {
  const header = readFdtHeader(content);
  if (!header) return;
  let [depth, items] = [-1, 0];
  for (const token of fdtTokens(content, header)) {
    if (items++ === MAX_ITEMS) return;
    if (token.kind === "node") {
      depth += 1;
      yield { kind: "node", name: token.name, depth };
    } else if (token.kind === "property") {
      const { name, value: offset, length } = token;
      yield { kind: "property", name, depth, offset, length };
    } else if (token.kind === "end-node") {
      depth -= 1;
    }
  }
}

/** `size` rounded up to the 4 bytes on which tokens start. */
export function aligned(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** The name at `offset` and the bytes it takes with its zero, which must come before `end`. */
function nameAt(
  read: Read,
  offset: number,
  end: number,
): { name: string; size: number } | undefined {
  const bytes = read(offset, Math.max(0, Math.min(MAX_NAME, end - offset)));
  const length = bytes.indexOf(0);
  if (length < 0) return undefined;
  return { name: String.fromCharCode(...bytes.subarray(0, length)), size: length + 1 };
}

type Read = Content["read"];

/** Reads of `content` through one piece that is kept, since reading goes by many tiny ones. */
export function windowOn(content: Content): Read {
  let start = 0;
  let kept: Uint8Array = new Uint8Array(0);
  return (offset, length) => {
    const end = Math.min(content.size, offset + length);
    if (offset < start || end > start + kept.length) {
      start = offset;
      kept = content.read(offset, Math.max(WINDOW, length));
    }
    return kept.subarray(offset - start, offset - start + length);
  };
}
