// Overlays that a FIT puts on a device tree: each is fetched, and refused where U-Boot would refuse
// it. What they change in the tree is not worked out; the tree remembers that it has them.
// Governed by boot_get_fdt_fit in boot/image-fit.c and lib/libfdt's fdt_overlay.c.
import { type Content, childOf, readFdt } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { type Fetched, fetchImage, type LoadedFit, type Wanted } from "./fit.js";

/** Puts them on the tree at `base`, in order; false, and the console says why, when one fails. */
export function applyOverlays(
  machine: Machine,
  loaded: LoadedFit,
  base: Fetched,
  overlays: readonly Omit<Wanted, "load">[],
): boolean {
  if (base.address >= loaded.address && base.address < loaded.end) {
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
    const problem = overlayProblem(
      tree.content,
      machine.memory.read(overlay.address, overlay.size).content,
    );
    if (problem) {
      machine.print(problem);
      return false;
    }
    const names = [...new Set(tree.pieces.map(({ origin }) => origin.name))];
    const origin = machine.memory.origin([...names, overlay.image.name].join(" with "));
    machine.memory.write(base.address, tree.content, origin);
  }
  return true;
}

/** What is printed when `overlay` cannot be put on `base`. */
export function overlayProblem(base: Content, overlay: Content): string | undefined {
  const [below, above] = [readFdt(base).tree, readFdt(overlay).tree];
  if (!below || !above) return "failed on fdt_overlay_apply(): FDT_ERR_BADMAGIC\n";
  if (!childOf(above.root, "__fixups__") || childOf(below.root, "__symbols__")) return undefined;
  return (
    "failed on fdt_overlay_apply(): FDT_ERR_NOTFOUND\n" +
    "base fdt does did not have a /__symbols__ node\nmake sure you've compiled with -@\n"
  );
}
