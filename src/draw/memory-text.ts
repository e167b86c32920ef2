// Memory maps as text: a block for each step, addresses going up downwards, free stretches between
// what is there, and after each file how much it can grow.

import { bytes } from "../diagnostics/index.js";
import { hex } from "../ground/index.js";
import type { Growth } from "../memory/index.js";
import {
  type Clash,
  headroomOf,
  type Item,
  type Kind,
  type MemoryMap,
  type Step,
} from "./memory-map.js";

/** How to print. */
export interface TextOptions {
  /** Whether to show conflicts in red with ANSI escapes. Default: no. */
  readonly color?: boolean;
}

/** What is said of each kind, in a word. */
const words: Readonly<Record<Kind, string>> = {
  reserved: "reserved",
  running: "script",
  script: "fetched",
  file: "loaded",
  written: "written",
  scratch: "written",
  moved: "written",
};

const red = (text: string) => `\u001b[31m${text}\u001b[0m`;

/** `maps` as text, its last line ended. */
export function memoryText(maps: readonly MemoryMap[], options: TextOptions = {}): string {
  const paint = options.color ? red : (text: string) => text;
  return maps.map((map) => mapText(map, paint)).join("\n");
}

function mapText(map: MemoryMap, paint: typeof red): string {
  const { board, steps } = map;
  const title = titleOf(map);
  const end = board.memory.base + board.memory.size;
  const blocks = steps.map((step, index) => stepText(step, index + 1, end, paint));
  const headroom = headroomOf(map).map(({ item: { name }, growth, step }) => {
    return `  ${name} ${growthText(growth)} (step ${step})\n`;
  });
  const last = headroom.length === 0 ? [] : [`head-room:\n\n${headroom.join("")}`];
  const nothing = steps.length === 0 ? ["  it loads nothing\n"] : [];
  return [`${title}\n${"=".repeat(title.length)}\n`, ...nothing, ...blocks, ...last].join("\n");
}

/** `script netboot on rpi_3, for bench-1`. */
export function titleOf({ script, board, client }: MemoryMap): string {
  return `script ${script} on ${board.id}${client === undefined ? "" : `, for ${client}`}`;
}

function stepText(step: Step, number: number, end: number, paint: typeof red): string {
  const { place, text, items, clashes } = step;
  const clashing = new Set(clashes.flatMap(({ first, second }) => [first, second]));
  const width = Math.max(0, ...items.map((item) => (item.growth ? item.name.length : 0)));
  const lines: string[] = [];
  let reached = items[0]?.start ?? end;
  for (const item of items) {
    if (item.start > reached) lines.push(freeRow(reached, item.start));
    const row = rowOf(item, lines.length === 0 ? "┌" : "├", width);
    lines.push(clashing.has(item) ? paint(row) : row);
    reached = Math.max(reached, item.start + item.size);
  }
  if (end > reached) lines.push(freeRow(reached, end));
  return [
    `${number}. ${place}  ${text}\n`,
    ...lines,
    `  ${hex(reached)} └`,
    ...clashes.map((clash) => paint(`  !! ${clashText(clash)}`)),
    "",
  ].join("\n");
}

function rowOf(item: Item, corner: string, width: number): string {
  const { kind, start, name, fresh, growth } = item;
  const word = kind === "file" && !fresh ? "still" : words[kind];
  const what = growth ? `${name.padEnd(width)}   ${growthText(growth)}` : name;
  return `  ${hex(start)} ${corner} ${sizeText(item).padStart(11)}  ${word.padEnd(8)}  ${what}`;
}

function freeRow(start: number, end: number): string {
  return `  ${hex(start)} ┊ ${bytes(end - start).padStart(11)}  free`;
}

/** The size of `item`, with a sign where it is only known from above. */
export function sizeText({ size, estimated }: Item): string {
  return estimated ? `≤ ${bytes(size)}` : bytes(size);
}

/** How much something can grow, and up to what. */
export function growthText({ room, next }: Growth): string {
  return room < 0
    ? `is ${bytes(-room)} too large for ${next}`
    : `can grow by ${bytes(room)}, up to ${next}`;
}

/** What meets, and where. */
export function clashText({ first, second, start, size }: Clash): string {
  return `${shortName(first)} and ${shortName(second)} share ${bytes(size)} at ${hex(start)}`;
}

/** The name of `item` without what explains it. */
export function shortName({ kind, name }: Item): string {
  return kind === "reserved" ? name.replace(/[:,;].*/, "") : name;
}
