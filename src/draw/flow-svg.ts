// The graph of a flow as SVG.
import type { FlowGraph } from "./flow-graph.js";
import {
  type Box,
  type Bus,
  type Card,
  type Chain,
  layoutOf,
  NODE,
  type Straight,
} from "./flow-layout.js";
import { drawing, type Element, element, fitted, MARGIN, words } from "./svg.js";

const style = `
.title { font-size: 15px; font-weight: bold }
.heading { font-weight: bold }
.faint { fill: #4a5568 }
.card { fill: #f8fafc; stroke: #cbd5e0 }
.step { fill: #ffffff; stroke: #718096 }
.choice, .retry { fill: #fdf3d8; stroke: #b7791f }
.end, .done { fill: #d5f0e0; stroke: #2f855a }
.failed { fill: #fed7d7; stroke: #c53030 }
.next { stroke: #4a5568; fill: none; stroke-width: 1.3 }
.fails { stroke: #c53030; fill: none; stroke-width: 1.3; stroke-dasharray: 5 3 }
.chain { stroke: #6b46c1; fill: none; stroke-width: 2 }
.next-tip { fill: #4a5568 }
.fails-tip { fill: #c53030 }
.chain-tip { fill: #6b46c1 }
`;

/** How far above the middle of a box failures arrive, and below it leave. */
const OFF = 6;
const LEAST_WIDTH = 520;

/** `graph` as a drawing. */
export function flowSvg(graph: FlowGraph, title: string): string {
  const { width, height, cards, chains } = layoutOf(graph, 76);
  const body = [
    words(MARGIN, 36, title, { class: "title" }),
    ...legend(),
    ...cards.flatMap(cardElements),
    ...chains.flatMap(chainElements),
    ...cards.flatMap(({ boxes }) => boxes.slice(1).flatMap(boxElements)),
  ];
  return drawing(title, { width: Math.max(LEAST_WIDTH, width), height }, style, body);
}

function legend(): readonly Element[] {
  const rows = [
    ["next", "goes on"],
    ["fails", "when it fails"],
    ["chain", "fetches and runs"],
  ] as const;
  return rows.flatMap(([kind, text], index) => {
    const x = MARGIN + index * 150;
    return [line(kind, [x, 52], [x + 26, 52]), words(x + 32, 56, text, { class: "faint" })];
  });
}

type Point = readonly [x: number, y: number];
type Look = "next" | "fails" | "chain";

const line = (look: Look, ...points: readonly Point[]): Element =>
  element("polyline", { points: points.map((point) => point.join(",")).join(" "), class: look });

/** The tip of an arrow at a point; `dx` and `dy` say where it points to. */
function tip(look: Look, [x, y]: Point, dx: number, dy: number): Element {
  const at = (along: number, across: number) =>
    `${x - dx * along + dy * across},${y - dy * along + dx * across}`;
  return element("polygon", {
    points: `${x},${y} ${at(7, 3.5)} ${at(7, -3.5)}`,
    class: `${look}-tip`,
  });
}

function cardElements({ script, x, y, width, height, straights, buses }: Card): readonly Element[] {
  const room = width - 24;
  return [
    element("rect", { x, y, width, height, rx: 6, class: "card" }),
    words(x + 12, y + 19, fitted(`script ${script.name}`, room), { class: "heading" }),
    words(x + 12, y + 35, fitted(script.file, room), { class: "faint" }),
    ...straights.flatMap(straightElements),
    ...buses.flatMap(busElements),
  ];
}

function straightElements({ kind, x, from, to }: Straight): readonly Element[] {
  const said =
    kind === "yes" || kind === "no" ? [words(x + 7, from + 13, kind, { class: "faint" })] : [];
  return [line("next", [x, from], [x, to - 5]), tip("next", [x, to], 0, 1), ...said];
}

function busElements({ fails, x, to, from }: Bus): readonly Element[] {
  const look = fails ? "fails" : "next";
  const side = (box: Box) => (fails ? box.x + box.width : box.x);
  const arrival = to.y + NODE / 2 - OFF;
  const inwards = fails ? -1 : 1;
  return [
    ...from.flatMap(({ box, kind }) => {
      const leaving = box.y + NODE / 2 + OFF;
      const said = kind === "yes" || kind === "no";
      return [
        line(
          look,
          [side(box), leaving],
          [x, leaving],
          [x, arrival],
          [side(to) - inwards * 5, arrival],
        ),
        ...(said
          ? [words(side(box) - 5, leaving + 10, kind, { class: "faint", "text-anchor": "end" })]
          : []),
      ];
    }),
    tip(look, [side(to), arrival], inwards, 0),
  ];
}

function chainElements({ y, from, to }: Chain): readonly Element[] {
  const entry = to.x + 20;
  return [
    ...from.map(({ box, x }) => {
      const middle = box.y + NODE / 2;
      return line(
        "chain",
        [box.x + box.width, middle],
        [x, middle],
        [x, y],
        [entry, y],
        [entry, to.y - 5],
      );
    }),
    tip("chain", [entry, to.y], 0, 1),
  ];
}

function boxElements({ node, x, y, width }: Box): readonly Element[] {
  const { kind, text, opens } = node;
  const rx = kind === "end" || kind === "done" || kind === "failed" ? NODE / 2 : 3;
  return [
    ...(opens ? [words(x + 24, y - 5, opens, { class: "faint" })] : []),
    element("rect", { x, y, width, height: NODE, rx, class: kind }, element("title", {}, text)),
    words(x + 10, y + 17, fitted(text, width - 16)),
  ];
}
