// Builds the tree that is stored in a flattened device tree, strictly: what U-Boot's libfdt refuses is
// refused here, and a little more. Never throws on hostile bytes; values stay where they are.
import { type Content, contentOf, slice } from "../content.js";
import { latin1, viewOf } from "../layout.js";
import {
  aligned,
  FDT_MAGIC,
  type FdtFaultCode,
  type FdtHeader,
  fdtHeader,
  fdtTokens,
  windowOn,
} from "./fdt.js";
import type { FdtReservation } from "./tree.js";
import type { StoredNode, StoredProperty, StoredTree } from "./write.js";

/** Why a tree cannot be read. */
export interface FdtFault {
  readonly code: FdtFaultCode | "fdt-header" | "fdt-version" | "fdt-block" | "fdt-total";
  /** In bytes from the start. */
  readonly offset: number;
  readonly message: string;
}

/** A tree, or why there is none. */
export type ReadFdt =
  | { readonly tree: StoredTree; readonly header: FdtHeader; readonly problem: undefined }
  | {
      readonly tree: undefined;
      readonly header: FdtHeader | undefined;
      readonly problem: FdtFault;
    };

const messages: Record<FdtFaultCode, string> = {
  "fdt-cut": "the structure block ends in the middle",
  "fdt-mark": "there is no token here",
  "fdt-name": "a name does not end inside its block",
  "fdt-nesting": "nodes do not begin and end as they must",
  "fdt-order": "a property comes after a node of the same parent",
  "fdt-too-many": "there are too many tokens",
  "fdt-size": "the structure block does not end where the header says",
};

/** Reads the device tree at the start of `content`; what follows it does not matter. */
export function readFdt(content: Content): ReadFdt {
  const header = fdtHeader.decode(content.read(0, fdtHeader.size));
  const problem = header ? headerFault(header, content) : fault("fdt-header", 0, "no header");
  if (!header || problem) {
    return { tree: undefined, header, problem: problem ?? fault("fdt-header", 0, "no header") };
  }
  const reservations = readReservations(content, header);
  if (!reservations) {
    const message = "the memory reservations do not end";
    const found = fault("fdt-block", header.reservationsOffset, message);
    return { tree: undefined, header, problem: found };
  }
  const root = readNodes(content, header);
  if ("code" in root) return { tree: undefined, header, problem: root };
  const bytes = content.read(header.stringsOffset, header.stringsSize);
  const { lastCompatibleVersion, bootCpu } = header;
  const strings = latin1(bytes);
  const tree = { root, reservations, bootCpu, strings, lastCompatibleVersion };
  return { tree, header, problem: undefined };
}

function fault(code: FdtFault["code"], offset: number, message: string): FdtFault {
  return { code, offset, message };
}

/** The header as libfdt checks it (fdt_check_header), against what is there too. */
function headerFault(header: FdtHeader, content: Content): FdtFault | undefined {
  const at = fdtHeader.offsetOf;
  const { magic, version, lastCompatibleVersion, totalSize } = header;
  if (magic !== FDT_MAGIC) return fault("fdt-header", 0, "no device tree starts here");
  if (version < 17 || lastCompatibleVersion > 17 || version < lastCompatibleVersion) {
    return fault("fdt-version", at("version"), `version ${version} is not read here`);
  }
  if (totalSize > content.size || totalSize < fdtHeader.size) {
    const message = `the total size is ${totalSize} bytes, but ${content.size} are there`;
    return fault("fdt-total", at("totalSize"), message);
  }
  const blocks = [
    ["structureOffset", header.structureOffset, header.structureSize, 4],
    ["stringsOffset", header.stringsOffset, header.stringsSize, 1],
    ["reservationsOffset", header.reservationsOffset, 16, 8],
  ] as const;
  for (const [field, offset, size, alignment] of blocks) {
    if (offset % alignment === 0 && offset >= fdtHeader.size && offset + size <= totalSize)
      continue;
    return fault("fdt-block", at(field), `the block at ${offset} lies outside the tree`);
  }
  return undefined;
}

/** Reservations that are read; nothing has more than a handful. */
const MAX_RESERVATIONS = 1024;

function readReservations(content: Content, header: FdtHeader): FdtReservation[] | undefined {
  const found: FdtReservation[] = [];
  while (found.length < MAX_RESERVATIONS) {
    const at = header.reservationsOffset + 16 * found.length;
    if (at + 16 > header.totalSize) return undefined;
    const view = viewOf(content.read(at, 16));
    const entry = { address: view.getBigUint64(0), size: view.getBigUint64(8) };
    // The end is an entry of size 0; U-Boot looks at nothing else.
    if (entry.size === 0n) return found;
    found.push(entry);
  }
  return undefined;
}

interface OpenNode extends StoredNode {
  readonly properties: StoredProperty[];
  readonly children: OpenNode[];
}

/** Values up to this size are copied, in bytes: reading each of them from a file takes longer. */
const SMALL = 256;

function readNodes(content: Content, header: FdtHeader): StoredNode | FdtFault {
  const near = windowOn(content);
  const valueAt = (offset: number, size: number) =>
    size > SMALL ? slice(content, offset, size) : contentOf(new Uint8Array(near(offset, size)));
  const open: OpenNode[] = [];
  let root: OpenNode | undefined;
  for (const token of fdtTokens(content, header)) {
    const node = open.at(-1);
    if (token.kind === "node") {
      const child: OpenNode = { name: token.name, properties: [], children: [] };
      root ??= child;
      node?.children.push(child);
      open.push(child);
    } else if (token.kind === "property") {
      const { name, nameOffset, value, length } = token;
      const filled = aligned(length) - length;
      // Kept because what fills a value is not always zero, and a tree is written as it was.
      const padding = filled > 0 ? { padding: new Uint8Array(near(value + length, filled)) } : {};
      node?.properties.push({ name, nameOffset, value: valueAt(value, length), ...padding });
    } else if (token.kind === "end-node") {
      open.pop();
    } else if (token.kind === "fault") {
      return fault(token.code, token.offset, messages[token.code]);
    } else if (token.kind === "end") {
      const end = header.structureOffset + header.structureSize;
      if (token.next !== end) return fault("fdt-size", token.next, messages["fdt-size"]);
    }
  }
  return root ?? fault("fdt-nesting", header.structureOffset, messages["fdt-nesting"]);
}
