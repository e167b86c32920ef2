// What `ubootc map` shows, before it is drawn: for each step of the scripts that a client runs,
// what is where in memory at its end, what must not meet and does, and how far everything can grow.
import { type Board, freeMemory, type Region } from "../boards/index.js";
import { reservedRegions } from "../image/index.js";
import {
  type Analysis,
  type Growth,
  growthOf,
  type InMemory,
  type Moment,
  overlap,
  type Plan,
  packedOf,
  relocationRoom,
  type Start,
} from "../memory/index.js";
import type { Client } from "../program/index.js";
import { type Place, placeOf } from "./place.js";

/** What something in memory is there for. */
export type Kind =
  /** Firmware's, U-Boot's own, or set apart by the device tree. */
  | "reserved"
  /** The script whose steps are shown. */
  | "running"
  /** A script that the step fetches. */
  | "script"
  /** Loaded by this step or one before. */
  | "file"
  /** Written by starting the kernel. */
  | "written"
  /** Where `booti` unpacks first. */
  | "scratch"
  /** Where U-Boot moves initrd and device tree to. */
  | "moved";

/** Something in memory. */
export interface Item extends Region {
  readonly kind: Kind;
  readonly name: string;
  /** Whether the step puts it there. */
  readonly fresh: boolean;
  /** Whether the size is only known from above. */
  readonly estimated: boolean;
  readonly file?: InMemory;
  /** How far it can grow; undefined for what is no file of the flow. */
  readonly growth?: Growth;
}

/** Two things that must not meet, and the bytes they share. */
export interface Clash extends Region {
  readonly first: Item;
  readonly second: Item;
}

/** Memory at the end of a step. */
export interface Step extends Place {
  /** In ascending order. */
  readonly items: readonly Item[];
  readonly clashes: readonly Clash[];
}

/** The steps of a script. */
export interface MemoryMap {
  readonly script: string;
  readonly board: Board;
  /** Undefined for a script that all clients share. */
  readonly client?: string;
  readonly steps: readonly Step[];
}

/** The least that something can grow in any step, and in which. */
export interface Headroom {
  readonly item: Item;
  readonly growth: Growth;
  /** From 1. */
  readonly step: number;
}

/** What the flow puts into memory, each thing with the step that leaves it the least room. */
export function headroomOf({ steps }: MemoryMap): readonly Headroom[] {
  const least = new Map<string, Headroom>();
  for (const [index, { items }] of steps.entries()) {
    for (const item of items) {
      const { growth, name } = item;
      const before = least.get(name);
      if (!growth || (before && before.growth.room <= growth.room)) continue;
      least.set(name, { item, growth, step: index + 1 });
    }
  }
  return [...least.values()];
}

/** The scripts that `client` runs, or everybody where there are no clients, in written order. */
export function memoryMaps({ runs }: Plan, client: Client | undefined): readonly MemoryMap[] {
  return runs
    .filter((run) => run.client === client || (!run.client && run.board === client?.board))
    .map(({ script, board, analysis, client: own }) => ({
      script: script.name,
      board,
      steps: analysis.moments.map((moment) => stepOf(moment, analysis)),
      ...(own && { client: own.name }),
    }));
}

function stepOf(moment: Moment, analysis: Analysis): Step {
  const { step, start } = moment;
  const { board } = analysis;
  const there = [...ownItems(moment, analysis), ...reservedItems(board, start)];
  const plain = [...there, ...noMemory(there, board)];
  const meets = (a: Item, b: Item) => harms(a, b, start, board) || harms(b, a, start, board);
  const free = freeMemory(board);
  const items = plain
    .map((item): Item => {
      const grows = item.kind === "file" || item.kind === "written";
      const first = { start: item.start, size: 1 };
      if (!grows || !free.some((each) => overlap(each, first))) return item;
      const others = plain.filter((other) => other !== item && meets(item, other));
      return { ...item, growth: limited(growthOf(item, others, free), item, start, board) };
    })
    .sort((a, b) => a.start - b.start || b.size - a.size);
  const clashes = items.flatMap((first, index) =>
    items
      .slice(index + 1)
      .filter((second) => overlap(first, second) && meets(first, second))
      .map((second) => ({ first, second, ...common(first, second) })),
  );
  return { ...placeOf(step), items, clashes };
}

