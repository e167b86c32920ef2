// The one walk over steps: the blocks inside each, and the wordings it is written with. A new step,
// or a new kind of condition, is missed here by the compiler.
import { missed } from "../language/index.js";
import type { Wording } from "../program/index.js";
import type { Condition, Origin, Step, Steps, Storage } from "./step.js";

/** The blocks inside `step`, in the order they are written. */
export function blocksIn(step: Step): readonly Steps[] {
  switch (step.type) {
    case "if":
      return [step.body, step.otherwise];
    case "try":
      return [step.body, step.next, step.otherwise];
    case "retry":
    case "each":
      return [step.body];
    case "fetch":
    case "call":
    case "network":
    case "ping":
    case "load":
    case "chain":
    case "boot":
    case "bootargs":
    case "set":
    case "unset":
    case "print":
    case "sleep":
    case "run":
    case "fail":
    case "uboot":
    case "dhcp":
    case "save":
    case "reset":
    case "poweroff":
    case "shell":
    case "broken":
      return [];
    default:
      return missed(step);
  }
}

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

/** All wordings of `step`, those in its blocks left out. */
export function wordingsIn(step: Step): readonly Wording[] {
  switch (step.type) {
    case "network":
      return step.settings.map(({ value }) => value);
    case "ping":
      return [step.host];
    case "load":
      return folderOf(step.from);
    case "chain":
      return folderOf(step.from);
    case "fetch":
      return [step.file, step.to, ...folderOf(step.from)];
    case "call":
      return step.words.flatMap((each) => ("kind" in each ? folderOf(each) : [each]));
    case "each":
      return step.values;
    case "bootargs":
      return step.arguments.flatMap((each) => (each.type === "text" ? [each.value] : []));
    case "set":
      return [step.value];
    case "if":
      return inCondition(step.condition);
    case "print":
    case "fail":
      return [step.text];
    case "uboot":
      return [step.line];
    case "boot":
    case "try":
    case "retry":
    case "unset":
    case "sleep":
    case "run":
    case "dhcp":
    case "save":
    case "reset":
    case "poweroff":
    case "shell":
    case "broken":
      return [];
    default:
      return missed(step);
  }
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

/** The devices with partitions that `step` reads from. */
export function storagesIn(step: Step): readonly Storage[] {
  if (step.type === "load" || step.type === "chain" || step.type === "fetch") {
    return isStorage(step.from) ? [step.from] : [];
  }
  if (step.type === "call") return step.words.flatMap((each) => ("kind" in each ? [each] : []));
  return step.type === "if" ? storagesOf(step.condition) : [];
}

function storagesOf(condition: Condition): readonly Storage[] {
  switch (condition.type) {
    case "and":
    case "or":
      return [...storagesOf(condition.left), ...storagesOf(condition.right)];
    case "not":
      return storagesOf(condition.inner);
    case "exists":
      return [condition.device];
    default:
      return [];
  }
}

/** Whether a file comes from a device, and not over the network. */
export const isStorage = (origin: Origin): origin is Storage =>
  origin.kind !== "tftp" && origin.kind !== "http" && origin.kind !== "nfs";
