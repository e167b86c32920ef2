// Where everything of a flow's graph goes. A script is a card with its statements one below the
// other, as they are read in the source. Edges that share a target share a line: on the left of the
// card what is skipped, on the right failures, above the cards what `chain` fetches.
import type { FlowGraph, GraphEdge, GraphNode, ScriptGraph } from "./flow-graph.js";
import { inLanes } from "./lanes.js";
import { CHARACTER, MARGIN } from "./svg.js";

/** A node with its box. */
export interface Box {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** An edge to the box below, and the line of its arrow. */
export interface Straight {
  readonly kind: GraphEdge["kind"];
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** Edges with one target, along the vertical line at `x`. */
export interface Bus {
  readonly fails: boolean;
  readonly x: number;
  readonly to: Box;
  readonly from: readonly { readonly box: Box; readonly kind: GraphEdge["kind"] }[];
}

/** A script. */
export interface Card {
  readonly script: ScriptGraph;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly straights: readonly Straight[];
  readonly buses: readonly Bus[];
}

/** The way from the statements that chain to a script, each up at its `x`, along `y`, and down. */
export interface Chain {
  readonly y: number;
  readonly from: readonly { readonly box: Box; readonly x: number }[];
  readonly to: Card;
}

/** A whole drawing. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly Card[];
  readonly chains: readonly Chain[];
}

/** Height of a box, of the head of a card and of the space above a box. */
export const NODE = 26;
export const HEAD = 46;
export const GAP = 18;
/** For the word that says what a block is. */
const OPENS = 14;
const INDENT = 16;
const TRACK = 9;
const NARROWEST = 170;
const WIDEST = 340;
const BETWEEN = 12;
/** Between a box and the first line beside it, with and without a word on it. */
const STUB = 12;
const WORDED = 24;

/** Lays out `graph` below `top`. */
export function layoutOf(graph: FlowGraph, top: number): FlowLayout {
  const edges = graph.edges.filter(({ kind }) => kind === "chain");
  const targets = byTarget(edges);
  const y = top + targets.length * TRACK + BETWEEN;
  const cards: Card[] = [];
  let x = MARGIN;
  const risers = new Map<string, Map<string, number>>();
  for (const script of graph.scripts) {
    const card = cardOf(script, graph.edges, x, y);
    cards.push(card);
    x += card.width + BETWEEN;
    const own = new Map<string, number>();
    for (const { to, from } of targets) {
      if (!from.some(({ from: id }) => has(script, id))) continue;
      own.set(to, x);
      x += TRACK;
    }
    risers.set(script.name, own);
  }
  const chains = targets.flatMap(({ to, from }, index) => {
    const target = cards.find(({ script }) => has(script, to));
    const starts = from.flatMap(({ from: id }) => {
      const card = cards.find(({ script }) => has(script, id));
      const box = card?.boxes.find(({ node }) => node.id === id);
      const riser = card && risers.get(card.script.name)?.get(to);
      return box && riser !== undefined ? [{ box, x: riser }] : [];
    });
    return target ? [{ to: target, from: starts, y: top + index * TRACK }] : [];
  });
  const height = Math.max(y, ...cards.map((card) => card.y + card.height)) + MARGIN;
  return { width: x - BETWEEN + MARGIN, height, cards, chains };
}

const has = ({ nodes }: ScriptGraph, id: string) => nodes.some((each) => each.id === id);

/** Edges with one target. */
interface Group {
  readonly to: string;
  readonly from: readonly GraphEdge[];
}

function byTarget(edges: readonly GraphEdge[]): readonly Group[] {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) groups.set(edge.to, [...(groups.get(edge.to) ?? []), edge]);
  return [...groups].map(([to, from]) => ({ to, from }));
}

function cardOf(script: ScriptGraph, all: readonly GraphEdge[], x: number, y: number): Card {
  const rows = new Map(script.nodes.map(({ id }, row) => [id, row]));
  const row = (id: string) => rows.get(id) ?? 0;
  const edges = all.filter(({ from, to }) => has(script, from) && has(script, to));
  const isStraight = ({ from, to, kind }: GraphEdge) =>
    kind !== "fails" && row(to) === row(from) + 1;
  const reach = ({ to, from }: Group) => {
    const ends = [row(to), ...from.map((edge) => row(edge.from))];
    return { from: Math.min(...ends), to: Math.max(...ends) + 0.5 };
  };
  const length = (group: Group) => reach(group).to - reach(group).from;
  // Short ones inside, so that they cross less.
  const lanes = (wanted: (edge: GraphEdge) => boolean) =>
    inLanes(
      byTarget(edges.filter(wanted)).toSorted((a, b) => length(a) - length(b)),
      reach,
    );
  const skips = lanes((edge) => edge.kind !== "fails" && !isStraight(edge));
  const failures = lanes(({ kind }) => kind === "fails");
  const most = (list: typeof skips) => Math.max(0, ...list.map((each) => each.lane + 1));

  const left = x + (skips.length > 0 ? WORDED + most(skips) * TRACK : BETWEEN);
  const room = roomFor(script);
  const right = left + room;
  const { boxes, bottom } = boxesOf(script, left, room, y);
  const boxOf = new Map(boxes.map((box) => [box.node.id, box]));
  const bus =
    (fails: boolean) =>
    ({ item: { to, from }, lane }: (typeof skips)[number]): Bus[] => {
      const target = boxOf.get(to);
      const sources = from.flatMap(({ from: id, kind }) => {
        const box = boxOf.get(id);
        return box ? [{ box, kind }] : [];
      });
      const at = fails ? right + STUB + lane * TRACK : left - WORDED - lane * TRACK;
      return target ? [{ fails, x: at, to: target, from: sources }] : [];
    };
  return {
    script,
    x,
    y,
    boxes,
    width: right - x + (failures.length > 0 ? STUB + most(failures) * TRACK : BETWEEN),
    height: bottom - y,
    straights: edges.filter(isStraight).flatMap(({ from, to, kind }) => {
      const [upper, lower] = [boxOf.get(from), boxOf.get(to)];
      if (!upper || !lower) return [];
      return [{ kind, x: Math.max(upper.x, lower.x) + 12, from: upper.y + NODE, to: lower.y }];
    }),
    buses: [...skips.flatMap(bus(false)), ...failures.flatMap(bus(true))],
  };
}

/** Pixels for the widest of the boxes of `script`, its indentation included. */
function roomFor({ name, file, nodes }: ScriptGraph): number {
  const texts = nodes.map(({ text, depth }) => text.length * CHARACTER + depth * INDENT + 20);
  const head = Math.max(name.length + 7, file.length) * CHARACTER;
  return Math.min(WIDEST, Math.max(NARROWEST, head, ...texts));
}

/** The boxes of `script`; that of its beginning is the head of the card. */
function boxesOf({ nodes }: ScriptGraph, left: number, room: number, top: number) {
  let bottom = top + HEAD - NODE;
  const boxes = nodes.map((node, row): Box => {
    const { depth, opens } = node;
    if (row > 0) bottom += GAP + (opens ? OPENS : 0);
    const box = { node, x: left + depth * INDENT, y: bottom, width: room - depth * INDENT };
    bottom += NODE;
    return box;
  });
  return { boxes, bottom: bottom + GAP };
}
