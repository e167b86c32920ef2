// An overlay that refers to labels of a tree which has none of that name. `fdt apply` resolves
// `__fixups__` of the overlay against `__symbols__` of the tree (U-Boot scripts/dtc/libfdt).
import { diagnose } from "../../diagnostics/index.js";
import { childOf, readFdt } from "../../image/index.js";
import type { Provision } from "../../program/index.js";
import type { StepCheck } from "../checks.js";

export const overlaySymbols: StepCheck = ({ moments }, report) => {
  for (const { start } of moments) {
    const tree = start?.dtb?.provision;
    if (!start || !tree) continue;
    const known = new Set(namesIn(tree, "__symbols__"));
    for (const { provision, span } of start.overlays) {
      const label = namesIn(provision, "__fixups__").find((each) => !known.has(each));
      if (label !== undefined) {
        const data = { name: provision.name, tree: tree.name, label, any: known.size > 0 };
        report(diagnose("overlay-symbols", data, provision.input?.span ?? span));
      }
      for (const each of namesIn(provision, "__symbols__")) known.add(each);
    }
  }
};

/** The properties of a node below the root of a tree: its names are labels. */
function namesIn({ input }: Provision, node: string): readonly string[] {
  const { tree } = input ? readFdt(input.content) : {};
  return childOf(tree?.root, node)?.properties.map(({ name }) => name) ?? [];
}
