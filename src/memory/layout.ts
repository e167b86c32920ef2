// What is the same for all scripts that run on a board: where the kernels that are wrapped here go, the
// trees of FITs, and the scripts themselves.
import { type Board, freeMemory, type Region } from "../boards/index.js";
import type { Fit, Program, Provision } from "../program/index.js";
import { growthBy } from "./grow.js";
import { alignUp, landingOf, naturalLoad, packedOf } from "./kernels.js";
import { atGap, atVariable, KiB, type Placed, roomAtEnd } from "./regions.js";

export interface Layout {
  readonly board: Board;
  /** The load address in the image of each kernel that we wrap. */
  readonly loads: ReadonlyMap<string, number>;
  /** Where trees and overlays of a FIT are put to, by the names of both. */
  readonly trees: ReadonlyMap<string, ReadonlyMap<string, Region>>;
  /** Where each script is loaded to when another chains to it. */
  readonly slots: ReadonlyMap<string, Placed>;
}

/** What standard boot loads at most (boot/bootmeth_script.c); ample for a script. */
export const SCRIPT_ROOM = 64 * KiB;

/** Variables that hold a file of a kind, in every version of a board's U-Boot. */
export const usual = {
  kernel: ["kernel_addr_r"],
  dtb: ["fdt_addr_r"],
  overlay: ["fdtoverlay_addr_r"],
  initrd: ["ramdisk_addr_r"],
  file: ["loadaddr"],
  fit: [],
} as const;
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
  const ours = () =>
    provisions.flatMap(({ name, fit }) =>
      fit ? [[name, treesOf(fit, board, landed)] as const] : [],
    );
  const trees = main?.trees ?? new Map(ours());
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
