// Placement: an address for everything a script loads, so that nothing written later lands on
// something needed still. U-Boot's variables are used where what they point at fits, literal
// addresses elsewhere. Growth is allowed for where there is room.

import type { Board, Region } from "../boards/index.js";
import { type Diagnostic, diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { Provision } from "../program/index.js";
import type { Target } from "../steps/index.js";
import { draftOf } from "./fits.js";
import { alignUp, landingInFit, landingOf, packedOf } from "./kernels.js";
import { type Layout, usual } from "./layout.js";
import { atGap, atVariable, KiB, type Placed, roomAtEnd, variableOf } from "./regions.js";

/** Where what a script loads goes, by name. */
export interface Placement {
  readonly files: ReadonlyMap<string, Placed>;
  /** What `booti` unpacks to before it moves it back, by the kernel. */
  readonly unpacking: ReadonlyMap<string, Placed>;
}

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

/** Variables that point to good places, of which the address is used: older versions do not have all. */
const others = ["kernel_comp_addr_r", "ramdisk_addr_r", "kernel_addr_r", "loadaddr"];

/** What a file may grow by until the next build, where there is room. */
const GROWTH = 1.25;

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
  const files = new Map<string, Placed>();
  const unpacking = new Map<string, Placed>();
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
    ...slots.values(),
    ...files.values(),
    ...unpacking.values(),
    relocationRoom(board, uses),
  ];
  const demanded = uses.flatMap(({ size, to }) =>
    to.map(({ address }) => ({ start: address, size })),
  );
  const pending = uses.filter(({ anywhere }) => anywhere);
  for (const { provision, size, to, anywhere } of uses) {
    const [first] = to;
    if (!anywhere && first)
      files.set(provision.name, { start: first.address, size, ...variableOf(first) });
  }
  const roomOf = (use: Use) =>
    (use.provision.kind === "kernel" && !use.provision.wrapped) || startsInside(use)
      ? startRoom(use, layout)
      : alignUp(Math.ceil(use.size * growth) + use.grows, 4 * KiB);
  for (const use of pending) {
    const { kind } = use.provision;
    const place = atVariable(board, usual[kind], roomOf(use), taken());
    if (place) files.set(use.provision.name, place);
  }
  for (const use of pending) {
    if (files.has(use.provision.name)) continue;
    const room = roomOf(use);
    const place = atVariable(board, others, room, taken()) ?? atGap(board, room, taken());
    if (place) files.set(use.provision.name, { start: place.start, size: place.size });
    else refuse({ use, size: use.size });
  }
  for (const use of kernels) {
    const size = unpackingSize(use, layout);
    if (size === undefined) continue;
    const room = alignUp(size, 64 * KiB);
    const place =
      atVariable(board, ["kernel_comp_addr_r"], room, taken()) ?? atGap(board, room, taken());
    if (place) unpacking.set(use.provision.name, place);
    else refuse({ use, size: room });
  }
  return { files, unpacking };
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
