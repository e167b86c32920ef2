// Overlays that a FIT puts on a device tree: each is fetched, and refused where U-Boot would refuse
// it. What they change in the tree is not worked out; the tree remembers that it has them.
// Governed by boot_get_fdt_fit in boot/image-fit.c and lib/libfdt's fdt_overlay.c.
import {
  type Content,
  childOf,
  type FdtNode,
  missingLabels,
  type OverlayError,
  overlayGrowth,
  readFdt,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { namesIn } from "../memory.js";
import { type Fetched, fetchImage, type Wanted } from "./fit.js";
import type { LoadedFit } from "./loaded-fit.js";

/** Puts them on the tree at `base`, in order; false, and the console says why, when one fails. */
export function applyOverlays(
  machine: Machine,
  loaded: LoadedFit,
  base: Fetched,
  overlays: readonly Omit<Wanted, "load">[],
): boolean {
  // Since v2026.04 the tree is copied first.
  const copied = machine.shell.since("2026.04");
  if (!copied && base.address >= loaded.address && base.address < loaded.end) {
    machine.print("Overlayed FDT requires relocation\n");
    return false;
  }
  for (const wanted of overlays) {
    const overlay = fetchImage(machine, loaded, { ...wanted, load: "ignored" });
    if (!overlay) {
      machine.print(`load of ${wanted.image ?? "<NULL>"} failed\n`);
      continue;
    }
    const tree = machine.memory.read(base.address, base.size);
    const above = machine.memory.read(overlay.address, overlay.size);
    const problem = overlayProblem(tree.content, above.content);
    if (problem) {
      machine.print(problem);
      return false;
    }
    const name = [...namesIn(tree), overlay.image.name].join(" with ");
    machine.memory.write(base.address, tree.content, machine.memory.made(name, tree, above));
  }
  return true;
}

/** What is printed when `overlay` cannot be put on `base`, in which `room` bytes are free. */
export function overlayProblem(
  base: Content,
  overlay: Content,
  room = Number.POSITIVE_INFINITY,
): string | undefined {
  const [below, above] = [readFdt(base).tree, readFdt(overlay).tree];
  if (!below || !above) return failed("BADMAGIC");
  if (missingLabels(below.root, above.root).length > 0) {
    const without = childOf(below.root, "__symbols__") ? "" : WITHOUT_SYMBOLS;
    return failed("NOTFOUND") + without;
  }
  return overlayGrowth(below.root, above.root) > room ? failed("NOSPACE") : undefined;
}

/** What is printed when an overlay cannot be put on a tree with `root`. */
export function overlayFailed({ shell }: Machine, error: OverlayError, root: FdtNode): string {
  const has = childOf(root, "__symbols__") !== undefined;
  // libfdt looked for the label first.
  const named = error === "BADOFFSET" && !shell.since("2023.07") ? "NOTFOUND" : error;
  if (has) return failed(named);
  const lacks = shell.since("2024.01") ? "does not" : "does did not";
  return `${failed(named)}base fdt ${lacks} have a /__symbols__ node\nmake sure you've compiled with -@\n`;
}

const failed = (error: string) => `failed on fdt_overlay_apply(): FDT_ERR_${error}\n`;

const WITHOUT_SYMBOLS =
  "base fdt does did not have a /__symbols__ node\nmake sure you've compiled with -@\n";