function ownItems(moment: Moment, { script, layout, board, uses }: Analysis): Item[] {
  const { before, loads, start, chained } = moment;
  const items: Item[] = [];
  const add = (kind: Kind, name: string, { start, size }: Region, rest: Partial<Item> = {}) =>
    items.push({ kind, name, start, size, fresh: true, estimated: false, ...rest });
  const own = layout.slots.get(script.name);
  if (own) add("running", script.name, own, { fresh: false });
  for (const file of new Map([
    ...before,
    ...loads.map((each) => [each.provision.name, each] as const),
  ]).values()) {
    const { kind, name } = file.provision;
    // The image of a kernel is one thing, what comes out of it another.
    const shown = kind === "kernel" ? `${name} image` : name;
    add("file", shown, file, { file, fresh: loads.includes(file) });
  }
  if (chained) add("script", chained.script.name, chained.slot);
  if (!start) return items;
  const { name } = start.image;
  const estimated = isEstimated(start);
  for (const [index, region] of distinct(start.landing.writes).entries()) {
    add("written", `${name} ${index === 0 ? arrivalOf(start) : "running"}`, region, { estimated });
  }
  // U-Boot puts them there out of the FIT.
  for (const each of start.config ? [start.dtb, ...start.overlays] : []) {
    const from = `${each?.provision.name} of ${start.kernel.provision.name}`;
    if (each) add("written", from, each, { file: each });
  }
  if (start.unpack) add("scratch", `${name} being unpacked`, start.unpack);
  const moving = start.initrd ? "initrd, dtb" : "dtb";
  if (!start.initrd || !board.limits.initrdStays) {
    add("moved", `${moving} moved`, relocationRoom(board, uses));
  }
  return items;
}

/** Of regions that begin at the same place, the largest. */
function distinct(regions: readonly Region[]): readonly Region[] {
  const largest = new Map<number, Region>();
  for (const each of regions) {
    const before = largest.get(each.start);
    if (!before || each.size > before.size) largest.set(each.start, each);
  }
  return [...largest.values()];
}

/** What happens to a kernel at the place it is first put to. */
function arrivalOf({ image, landing, config }: Start): string {
  if (landing.late) return "running";
  if (config && landing.inPlace) return "running";
  return packedOf(image)?.compression === "none" ? "copied" : "unpacked";
}

/** Whether the size of the running kernel is a guess: neither its format nor its wrapper tells. */
function isEstimated({ image, landing }: Start): boolean {
  const payload = image.input?.payload;
  if (landing.late) return true;
  if (payload?.kind === "uimage") return payload.header?.compression !== 0;
  return payload?.kind === "compressed" && payload.uncompressedSize === undefined;
}

/** What firmware and U-Boot hold, and what the device tree of a kernel that is started reserves. */
function reservedItems({ memory }: Board, start: Start | undefined): readonly Item[] {
  const reserved = (name: string, { start, size }: Region): Item => ({
    kind: "reserved",
    name,
    start,
    size,
    fresh: false,
    estimated: false,
  });
  let end = memory.base + memory.size;
  const top = memory.reservedTop.parts.map(({ why, size }) => {
    end -= size;
    return reserved(why, { start: end, size });
  });
  const dtb = start?.dtb?.provision;
  const named = dtb?.input ? reservedRegions(dtb.input.content) : [];
  return [
    ...memory.reserved.map((each) => reserved(each.why, each)),
    ...top,
    ...named.map((each) => reserved(`${dtb?.name} reserves it for ${each.name}`, each)),
  ];
}

/** Where something is put and there is no memory at all. */
function noMemory(items: readonly Item[], { memory }: Board): readonly Item[] {
  const end = memory.base + memory.size;
  const lowest = Math.min(memory.base, ...items.map(({ start }) => start));
  const highest = Math.max(end, ...items.map(({ start, size }) => start + size));
  const nothing = { kind: "reserved", name: "no memory", fresh: false, estimated: false } as const;
  return [
    { ...nothing, start: lowest, size: memory.base - lowest },
    { ...nothing, start: end, size: highest - end },
  ].filter(({ size }) => size > 0);
}

/** Whether it does harm when `writer` is put where `victim` is: what the checks look for. */
function harms(writer: Item, victim: Item, start: Start | undefined, board: Board): boolean {
  const { kind, file } = victim;
  // What the kernel itself writes is an estimate, and its own business.
  const late = start?.landing.late === true;
  if (kind === "reserved") {
    return (
      writer.kind === "file" || writer.kind === "script" || (writer.kind === "written" && !late)
    );
  }
  if (kind !== "file") return false;
  const handed =
    file !== undefined && (file === start?.initrd || file.provision === start?.dtb?.provision);
  switch (writer.kind) {
    case "file":
    case "script":
      return true;
    case "written":
      // What U-Boot takes out of a FIT must not land on it, wherever the kernel runs.
      if (file === start?.kernel) return writer.file !== undefined || !start?.landing.inPlace;
      return handed && !late;
    case "scratch":
      return file === start?.kernel || handed;
    case "moved":
      return (
        file?.provision === start?.dtb?.provision &&
        start?.initrd !== undefined &&
        !board.limits.initrdStays
      );
    default:
      return false;
  }
}

/** `growth`, no further than `bootm` unpacks. */
function limited(growth: Growth, item: Item, start: Start | undefined, board: Board): Growth {
  if (item.kind !== "written" || item.file || start?.landing.command !== "bootm") return growth;
  const room = board.limits.bootmLen - item.size;
  return room < growth.room ? { room, next: "the most that bootm unpacks" } : growth;
}

function common(a: Region, b: Region): Region {
  const start = Math.max(a.start, b.start);
  return { start, size: Math.min(a.start + a.size, b.start + b.size) - start };
}
