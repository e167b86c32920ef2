// What is in memory at each step of a script, along every path: which files are there for certain,
// which a step loads, and what starting a kernel does. Nothing is judged here; the checks read it,
// `ubootc map` draws it, and generate/ writes the loads that `boot` needs.
import type { Region } from "../boards/index.js";
import type { Report, Span } from "../diagnostics/index.js";
import type { Block, BootStatement, Statement } from "../language/index.js";
import {
  companionOf,
  type FitConfig,
  isFile,
  kernelOf,
  type Program,
  type Provision,
  provisionOf,
  type Scope,
  type Script,
  scriptOf,
  startedAs,
} from "../program/index.js";
import { configFor, draftOf } from "./fits.js";
import { growthBy } from "./grow.js";
import { type Landing, landingInFit, landingOf } from "./kernels.js";
import { type Layout, overlap, type Placed, type Placement, variableOf } from "./place.js";
import { servedSize, targetOf } from "./uses.js";

/** A file in memory. */
export interface InMemory extends Region {
  readonly provision: Provision;
  /** The environment variable that holds the start, where one does. */
  readonly variable?: string;
  /** Bytes kept free for it from `start` on, its own size included. */
  readonly room: number;
  /** The statement that loads it. */
  readonly span: Span;
}

/** What is in memory for certain, by name. */
export type State = ReadonlyMap<string, InMemory>;

/** A kernel that is started, and what goes with it. */
export interface Start {
  /** The file that the kernel is in. */
  readonly kernel: InMemory;
  /** The kernel itself: of a FIT, one of its images. */
  readonly image: Provision;
  /** What is started of a FIT; initrd, DTB and overlays are images of it, where they are put to. */
  readonly config?: FitConfig;
  readonly landing: Landing;
  readonly initrd?: InMemory;
  /** With what overlays add to it; undefined for the device tree of the firmware, or none. */
  readonly dtb?: InMemory;
  /** What is applied to that tree, in this order. */
  readonly overlays: readonly InMemory[];
  /** Bytes that the tree is made longer by before that. */
  readonly grows: number;
  /** Where `booti` unpacks a compressed kernel first. */
  readonly unpack?: Placed;
}

/** One step of a script that touches memory. */
export interface Moment {
  readonly statement: Statement;
  readonly before: State;
  /** What the step fetches, in this order. */
  readonly loads: readonly InMemory[];
  readonly after: State;
  readonly start?: Start;
  /** The script that `chain` fetches, and where to. */
  readonly chained?: { readonly script: Script; readonly slot: Placed };
}

/** What a timeline is made from. */
export interface TimelineInput {
  readonly program: Program;
  readonly layout: Layout;
  readonly placement: Placement;
  readonly scope: Scope;
  readonly report: Report;
}

/** Where a path through a block ends, and what was there all the way. */
interface Path {
  readonly end: State;
  readonly throughout: State;
}

/** The steps of `block` in the order they are written. */
export function timelineOf(block: Block, input: TimelineInput): readonly Moment[] {
  const moments: Moment[] = [];
  walkBlock(block, new Map(), input, (moment) => moments.push(moment));
  return moments;
}

/** Undefined where only the state matters. */
type Visit = ((moment: Moment) => void) | undefined;

function walkBlock(block: Block, start: State, input: TimelineInput, visit: Visit): Path {
  let path: Path = { end: start, throughout: start };
  for (const statement of block) {
    const next = walkStatement(statement, path.end, input, visit);
    path = { end: next.end, throughout: common(path.throughout, next.throughout) };
  }
  return path;
}

function walkStatement(
  statement: Statement,
  before: State,
  input: TimelineInput,
  visit: Visit,
): Path {
  switch (statement.type) {
    case "if": {
      const then = walkBlock(statement.body, before, input, visit);
      const otherwise = walkBlock(statement.otherwise, before, input, visit);
      const throughout = common(then.throughout, otherwise.throughout);
      return { end: common(then.end, otherwise.end), throughout };
    }
    case "try": {
      // The body can be left anywhere: only what was there throughout is there in the else.
      const body = walkBlock(statement.body, before, input, visit);
      const caught = walkBlock(statement.otherwise, body.throughout, input, visit);
      return {
        end: common(body.end, caught.end),
        throughout: common(body.throughout, caught.throughout),
      };
    }
    case "retry": {
      // A later attempt begins wherever an earlier one was left.
      const once = walkBlock(statement.body, before, input, undefined);
      // Looked at for that alone, the second time would tell nothing new, at twice the cost a level.
      if (!visit) return once;
      const body = walkBlock(statement.body, once.throughout, input, visit);
      return { end: body.end, throughout: body.throughout };
    }
    default: {
      const moment = momentOf(statement, before, input);
      if (!moment) return { end: before, throughout: before };
      visit?.(moment);
      return { end: moment.after, throughout: common(before, moment.after) };
    }
  }
}

function momentOf(statement: Statement, before: State, input: TimelineInput): Moment | undefined {
  const { program, scope, report, placement } = input;
  switch (statement.type) {
    case "load": {
      const provision = provisionOf(program, statement.what, scope, report);
      const to = statement.to && targetOf(statement.to, input.layout.board, scope, report);
      const placed = to ? { start: to.address, size: 0, ...variableOf(to) } : undefined;
      const loaded = provision && inMemory(provision, statement.span, input, placed);
      if (!loaded) return undefined;
      return { statement, before, loads: [loaded], after: withLoaded(before, [loaded]) };
    }
    case "chain": {
      const script = scriptOf(program, statement.script, scope, report);
      const place = script && placement.get(`script:${script.name}`);
      const to = statement.to && targetOf(statement.to, input.layout.board, scope, report);
      const slot = to ? { start: to.address, size: place?.size ?? 0, ...variableOf(to) } : place;
      // The other script loads things of its own: nothing is certain after it.
      const rest = { statement, before, loads: [], after: new Map() };
      return script && slot ? { ...rest, chained: { script, slot } } : undefined;
    }
    case "boot":
      return bootMoment(statement, before, input);
    default:
      return undefined;
  }
}

