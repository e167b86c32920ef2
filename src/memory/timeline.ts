// What is in memory at each step of a script, along every path: which files are there for certain,
// which a step loads, and what starting a kernel does. Nothing is judged here; the checks read it,
// `ubootc map` draws it, and generate/ writes the loads that `boot` needs.
import type { Region } from "../boards/index.js";
import type { Span } from "../diagnostics/index.js";
import { missed } from "../language/index.js";
import { type FitConfig, isFile, type Provision, type Script } from "../program/index.js";
import type { BootStep, Step, Steps } from "../steps/index.js";
import { draftOf } from "./fits.js";
import { growthBy } from "./grow.js";
import { type Landing, landingInFit, landingOf } from "./kernels.js";
import type { Layout } from "./layout.js";
import type { Placement } from "./place.js";
import { overlap, type Placed, variableOf } from "./regions.js";
import { servedSize } from "./uses.js";

/** A file in memory. */
export interface InMemory extends Region {
  readonly provision: Provision;
  /** The environment variable that holds the start, where one does. */
  readonly variable?: string;
  /** Bytes kept free for it from `start` on, its own size included. */
  readonly room: number;
  /** The step that loads it. */
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
  readonly step: Step;
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
  readonly layout: Layout;
  readonly placement: Placement;
}

/** Where a path through a block ends, and what was there all the way. */
interface Path {
  readonly end: State;
  readonly throughout: State;
}

/** What each of `steps` does, in the order they are written. */
export function timelineOf(block: Steps, input: TimelineInput): readonly Moment[] {
  const moments: Moment[] = [];
  walkBlock(block, new Map(), input, (moment) => moments.push(moment));
  return moments;
}

/** Undefined where only the state matters. */
type Visit = ((moment: Moment) => void) | undefined;

function walkBlock(block: Steps, start: State, input: TimelineInput, visit: Visit): Path {
  let path: Path = { end: start, throughout: start };
  for (const step of block) {
    const next = walkStep(step, path.end, input, visit);
    path = { end: next.end, throughout: common(path.throughout, next.throughout) };
  }
  return path;
}

function walkStep(step: Step, before: State, input: TimelineInput, visit: Visit): Path {
  switch (step.type) {
    case "if": {
      const then = walkBlock(step.body, before, input, visit);
      const otherwise = walkBlock(step.otherwise, before, input, visit);
      const throughout = common(then.throughout, otherwise.throughout);
      return { end: common(then.end, otherwise.end), throughout };
    }
    case "try": {
      // The body can be left anywhere: only what was there throughout is there in the else.
      const body = walkBlock(step.body, before, input, visit);
      const then = walkBlock(step.next, body.end, input, visit);
      const caught = walkBlock(step.otherwise, body.throughout, input, visit);
      const throughout = common(body.throughout, then.throughout);
      return {
        end: common(then.end, caught.end),
        throughout: common(throughout, caught.throughout),
      };
    }
    case "each":
    case "retry": {
      // A later attempt begins wherever an earlier one was left.
      const once = walkBlock(step.body, before, input, undefined);
      // Looked at for that alone, the second time would tell nothing new, at twice the cost a level.
      if (!visit) return step.type === "each" ? { ...once, end: once.throughout } : once;
      const body = walkBlock(step.body, once.throughout, input, visit);
      // A list may be empty: then nothing of the body has run.
      if (step.type === "each") return { end: body.throughout, throughout: body.throughout };
      return { end: body.end, throughout: body.throughout };
    }
    case "load":
    case "chain":
    case "boot": {
      const moment = momentOf(step, before, input);
      if (!moment) break;
      visit?.(moment);
      return { end: moment.after, throughout: common(before, moment.after) };
    }
    case "dhcp":
    case "network":
    case "ping":
    case "bootargs":
    case "set":
    case "unset":
    case "save":
    case "print":
    case "sleep":
    case "run":
    case "fail":
    case "reset":
    case "poweroff":
    case "shell":
    case "fetch":
    case "call":
    case "uboot":
    case "broken":
      break;
    default:
      return missed(step);
  }
  return { end: before, throughout: before };
}

