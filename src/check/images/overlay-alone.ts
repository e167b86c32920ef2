// Overlays without a tree of ours to apply them to.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../contract.js";

export const overlayAlone: StepCheck = ({ moments }, report) => {
  for (const { start, step } of moments) {
    const [first] = start?.overlays ?? [];
    if (!start || !first || start.dtb) continue;
    const data = { name: first.provision.name, kernel: start.kernel.provision.name };
    report(diagnose("overlay-alone", data, step.span));
  }
};
