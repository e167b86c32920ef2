// Placement: an address for everything a script loads, so that nothing written later lands on
// something needed still. U-Boot's variables are used where what they point at fits, literal
// addresses elsewhere. Growth is allowed for where there is room.

import { type Board, freeMemory, type Region } from "../boards/index.js";
import { bytes, type Diagnostic, diagnose, type Report, type Span } from "../diagnostics/index.js";
import { hex } from "../ground/index.js";
import type { Fit, Program, Provision } from "../program/index.js";
import type { Target } from "../steps/index.js";
import { draftOf } from "./fits.js";
import { growthBy } from "./grow.js";
import { alignUp, landingInFit, landingOf, naturalLoad, packedOf } from "./kernels.js";

/** Memory that a file is loaded to. */
export interface Placed extends Region {
  /** The environment variable that holds the start, where one does. */
  readonly variable?: string;
}

/** What a script loads, by name. Scripts are in it as `script:NAME`. */
export type Placement = ReadonlyMap<string, Placed>;

/** One thing to find a place for. */
export interface Use {
  readonly provision: Provision;
  /** Bytes of the file. */
  readonly size: number;
  readonly span: Span;
  /** The addresses that the flow demands. */
  readonly to: readonly Target[];
  /** Bytes that it becomes longer by in memory: a tree that overlays are applied to. */
  readonly grows: number;
  /** Whether it is loaded without such a demand, too. */
  readonly anywhere: boolean;
}

/** What is the same for all scripts that run on a board. */
export interface Layout {
  readonly board: Board;
  /** The load address in the image of each kernel that we wrap. */
  readonly loads: ReadonlyMap<string, number>;
  /** Where trees and overlays of a FIT are put to, by the names of both. */
  readonly trees: ReadonlyMap<string, ReadonlyMap<string, Region>>;
  /** Where each script is loaded to when another chains to it. */
  readonly slots: ReadonlyMap<string, Placed>;
}

const KiB = 0x400;
const MiB = 0x100000;
/** What standard boot loads at most (boot/bootmeth_script.c); ample for a script. */
export const SCRIPT_ROOM = 64 * KiB;
const GROWTH = 1.25;

/**
 * Variables that hold a file of a kind, in every version of a board's U-Boot; and others that point
 * to good places, of which the address is used: older versions do not have all of them.
 */
const usual = {
  kernel: ["kernel_addr_r"],
  dtb: ["fdt_addr_r"],
  overlay: ["fdtoverlay_addr_r"],
  initrd: ["ramdisk_addr_r"],
  file: ["loadaddr"],
  fit: [],
} as const;
const others = ["kernel_comp_addr_r", "ramdisk_addr_r", "kernel_addr_r", "loadaddr"];

/** Where the kernels of `program` go on `board`, and where its scripts do. */
export function layoutFor(program: Program, board: Board, main: Layout | undefined): Layout {
  const provisions = [...program.provisions.values()];
  const inFits = provisions.flatMap(({ fit }) => fit?.images ?? []);
  const loaded = inFits.flatMap(({ provision, noload }) => (noload ? [] : [provision]));
  const wrapped = [...provisions, ...loaded].filter(
    (each) => each.kind === "kernel" && each.wrapped && each.input,
  );
  const chosen = main?.loads ?? new Map(wrapped.map((each) => [each.name, loadOf(each, board)]));
  const landed = wrapped.flatMap((each) => {
    const load = chosen.get(each.name) ?? 0;
    return landingOf(each, board, load, load).writes;
  });
  const trees = main?.trees ?? new Map<string, ReadonlyMap<string, Region>>();
  if (!main) {
    for (const { name, fit } of provisions) {
      if (fit)
        (trees as Map<string, ReadonlyMap<string, Region>>).set(name, treesOf(fit, board, landed));
    }
  }
  for (const places of trees.values()) landed.push(...places.values());
  const slots = new Map<string, Placed>();
  // All are of one size: the lowest gap for one comes after that of the one before.
  let from = 0;
  for (const { name, place } of program.scripts.values()) {
    const preferred =
      place === "sdcard" ? ["scriptaddr", "pxefile_addr_r"] : ["pxefile_addr_r", "scriptaddr"];
    const named = atVariable(board, preferred, SCRIPT_ROOM, landed);
    const slot = named ?? atGap(board, SCRIPT_ROOM, landed, from);
    if (!slot) continue;
    slots.set(name, slot);
    if (named) landed.push(slot);
    else from = slot.start + slot.size;
  }
  return { board, loads: chosen, trees, slots };
}

