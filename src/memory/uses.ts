// What a script loads, found before it is compiled, since every address depends on all of it.
import type { Span } from "../diagnostics/index.js";
import { isFile, type Provision } from "../program/index.js";
import { type Steps, stepsIn, type Target } from "../steps/index.js";
import { draftOf } from "./fits.js";
import { growthBy } from "./grow.js";
import { packedOf } from "./kernels.js";
import type { Use } from "./place.js";

const HEADER = 64;

/** Everything that `steps` load, each thing once. */
export function usesOf(steps: Steps): readonly Use[] {
  const uses = new Map<string, Use>();
  const add = (provision: Provision, span: Span, to?: Target, growth = 0) => {
    if (!isFile(provision)) return;
    const { name } = provision;
    const known = uses.get(name);
    const { to: before = [], anywhere = false, span: first = span } = known ?? {};
    const grows = Math.max(growth, known?.grows ?? 0);
    const size = servedSize(provision);
    const demands = to ? [...before, to] : before;
    // What `boot` finds loaded already needs no second place.
    const place = anywhere || (!to && before.length === 0);
    uses.set(name, { provision, size, span: first, to: demands, grows, anywhere: place });
  };
  for (const step of stepsIn(steps)) {
    if (step.type === "load") add(step.provision, step.span, step.to);
    if (step.type !== "boot") continue;
    const { kernel, started, companions } = step;
    add(started, kernel.span);
    if (started !== kernel.provision) continue;
    const overlays = companions.filter(({ provision }) => provision.kind === "overlay");
    const growth = growthBy(overlays.map(({ provision }) => provision));
    for (const { provision, span } of companions) {
      add(provision, span, undefined, provision.kind === "dtb" ? growth : 0);
    }
  }
  return [...uses.values()];
}

/** Bytes of a provision's file, our header included. */
export function servedSize(provision: Provision): number {
  if (provision.fit) return draftOf(provision.name, provision.fit).size;
  const packed = packedOf(provision);
  return (packed?.content.size ?? 0) + (provision.wrapped ? HEADER : 0);
}
