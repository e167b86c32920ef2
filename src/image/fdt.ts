// Walks a flattened device tree without building it: nodes and properties in the order they are
// stored. Format: Devicetree Specification 0.4, chapter 5. Never throws on hostile bytes, and gives
// up after a fixed amount of work.
import type { Content } from "./content.js";
import { layout, u32be, viewOf } from "./layout.js";

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

const token = { node: 1, end: 2, property: 3, nop: 4 };

/** Nodes and properties that are looked at before the walk gives up. */
const MAX_ITEMS = 100_000;

/** The longest name that is read, in bytes; the specification allows 31. */
const MAX_NAME = 256;

/** How much is read at a time, in bytes. */
const WINDOW = 1 << 12;

/** The header of the device tree in `content`; undefined when there is none. */
export function readFdtHeader(content: Content): FdtHeader | undefined {
  const header = fdtHeader.decode(content.read(0, fdtHeader.size));
  return header?.magic === FDT_MAGIC ? header : undefined;
}

/** The nodes and properties of the device tree in `content`, as far as they can be read. */
export function* walkFdt(content: Content): Generator<FdtItem, void> {
  const header = readFdtHeader(content);
  if (!header) return;
  // Two, because a walk goes back and forth between the structure and the names.
  const [window, names] = [windowOn(content), windowOn(content)];
  const word = (at: number) => {
    const bytes = window(at, 4);
    return bytes.length === 4 ? viewOf(bytes).getUint32(0) : 0;
  };
  let depth = -1;
  let offset = header.structureOffset;
  for (let items = 0; items < MAX_ITEMS; items++) {
    const kind = word(offset);
    offset += 4;
    if (kind === token.node) {
      const { name, size } = nameAt(window, offset);
      depth += 1;
      yield { kind: "node", name, depth };
      offset += aligned(size);
    } else if (kind === token.property) {
      const length = word(offset);
      const { name } = nameAt(names, header.stringsOffset + word(offset + 4));
      offset += 8;
      yield { kind: "property", name, depth, offset, length };
      offset += aligned(length);
    } else if (kind === token.end) {
      depth -= 1;
      if (depth < 0) return;
    } else if (kind !== token.nop) {
      return;
    }
  }
}

function aligned(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** The name at `offset` and the bytes it takes with its terminating zero. */
function nameAt(window: Read, offset: number): { name: string; size: number } {
  const bytes = window(offset, MAX_NAME);
  const end = bytes.indexOf(0);
  const used = end < 0 ? bytes : bytes.subarray(0, end);
  return { name: new TextDecoder().decode(used), size: used.length + 1 };
}

type Read = Content["read"];

/** Reads of `content` through one piece that is kept, since a walk makes many tiny ones. */
function windowOn(content: Content): Read {
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
