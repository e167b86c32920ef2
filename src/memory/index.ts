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
export {
  type Layout,
  overlap,
  type Placed,
  type Placement,
  range,
  relocationRoom,
  SCRIPT_ROOM,
  type Use,
} from "./place.js";
export { type Analysis, type Part, type Plan, planOf, type Run } from "./plan.js";
export type { InMemory, Moment, Start, State } from "./timeline.js";
export { servedSize } from "./uses.js";
