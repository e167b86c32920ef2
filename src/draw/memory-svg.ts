// Memory maps as SVG, made for a review: a band for each script, in it a column for each step,
// addresses going up downwards. What a step loads stands left, what starting a kernel writes right.
import { bandPart, LANES, LEFT, lanesOf } from "./memory-band.js";
import { headroomOf, type MemoryMap, type Step } from "./memory-map.js";
import { patterns, style } from "./memory-style.js";
import { clashText, growthText, titleOf } from "./memory-text.js";
import {
  drawing,
  type Element,
  element,
  fitted,
  LINE,
  MARGIN,
  type Part,
  WIDTH,
  words,
} from "./svg.js";

const legend: readonly (readonly [string, string])[] = [
  ["file", "loaded"],
  ["file old", "loaded before"],
  ["written", "written by starting the kernel"],
  ["scratch", "while unpacking"],
  ["moved", "moved there by U-Boot"],
  ["script", "script"],
  ["reserved", "reserved"],
];

/** `maps` as a drawing, 1000 pixels wide. */
export function memorySvg(maps: readonly MemoryMap[], title: string): string {
  const body: Element[] = [patterns, words(MARGIN, 36, title, { class: "title" })];
  let y = 48;
  const put = (part: Part) => {
    body.push(element("g", { transform: `translate(0 ${y})` }, ...part.elements));
    y += part.height;
  };
  put(legendPart());
  for (const map of maps) {
    put(heading(map));
    const bands = inBands(map.steps);
    for (const [index, band] of bands.entries()) {
      put(
        bandPart(
          map,
          band,
          bands.slice(0, index).reduce((sum, { length }) => sum + length, 1),
        ),
      );
    }
    put(remarks(map));
  }
  return drawing(title, { width: WIDTH, height: y + MARGIN }, style, body);
}

function legendPart(): Part {
  let x = MARGIN;
  const elements = legend.flatMap(([kind, text]) => {
    const at = x;
    x += 30 + text.length * 6.7;
    return [
      element("rect", { x: at, y: 3, width: 14, height: 11, class: kind }),
      words(at + 19, 12, text, { class: "faint" }),
    ];
  });
  const scale =
    "To scale, except that ≈ shortens, and no box is lower than its text. +1.0 MiB: so much it can grow.";
  return { elements: [...elements, words(MARGIN, 31, scale, { class: "faint" })], height: 44 };
}

function heading(map: MemoryMap): Part {
  const rule = element("line", { x1: MARGIN, x2: WIDTH - MARGIN, y1: 4, y2: 4, class: "axis" });
  const lines = [words(MARGIN, 28, titleOf(map), { class: "title" })];
  if (map.steps.length === 0) lines.push(words(MARGIN, 46, "it loads nothing", { class: "faint" }));
  return { elements: [rule, ...lines], height: map.steps.length === 0 ? 60 : 38 };
}

/** As many steps beside one another as there is room for. */
function inBands(steps: readonly Step[]): readonly (readonly Step[])[] {
  const bands: Step[][] = [];
  let used = LANES;
  for (const step of steps) {
    if (used + lanesOf(step) > LANES) {
      bands.push([]);
      used = 0;
    }
    bands.at(-1)?.push(step);
    used += lanesOf(step);
  }
  return bands;
}

/** What clashes, and what can grow by how much: the picture in words. */
function remarks(map: MemoryMap): Part {
  const clashes = new Set(
    map.steps.flatMap((step, index) =>
      step.clashes.map((clash) => `× step ${index + 1}: ${clashText(clash)}`),
    ),
  );
  const lines = [
    ...[...clashes].map((text) => ({ text, class: "bad" })),
    ...headroomOf(map)
      .filter(({ growth }) => growth.room >= 0)
      .map(({ item: { name }, growth, step }) => ({
        text: `${name} ${growthText(growth)} (step ${step})`,
        class: "faint",
      })),
  ];
  const elements = lines.map(({ text, class: kind }, index) =>
    words(LEFT, 8 + index * LINE, fitted(text, WIDTH - MARGIN - LEFT), { class: kind }),
  );
  return { elements, height: lines.length === 0 ? 0 : lines.length * LINE + 16 };
}
