// The one walk over steps: what each is made of. A new step, or a new kind of condition, is missed here
// by the compiler.
import { missed } from "../language/index.js";
import type { Wording } from "../program/index.js";
import type { Condition, Origin, Step, Steps, Storage } from "./step.js";

/** What a step is made of, besides what only its own kind has. */
interface Anatomy<Kind extends Step> {
  /** The blocks inside, in the order they are written. */
  readonly blocks?: (step: Kind) => readonly Steps[];
  /** Its wordings, those in its blocks left out. */
  readonly wordings?: (step: Kind) => readonly Wording[];
  /** Where it reads from. */
  readonly origins?: (step: Kind) => readonly Origin[];
}

const anatomy: { readonly [Type in Step["type"]]: Anatomy<Extract<Step, { type: Type }>> } = {
  if: {
    blocks: ({ body, otherwise }) => [body, otherwise],
    wordings: ({ condition }) => inCondition(condition),
    origins: ({ condition }) => originsIn(condition),
  },
  try: { blocks: ({ body, next, otherwise }) => [body, next, otherwise] },
  retry: { blocks: ({ body }) => [body] },
  each: { blocks: ({ body }) => [body], wordings: ({ values }) => values },
  load: { wordings: ({ from }) => folderOf(from), origins: ({ from }) => [from] },
  chain: { wordings: ({ from }) => folderOf(from), origins: ({ from }) => [from] },
  fetch: {
    wordings: ({ file, to, from }) => [file, to, ...folderOf(from)],
    origins: ({ from }) => [from],
  },
  call: {
    wordings: ({ words }) => words.flatMap((each) => ("kind" in each ? folderOf(each) : [each])),
    origins: ({ words }) => words.flatMap((each) => ("kind" in each ? [each] : [])),
  },
  network: { wordings: ({ settings }) => settings.map(({ value }) => value) },
  ping: { wordings: ({ host }) => [host] },
  bootargs: {
    wordings: (step) =>
      step.arguments.flatMap((each) => (each.type === "text" ? [each.value] : [])),
  },
  set: { wordings: ({ value }) => [value] },
  print: { wordings: ({ text }) => [text] },
  fail: { wordings: ({ text }) => [text] },
  uboot: { wordings: ({ line }) => [line] },
  boot: {},
  unset: {},
  sleep: {},
  run: {},
  dhcp: {},
  save: {},
  reset: {},
  poweroff: {},
  shell: {},
  broken: {},
};

/** What is known of `step`: the table has it by the step's own type. */
const anatomyOf = <Kind extends Step>({ type }: Kind) => anatomy[type] as Anatomy<Kind>;

/** The blocks inside `step`, in the order they are written. */
export const blocksIn = (step: Step): readonly Steps[] => anatomyOf(step).blocks?.(step) ?? [];

/** All wordings of `step`, those in its blocks left out. */
export const wordingsIn = (step: Step): readonly Wording[] =>
  anatomyOf(step).wordings?.(step) ?? [];

/** The devices with partitions that `step` reads from. */
export const storagesIn = (step: Step): readonly Storage[] =>
  (anatomyOf(step).origins?.(step) ?? []).filter(isStorage);

/** A step with blocks inside. A new one is missed by the compiler wherever each kind is told apart. */
export type NestingStep = Extract<Step, { readonly body: Steps }>;

/** Whether `step` has blocks inside. */
export function nestsSteps(step: Step): step is NestingStep {
  return blocksIn(step).length > 0;
}

/** All of `steps`, outer ones before inner ones. */
export function stepsIn(steps: Steps): readonly Step[] {
  const found: Step[] = [];
  const walk = (block: Steps) => {
    for (const step of block) {
      found.push(step);
      for (const inner of blocksIn(step)) walk(inner);
    }
  };
  walk(steps);
  return found;
}

/** All wordings of a condition. */
function inCondition(condition: Condition): readonly Wording[] {
  switch (condition.type) {
    case "and":
    case "or":
      return [...inCondition(condition.left), ...inCondition(condition.right)];
    case "not":
      return inCondition(condition.inner);
    case "exists":
      return [condition.file, ...folderOf(condition.device)];
    case "compare":
      return [condition.left, condition.right];
    case "defined":
    case "broken":
      return [];
    default:
      return missed(condition);
  }
}

/** The folder of a server, or the variables that a device is named with. */
function folderOf(origin: Origin): readonly Wording[] {
  switch (origin.kind) {
    case "http":
    case "nfs":
      return origin.folder ? [origin.folder] : [];
    case "tftp":
      return origin.server ? [origin.server] : [];
    case "sdcard":
      return [];
    case "device":
      return [origin.interface, origin.place];
    default: {
      const parts = [origin.device, origin.partition].filter((each) => typeof each === "object");
      return parts.length > 0 ? [{ parts, span: origin.span }] : [];
    }
  }
}

/** Where a condition looks. */
function originsIn(condition: Condition): readonly Origin[] {
  switch (condition.type) {
    case "and":
    case "or":
      return [...originsIn(condition.left), ...originsIn(condition.right)];
    case "not":
      return originsIn(condition.inner);
    case "exists":
      return [condition.device];
    case "compare":
    case "defined":
    case "broken":
      return [];
    default:
      return missed(condition);
  }
}

/** Whether a file comes from a device, and not over the network. */
export const isStorage = (origin: Origin): origin is Storage =>
  origin.kind !== "tftp" && origin.kind !== "http" && origin.kind !== "nfs";
