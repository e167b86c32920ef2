// One row of columns of a memory map: a column for each step, with the axis of addresses on the left
// and what is reserved named on the right.

import type { Region } from "../boards/index.js";
import { bytes } from "../diagnostics/index.js";
import { hex } from "../ground/index.js";
import { overlap } from "../memory/index.js";
import { type Axis, axisOf, type Stretch } from "./axis.js";
import { inLanes } from "./lanes.js";
import type { Item, Kind, MemoryMap, Step } from "./memory-map.js";
import { clashText, growthText, shortName, sizeText } from "./memory-text.js";
import { type Element, element, fitted, LINE, MARGIN, type Part, WIDTH, words } from "./svg.js";

/** Where the addresses end and the columns begin. */
export const LEFT = MARGIN + 88;
/** Where the columns end; after them it is said what is reserved. */
const RIGHT = 826;
const WIDEST_LANE = 200;
/** So many lanes are wide enough to be read. */
export const LANES = 5;
const GAP = 8;

const isRight = (kind: Kind) => kind === "written" || kind === "scratch" || kind === "moved";

/** What a step loads, and what starting a kernel writes: each with the lanes that it needs. */
function sidesOf({ items }: Step) {
  const own = items.filter(({ kind }) => kind !== "reserved");
  const stretch = ({ start, size }: Item) => ({ from: start, to: start + size });
  return [false, true].map((right) => {
    const placed = inLanes(
      own.filter(({ kind }) => isRight(kind) === right),
      stretch,
    );
    return { placed, lanes: Math.max(right ? 0 : 1, ...placed.map(({ lanes }) => lanes)) };
  });
}

/** How many things stand side by side in `step` where they are most. */
export const lanesOf = (step: Step) => sidesOf(step).reduce((sum, { lanes }) => sum + lanes, 0);

/** `steps` of a map, the first of which is number `first`. */
export function bandPart({ board }: MemoryMap, steps: readonly Step[], first: number): Part {
  const items = steps.flatMap((each) => each.items);
  const reserved = items.filter(({ kind }) => kind === "reserved");
  const whole = { start: board.memory.base, size: board.memory.size };
  const axis = axisOf(
    items.filter(({ kind }) => kind !== "reserved"),
    reserved,
    whole,
  );
  const lanes = steps.reduce((sum, step) => sum + lanesOf(step), 0);
  const lane = Math.min(WIDEST_LANE, (RIGHT - LEFT) / lanes);
  const right = LEFT + lane * lanes;
  let x = LEFT;
  const columns: Element[] = [];
  const headings: { x: number; lines: readonly Element[] }[] = [];
  for (const [index, step] of steps.entries()) {
    const width = lane * lanesOf(step);
    headings.push({ x: x + GAP, lines: headingOf(step, first + index, width - GAP) });
    columns.push(...columnElements(step, axis, x, lane));
    x += width;
  }
  const rows = Math.max(...headings.map(({ lines }) => lines.length));
  const top = 18 + rows * 14;
  const scene = [
    ...axisElements(axis, right),
    ...reservedElements(reserved, axis, right),
    ...columns,
  ];
  const moved = element("g", { transform: `translate(0 ${top})` }, ...scene);
  const titles = headings.map(({ x: left, lines }) => {
    const stacked = lines.map((line, row) => ({
      ...line,
      attributes: { ...line.attributes, y: top - 10 - (lines.length - 1 - row) * 14 },
    }));
    return element("g", { transform: `translate(${left} 0)` }, ...stacked);
  });
  return { elements: [...titles, moved], height: top + axis.height + 18 };
}

/** What the step is, on one line or two, and where that is written. */
function headingOf({ text, place }: Step, number: number, room: number): readonly Element[] {
  return [
    ...wrapped(`${number}. ${text}`, room).map((line) => words(0, 0, line, { class: "heading" })),
    words(0, 0, fitted(place, room), { class: "faint" }),
  ];
}

function axisElements({ stretches, height, y }: Axis, right: number): readonly Element[] {
  const last = stretches.at(-1);
  const addresses = [
    ...stretches.map(({ start }) => start),
    ...(last ? [last.start + last.size] : []),
  ];
  return [
    ...addresses.flatMap((address) => [
      element("line", { x1: LEFT, x2: right, y1: y(address), y2: y(address), class: "grid" }),
      element("line", { x1: LEFT - 5, x2: LEFT, y1: y(address), y2: y(address), class: "axis" }),
      words(LEFT - 9, y(address) + 4, hex(address), { class: "address", "text-anchor": "end" }),
    ]),
    element("line", { x1: LEFT, x2: LEFT, y1: 0, y2: height, class: "axis" }),
    ...stretches.filter(({ broken }) => broken).map((each) => breakMark(LEFT, each)),
  ];
}

/** Two small waves across the axis: it is longer than it is drawn. */
function breakMark(x: number, { y, height }: Stretch): Element {
  const middle = y + height / 2;
  const wave = (at: number) => `M${x - 6} ${at} q3 -4 6 0 t6 0`;
  return element(
    "g",
    {},
    element("rect", { x: x - 2, y: middle - 2.5, width: 4, height: 5, fill: "#ffffff" }),
    element("path", {
      d: `${wave(Math.round(middle) - 2)} ${wave(Math.round(middle) + 3)}`,
      class: "break",
    }),
  );
}