/** A place for the trees of `fit`, of which one is started, and for each of its overlays. */
function treesOf(fit: Fit, board: Board, landed: readonly Region[]): ReadonlyMap<string, Region> {
  const places = new Map<string, Region>();
  const sizeOf = (provision: Provision) => packedOf(provision)?.content.size ?? 0;
  const base = Math.max(
    0,
    ...fit.configs.map(({ dtb, overlays }) => (dtb ? sizeOf(dtb) + growthBy(overlays) : 0)),
  );
  const initrds = fit.configs.map(({ initrd }) => (initrd ? sizeOf(initrd) : 0));
  const moved = roomAtEnd(board, Math.max(...initrds) + base);
  const find = (variables: readonly string[], size: number) => {
    const taken = [...landed, ...places.values(), moved];
    const room = alignUp(size, 4 * KiB);
    return atVariable(board, variables, room, taken) ?? atGap(board, room, taken);
  };
  const shared = base > 0 ? find(usual.dtb, base) : undefined;
  for (const { provision } of fit.images) {
    const { kind, name } = provision;
    const place = kind === "dtb" ? shared : undefined;
    const own = kind === "overlay" ? find(usual.overlay, sizeOf(provision)) : place;
    if (own) places.set(name, { start: own.start, size: own.size });
  }
  return places;
}

/** The load address of a kernel image: the flow's, or the next good one from `kernel_addr_r`. */
function loadOf(provision: Provision, board: Board): number {
  if (provision.load) return provision.load.address;
  const lowest = freeMemory(board)[0]?.start ?? board.memory.base;
  return naturalLoad(provision, board.addresses.kernel_addr_r ?? lowest);
}

/** Something that has no place, and the bytes that were looked for. */
interface Refused {
  readonly use: Use;
  readonly size: number;
}

/**
 * Finds a place for all of `uses`; what does not fit is left out. The largest of that is reported: the
 * rest may fit without it.
 */
export function placeAll(layout: Layout, uses: readonly Use[], report: Report): Placement {
  let cramped = false;
  const roomy = tryToPlace(layout, uses, GROWTH, () => {
    cramped = true;
  });
  if (!cramped) return roomy;
  const refused: Refused[] = [];
  const tight = tryToPlace(layout, uses, 1, (each) => refused.push(each));
  const [largest] = refused.sort((left, right) => right.size - left.size);
  if (largest) report(noRoom(largest, layout.board));
  return tight;
}

function tryToPlace(
  layout: Layout,
  uses: readonly Use[],
  growth: number,
  refuse: (refused: Refused) => void,
): Placement {
  const { board, slots, loads, trees } = layout;
  const result = new Map<string, Placed>();
  for (const [name, slot] of slots) result.set(`script:${name}`, slot);
  const kernels = uses.filter(({ provision }) => provision.kind === "kernel");
  /** What starting the wrapped kernels writes: known before anything is placed. */
  const inFits = uses.flatMap(({ provision: { name, fit } }) => [
    ...(fit?.images ?? []).flatMap((each) =>
      each.provision.kind === "kernel" && !each.noload
        ? landingOf(each.provision, board, loads.get(each.provision.name) ?? 0, 0).writes
        : [],
    ),
    ...(trees.get(name)?.values() ?? []),
  ]);
  const written = kernels.flatMap(({ provision }) =>
    provision.wrapped || packedOf(provision)?.inner.kind === "uimage"
      ? landingOf(provision, board, loads.get(provision.name) ?? 0, 0).writes
      : [],
  );
  const taken = () => [
    ...written,
    ...inFits,
    ...demanded,
    ...result.values(),
    relocationRoom(board, uses),
  ];
  const demanded = uses.flatMap(({ size, to }) =>
    to.map(({ address }) => ({ start: address, size })),
  );
  const pending = uses.filter(({ anywhere }) => anywhere);
  for (const { provision, size, to, anywhere } of uses) {
    const [first] = to;
    if (!anywhere && first)
      result.set(provision.name, { start: first.address, size, ...variableOf(first) });
  }
  const roomOf = (use: Use) =>
    (use.provision.kind === "kernel" && !use.provision.wrapped) || startsInside(use)
      ? startRoom(use, layout)
      : alignUp(Math.ceil(use.size * growth) + use.grows, 4 * KiB);
  for (const use of pending) {
    const { kind } = use.provision;
    const place = atVariable(board, usual[kind], roomOf(use), taken());
    if (place) result.set(use.provision.name, place);
  }
  for (const use of pending) {
    if (result.has(use.provision.name)) continue;
    const room = roomOf(use);
    const place = atVariable(board, others, room, taken()) ?? atGap(board, room, taken());
    if (place) result.set(use.provision.name, { start: place.start, size: place.size });
    else refuse({ use, size: use.size });
  }
  for (const use of kernels) {
    const size = unpackingSize(use, layout);
    if (size === undefined) continue;
    const room = alignUp(size, 64 * KiB);
    const place =
      atVariable(board, ["kernel_comp_addr_r"], room, taken()) ?? atGap(board, room, taken());
    if (place) result.set(`unpack:${use.provision.name}`, place);
    else refuse({ use, size: room });
  }
  return result;
}

