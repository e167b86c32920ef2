// Which bytes of a device tree a configuration's signature covers: the nodes that are named, and what
// is needed to hold them (U-Boot boot/fdt_region.c). Works on the stored bytes, not on the tree, since
// a signature is about bytes. Signing and verifying both come here.
import { type Content, slice } from "../content.js";
import { type FdtHeader, type FdtToken, fdtTokens } from "./fdt.js";

/** Bytes from the start of the tree. */
export interface FdtRegion {
  readonly offset: number;
  readonly size: number;
}

/** Properties that are never covered: a hash is, in their place. */
export const excluded: ReadonlySet<string> = new Set([
  "data",
  "data-size",
  "data-position",
  "data-offset",
]);

/** The longest path that U-Boot follows, with what it adds to it. */
const MAX_PATH = 200;

/** Whether U-Boot can follow a node of this name and this path, both as they are stored. */
export function isPathCovered(name: string, path: string): boolean {
  // Sic: U-Boot would close only the part of such a name after its last slash.
  return !name.includes("/") && path.length + 2 < MAX_PATH;
}

/** How much of a node is covered: with its properties, only its frame, or nothing. */
const cover = { whole: 2, frame: 1, nothing: 0 } as const;

interface State {
  /** Names of the nodes that are open. */
  readonly path: string[];
  /** What was covered of each parent. */
  readonly outer: number[];
  want: number;
}

/**
 * The regions of the nodes whose paths are in `paths`; undefined where U-Boot finds none, because
 * the tree is damaged or a path too long. Adjacent regions are one.
 */
export function fdtRegions(
  content: Content,
  header: FdtHeader,
  paths: ReadonlySet<string>,
): FdtRegion[] | undefined {
  const regions: { offset: number; size: number }[] = [];
  const state: State = { path: [], outer: [], want: 0 };
  let start: number | undefined;
  for (const token of fdtTokens(content, header)) {
    if (token.kind === "fault") return undefined;
    const { covered, stop } = step(token, state, paths);
    if (token.kind === "node" && !isPathCovered(token.name, state.path.join("/"))) return undefined;
    if (covered && start === undefined) {
      const last = regions.at(-1);
      const adjacent = last && last.offset + last.size === token.offset;
      start = adjacent ? last.offset : token.offset;
      if (adjacent) regions.pop();
    } else if (!covered && start !== undefined) {
      regions.push({ offset: start, size: stop - start });
      start = undefined;
    }
    if (token.kind !== "end") continue;
    if (token.next !== header.structureOffset + header.structureSize) return undefined;
    regions.push({ offset: start ?? token.offset, size: token.next - (start ?? token.offset) });
  }
  return regions;
}

/** Whether a token is covered, and where a region ends that it does not belong to. */
function step(token: FdtToken, state: State, paths: ReadonlySet<string>) {
  const whole = state.want === cover.whole;
  switch (token.kind) {
    case "node": {
      state.outer.push(state.want);
      state.path.push(token.name);
      const named = paths.has(state.path.length === 1 ? "/" : state.path.join("/"));
      state.want = named ? cover.whole : Math.max(cover.nothing, state.want - 1);
      return { covered: state.want > 0, stop: token.offset };
    }
    case "property":
      return { covered: whole && !excluded.has(token.name), stop: token.offset };
    case "nop":
      return { covered: whole, stop: token.offset };
    case "end-node": {
      const covered = state.want > 0;
      state.want = state.outer.pop() ?? cover.nothing;
      state.path.pop();
      // Sic: where this closes a region of nodes deeper in the tree, it belongs to that.
      return { covered, stop: token.next };
    }
    default:
      return { covered: true, stop: token.next };
  }
}

/** The bytes of `regions`, and after them the first `strings` bytes of the names. */
export function coveredBytes(
  content: Content,
  header: FdtHeader,
  regions: readonly FdtRegion[],
  strings: number,
): Content[] {
  return [...regions, { offset: header.stringsOffset, size: strings }].map(({ offset, size }) =>
    slice(content, offset, size),
  );
}