function bootMoment(
  statement: BootStatement,
  before: State,
  input: TimelineInput,
): Moment | undefined {
  const { program, scope, report, layout, placement } = input;
  const kernel = kernelOf(program, statement.kernel, scope, report);
  const others = statement.with.map((each) => companionOf(program, each, scope, report));
  const started = startedAs(program, layout.board, kernel, others);
  if (started?.fit) return fitMoment(statement, started, before, input);
  if (!kernel || others.some((each) => !each)) return undefined;
  const wanted = [kernel, ...others].filter((each) => each !== undefined && isFile(each));
  const loads = wanted.flatMap((each) => {
    const loaded =
      each && !before.has(each.name) ? inMemory(each, statement.span, input) : undefined;
    return loaded ? [loaded] : [];
  });
  // The initrd comes last: its size is what U-Boot notes of the file it loaded last.
  loads.sort((a, b) => rank(a.provision) - rank(b.provision));
  const applied = others.filter((each) => each?.kind === "overlay");
  const grows = growthBy(applied);
  const ready = withLoaded(before, loads);
  const placed = ready.get(kernel.name);
  if (!placed) return undefined;
  const landing = landingOf(kernel, layout.board, layout.loads.get(kernel.name) ?? 0, placed.start);
  const of = (kind: Provision["kind"]) => {
    const provision = others.find((each) => each?.kind === kind);
    return provision && ready.get(provision.name);
  };
  const initrd = of("initrd");
  const tree = of("dtb");
  const dtb = tree && grows > 0 ? { ...tree, size: tree.size + grows } : tree;
  const unpack = placement.get(`unpack:${kernel.name}`);
  const start: Start = {
    kernel: placed,
    image: kernel,
    landing,
    overlays: applied.flatMap((each) => ready.get(each?.name ?? "") ?? []),
    grows,
    ...(initrd && { initrd }),
    ...(dtb && { dtb }),
    ...(unpack && { unpack }),
  };
  const after = new Map(without(ready, landing.writes));
  // A tree with overlays in it, or ruined by one that did not fit, is not the file any more.
  if (dtb && applied.length > 0) after.delete(dtb.provision.name);
  const fetched = loads.map((each) => (dtb && each === tree ? dtb : each));
  return { statement, before, loads: fetched, after, start };
}

/** Starting a configuration of a FIT: one file is loaded, and what is in it goes to its place. */
function fitMoment(
  statement: BootStatement,
  file: Provision,
  before: State,
  input: TimelineInput,
): Moment | undefined {
  const { scope, report, layout } = input;
  const { fit, name } = file;
  const { board, loads, trees } = layout;
  const config = configFor(statement, file, board, scope, report);
  const there = before.get(name);
  const kernel = there ?? inMemory(file, statement.span, input);
  if (!fit || !config || !kernel) return undefined;
  const { provision, noload } = config.kernel;
  const { places } = draftOf(name, fit);
  const inside = (image: string) => places.get(image) ?? { start: 0, size: 0 };
  const load = noload ? undefined : (loads.get(provision.name) ?? 0);
  const landing = landingInFit(provision, board, load, kernel.start + inside(provision.name).start);
  const { span } = kernel;
  /** A tree or an overlay where U-Boot puts it. */
  const put = (image: Provision, grows = 0): InMemory => {
    const { start = 0, size: room = 0 } = trees.get(name)?.get(image.name) ?? {};
    const size = inside(image.name).size + grows;
    return { provision: image, start, size, room: Math.max(room, size), span };
  };
  const grows = growthBy(config.overlays);
  const initrd = config.initrd && inside(config.initrd.name);
  const start: Start = {
    ...{ kernel, image: provision, config, landing, grows },
    overlays: config.overlays.map((each) => put(each)),
    ...(config.dtb && { dtb: put(config.dtb, grows) }),
    ...(config.initrd &&
      initrd && {
        initrd: {
          ...{ provision: config.initrd, start: kernel.start + initrd.start, size: initrd.size },
          ...{ room: initrd.size, span },
        },
      }),
  };
  const loaded = there ? [] : [kernel];
  const written = [...landing.writes, ...(start.dtb ? [start.dtb] : []), ...start.overlays];
  return {
    statement,
    before,
    loads: loaded,
    after: without(withLoaded(before, loaded), written),
    start,
  };
}

const rank = ({ kind }: Provision) => ["kernel", "dtb", "overlay", "file", "initrd"].indexOf(kind);

function inMemory(
  provision: Provision,
  span: Span,
  { placement }: TimelineInput,
  fixed?: Placed,
): InMemory | undefined {
  const placed = fixed ?? placement.get(provision.name);
  if (!placed) return undefined;
  const size = servedSize(provision);
  const room = Math.max(size, placed.size);
  return { provision, span, start: placed.start, size, room, ...variableOf(placed) };
}

/** `state` with `loaded` in it. What that overwrites stays: a check says so, once. */
function withLoaded(state: State, loaded: readonly InMemory[]): State {
  return new Map([...state, ...loaded.map((each) => [each.provision.name, each] as const)]);
}

function without(state: State, written: readonly Region[]): State {
  return new Map([...state].filter(([, each]) => !written.some((region) => overlap(region, each))));
}

/** What is in both, at the same place. */
function common(left: State, right: State): State {
  return new Map([...left].filter(([name, each]) => right.get(name)?.start === each.start));
}
