// An overlay that refers to labels of a tree which has none of that name.
import { diagnose } from "../../diagnostics/index.js";
import { labelsMissing } from "../../faults/index.js";
import type { StepCheck } from "../contract.js";

export const overlaySymbols: StepCheck = ({ moments }, report) => {
  for (const { start } of moments) {
    const tree = start?.dtb?.provision;
    if (!start || !tree) continue;
    const overlays = start.overlays.map((each) => ({
      ...each,
      content: each.provision.input?.content,
    }));
    for (const { overlay, label, any } of labelsMissing(tree.input?.content, overlays)) {
      const { provision, span } = overlay;
      const data = { name: provision.name, tree: tree.name, label, any };
      report(diagnose("overlay-symbols", data, provision.input?.span ?? span));
    }
  }
};