/** The variable of `target`, where it was written as one. */
export function variableOf({ variable }: { readonly variable?: string }) {
  return variable === undefined ? {} : { variable };
}

function noRoom({ use: { provision, span }, size }: Refused, { id, memory }: Board): Diagnostic {
  return diagnose("no-room", { name: provision.name, size, board: id, memory: memory.size }, span);
}

/** What `booti` unpacks before it moves it back; undefined for what it need not unpack. */
function unpackingSize({ provision }: Use, { board }: Layout): number | undefined {
  return provision.wrapped ? undefined : landingOf(provision, board, 0, 0).unpacks;
}

/** Whether a kernel of a FIT is started where it lies in the file. */
function startsInside({ provision: { fit } }: Use): boolean {
  return fit?.images.some(({ noload }) => noload) ?? false;
}

/** A kernel that is started where it was loaded needs all it writes there, and a bit to align. */
function startRoom({ provision, size }: Use, { board }: Layout): number {
  const base = board.addresses.kernel_addr_r ?? board.memory.base;
  const { fit } = provision;
  const writes = fit
    ? fit.images.flatMap(({ provision: image, noload }) => {
        const place = draftOf(provision.name, fit).places.get(image.name)?.start ?? 0;
        return noload ? landingInFit(image, board, undefined, base + place).writes : [];
      })
    : landingOf(provision, board, 0, base).writes;
  const end = Math.max(...writes.map((region) => region.start + region.size), base + size);
  return alignUp(end - base, 64 * KiB);
}

/** The end of memory, where `bootm` and its kin move DTB and initrd to. */
export function relocationRoom(board: Board, uses: readonly Use[]): Region {
  const moving = uses.filter(({ provision }) => provision.kind !== "kernel");
  return roomAtEnd(
    board,
    moving.reduce((sum, use) => sum + use.size, 0),
  );
}

/** Where so many bytes of DTB and initrd end up. */
function roomAtEnd(board: Board, bytes: number): Region {
  const size = alignUp(bytes + 64 * KiB, MiB);
  const windows = [board.limits.bootmSize, board.limits.bootMapSize].filter(
    (each) => each !== undefined,
  );
  const free = freeMemory(board).at(-1);
  const freeEnd = free ? free.start + free.size : board.memory.base + board.memory.size;
  const end = Math.min(freeEnd, ...windows.map((each) => board.memory.base + each));
  return { start: end - size, size };
}

/** `0x00080000..0x01fee000 (31.4 MiB)`: the end is not included. */
export function range({ start, size }: Region): string {
  return `${hex(start)}..${hex(start + size)} (${bytes(size)})`;
}

/** The first of `variables` that points at `size` bytes nobody holds. */
function atVariable(
  board: Board,
  variables: readonly string[],
  size: number,
  taken: readonly Region[],
): Placed | undefined {
  const free = freeMemory(board);
  for (const variable of variables) {
    const start = board.addresses[variable];
    if (start === undefined) continue;
    const region = { start, size, variable };
    if (
      free.some((each) => contains(each, region)) &&
      !taken.some((each) => overlap(each, region))
    ) {
      return region;
    }
  }
  return undefined;
}

/** The lowest `size` bytes at or after `from` that nobody holds. */
function atGap(board: Board, size: number, taken: readonly Region[], from = 0): Placed | undefined {
  const align = size >= MiB ? 2 * MiB : 64 * KiB;
  const ordered = [...taken].sort((a, b) => a.start - b.start);
  for (const free of freeMemory(board)) {
    let start = alignUp(Math.max(free.start, from), align);
    for (const each of ordered) {
      if (each.start >= start + size) break;
      start = Math.max(start, alignUp(each.start + each.size, align));
    }
    if (contains(free, { start, size })) return { start, size };
  }
  return undefined;
}

/** Whether two regions share a byte. */
export function overlap(a: Region, b: Region): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size;
}

function contains(outer: Region, inner: Region): boolean {
  return inner.start >= outer.start && inner.start + inner.size <= outer.start + outer.size;
}