type Touching = Extract<Step, { readonly type: "load" | "chain" | "boot" }>;

function momentOf(step: Touching, before: State, input: TimelineInput): Moment | undefined {
  switch (step.type) {
    case "load": {
      const { provision, to } = step;
      const placed = to ? { start: to.address, size: 0, ...variableOf(to) } : undefined;
      const loaded = inMemory(provision, step.span, input, placed);
      if (!loaded) return undefined;
      return { step, before, loads: [loaded], after: withLoaded(before, [loaded]) };
    }
    case "chain": {
      const { script, to } = step;
      const place = input.layout.slots.get(script.name);
      const slot = to ? { start: to.address, size: place?.size ?? 0, ...variableOf(to) } : place;
      // The other script loads things of its own: nothing is certain after it.
      const rest = { step, before, loads: [], after: new Map() };
      return slot ? { ...rest, chained: { script, slot } } : undefined;
    }
    case "boot":
      return step.config
        ? fitMoment(step, step.config, before, input)
        : bootMoment(step, before, input);
  }
}

function bootMoment(step: BootStep, before: State, input: TimelineInput): Moment | undefined {
  const { layout, placement } = input;
  const kernel = step.kernel.provision;
  const others = step.companions.map(({ provision }) => provision);
  const wanted = [kernel, ...others].filter(isFile);
  const loads = wanted.flatMap((each) => {
    const loaded = before.has(each.name) ? undefined : inMemory(each, step.span, input);
    return loaded ? [loaded] : [];
  });
  // The initrd comes last: its size is what U-Boot notes of the file it loaded last.
  loads.sort((a, b) => rank(a.provision) - rank(b.provision));
  const applied = others.filter(({ kind }) => kind === "overlay");
  const grows = growthBy(applied);
  const ready = withLoaded(before, loads);
  const placed = ready.get(kernel.name);
  if (!placed) return undefined;
  const landing = landingOf(kernel, layout.board, layout.loads.get(kernel.name) ?? 0, placed.start);
  const of = (kind: Provision["kind"]) => {
    const provision = others.find((each) => each.kind === kind);
    return provision && ready.get(provision.name);
  };
  const initrd = of("initrd");
  const tree = of("dtb");
  const dtb = tree && grows > 0 ? { ...tree, size: tree.size + grows } : tree;
  const unpack = placement.unpacking.get(kernel.name);
  const start: Start = {
    kernel: placed,
    image: kernel,
    landing,
    overlays: applied.flatMap(({ name }) => ready.get(name) ?? []),
    grows,
    ...(initrd && { initrd }),
    ...(dtb && { dtb }),
    ...(unpack && { unpack }),
  };
  const after = new Map(without(ready, landing.writes));
  // A tree with overlays in it, or ruined by one that did not fit, is not the file any more.
  if (dtb && applied.length > 0) after.delete(dtb.provision.name);
  const fetched = loads.map((each) => (dtb && each === tree ? dtb : each));
  return { step, before, loads: fetched, after, start };
}

/** Starting a configuration of a FIT: one file is loaded, and what is in it goes to its place. */
function fitMoment(
  step: BootStep,
  config: FitConfig,
  before: State,
  input: TimelineInput,
): Moment | undefined {
  const { started: file } = step;
  const { fit, name } = file;
  const { board, loads, trees } = input.layout;
  const there = before.get(name);
  const kernel = there ?? inMemory(file, step.span, input);
  if (!fit || !kernel) return undefined;
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
    kernel,
    image: provision,
    config,
    landing,
    grows,
    overlays: config.overlays.map((each) => put(each)),
    ...(config.dtb && { dtb: put(config.dtb, grows) }),
    ...(config.initrd &&
      initrd && {
        initrd: {
          provision: config.initrd,
          start: kernel.start + initrd.start,
          size: initrd.size,
          room: initrd.size,
          span,
        },
      }),
  };
  const loaded = there ? [] : [kernel];
  const written = [...landing.writes, ...(start.dtb ? [start.dtb] : []), ...start.overlays];
  return {
    step,
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
  const placed = fixed ?? placement.files.get(provision.name);
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