/** What is reserved reaches through all columns, and is named after them. */
function reservedElements(items: readonly Item[], axis: Axis, right: number): readonly Element[] {
  const distinct = new Map(items.map((each) => [`${each.start} ${each.size} ${each.name}`, each]));
  return inLanes([...distinct.values()], (item) => extent(item, axis)).flatMap(({ item, lane }) => {
    const { from, to } = extent(item, axis);
    const x = right + GAP;
    const short = shortName(item);
    const room = WIDTH - MARGIN - x;
    const lines = to - from >= 2 * 13 ? wrapped(short, room) : [fitted(short, room)];
    const middle = (from + to) / 2 + 4 - (lines.length - 1) * 6.5;
    return [
      element(
        "rect",
        { x: LEFT, y: from, width: right - LEFT, height: to - from, class: "reserved" },
        element("title", {}, `${item.name}: ${sizeText(item)} at ${hex(item.start)}`),
      ),
      ...(lane > 0
        ? []
        : lines.map((line, index) => words(x, middle + index * 13, line, { class: "faint" }))),
    ];
  });
}

/** `text` on two lines, if one is not enough. */
function wrapped(text: string, room: number): readonly string[] {
  if (fitted(text, room) === text) return [text];
  const parts = text.split(" ");
  let first = parts.shift() ?? "";
  while (
    parts[0] !== undefined &&
    fitted(`${first} ${parts[0]}`, room) === `${first} ${parts[0]}`
  ) {
    first += ` ${parts.shift()}`;
  }
  return [fitted(first, room), fitted(parts.join(" "), room)].filter((each) => each !== "");
}

function extent({ start, size }: Region, axis: Axis) {
  return { from: axis.y(start), to: axis.y(start + size) };
}

function columnElements(step: Step, axis: Axis, x: number, lane: number): readonly Element[] {
  const clashing = new Set(step.clashes.flatMap(({ first, second }) => [first, second]));
  const boxes = new Map<Item, Box>();
  let left = x + GAP;
  for (const { placed, lanes } of sidesOf(step)) {
    for (const { item, lane: index, lanes: shared } of placed) {
      const width = (lane * lanes) / shared;
      const place = { x: left + width * index, width: width - GAP };
      boxes.set(item, { ...place, ...extent(item, axis) });
    }
    left += lane * lanes;
  }
  const width = lane * lanesOf(step);
  return [
    element("line", { x1: x + width, x2: x + width, y1: 0, y2: axis.height, class: "grid" }),
    ...freeElements(step, axis, x + GAP, width - GAP),
    ...[...boxes].map(([item, box]) => boxElement(item, box, clashing.has(item))),
    ...step.clashes.flatMap((clash) =>
      [clash.first, clash.second].flatMap((item) => {
        const box = boxes.get(item);
        const { from, to } = extent(clash, axis);
        if (!box) return [];
        const title = element("title", {}, clashText(clash));
        const shape = { x: box.x, y: from, width: box.width, height: to - from };
        return [element("rect", { ...shape, class: "clash" }, title)];
      }),
    ),
    ...[...boxes].flatMap(([item, box]) => labels(item, box, clashing.has(item))),
  ];
}

interface Box {
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

function boxElement(item: Item, { x, width, from, to }: Box, clashing: boolean): Element {
  const { kind, fresh, name, growth, start } = item;
  const grows = growth ? `, ${growthText(growth)}` : "";
  const title = element("title", {}, `${name}: ${sizeText(item)} at ${hex(start)}${grows}`);
  const old = kind === "file" && !fresh;
  const classes = [kind, ...(old ? ["old"] : []), ...(clashing ? ["clashing"] : [])].join(" ");
  return element("rect", { x, y: from, width, height: to - from, class: classes }, title);
}

/** The name and the size in a box, on two lines where it is high enough. */
function labels(item: Item, { x, width, from, to }: Box, clashing: boolean): readonly Element[] {
  const { name, growth } = item;
  const size = sizeText(item);
  const room = width - 12;
  const clear = clashing ? "clear" : undefined;
  const faint = clashing ? "faint clear" : "faint";
  const grows = growth && growth.room >= 0 ? [`+${bytes(growth.room)}`] : [];
  const both = [size, ...grows].join(", ");
  const whole = `${name} ${both}`;
  const lines = Math.floor((to - from - 3) / LINE);
  if (lines < 2 || fitted(whole, room) === whole) {
    const text = [whole, `${name} ${size}`].find((each) => fitted(each, room) === each) ?? name;
    return [words(x + 6, from + 15, fitted(text, room), { class: clear })];
  }
  const rest = fitted(both, room) === both ? [both] : [size, ...grows].slice(0, lines - 1);
  return [name, ...rest].map((text, row) =>
    words(x + 6, from + 15 + row * LINE, fitted(text, room), { class: row === 0 ? clear : faint }),
  );
}

/** In the middle of each free stretch, how long it is. */
function freeElements({ items }: Step, axis: Axis, x: number, width: number): readonly Element[] {
  const elements: Element[] = [];
  let free: Stretch[] = [];
  const flush = () => {
    const [first] = free;
    const last = free.at(-1);
    if (first && last) {
      const size = last.start + last.size - first.start;
      const middle = (first.y + last.y + last.height) / 2 + 4;
      const text = `${bytes(size)} free`;
      elements.push(
        words(x + width / 2, middle, text, { class: "faint", "text-anchor": "middle" }),
      );
    }
    free = [];
  };
  for (const stretch of axis.stretches) {
    if (stretch.outside || items.some((item) => overlap(item, stretch))) flush();
    else free.push(stretch);
  }
  flush();
  return elements;
}
