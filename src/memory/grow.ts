// How much longer a device tree becomes by the overlays that are applied to it.
import type { Provision } from "../program/index.js";
import { alignUp, packedOf } from "./kernels.js";

/** What the tree of labels and paths takes when it is merged, beside the overlay itself. */
const MERGING = 0x2000;

/** Bytes that a device tree needs more of when `overlays` are applied to it (lib/libfdt). */
export function growthBy(overlays: readonly (Provision | undefined)[]): number {
  if (overlays.length === 0) return 0;
  const sum = overlays.reduce(
    (all, each) => all + ((each && packedOf(each)?.content.size) ?? 0),
    0,
  );
  return alignUp(2 * sum, 0x1000) + MERGING;
}
