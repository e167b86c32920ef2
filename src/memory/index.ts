// Memory: what a script loads, where it goes, and what starting a kernel writes.
export { fold } from "./fold.js";
export { alignUp, type Landing, landingOf, type Packed, packedOf } from "./kernels.js";
export {
  hex,
  type Layout,
  layoutFor,
  overlap,
  type Placed,
  type Placement,
  placeAll,
  range,
  SCRIPT_ROOM,
  type Use,
} from "./place.js";
export { servedSize, targetOf, usesOf } from "./uses.js";
