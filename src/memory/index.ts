// Memory: what a script loads, where it goes, and what starting a kernel writes.
export { fitTree, signatureNode } from "./fits.js";
export { type Growth, growthOf, type Named, neighboursOf } from "./headroom.js";
export {
  alignUp,
  architectureOf,
  type Landing,
  landingOf,
  type Packed,
  packedOf,
  type Startable,
} from "./kernels.js";
export { type Layout, SCRIPT_ROOM } from "./layout.js";
export { type Placement, relocationRoom, type Use } from "./place.js";
export { type Analysis, type Plan, planOf, type Run, type UsedPart } from "./plan.js";
export { overlap, type Placed, range } from "./regions.js";
export type { InMemory, Moment, Start, State } from "./timeline.js";
export { servedSize } from "./uses.js";
