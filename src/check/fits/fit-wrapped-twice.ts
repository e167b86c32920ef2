// Something in a FIT that has an image of its own around it already: U-Boot takes off only the FIT.
import { diagnose } from "../../diagnostics/index.js";
import { article } from "../../faults/index.js";
import type { FlowCheck } from "../contract.js";

export const fitWrappedTwice: FlowCheck = ({ program }, report) => {
  for (const { name, fit } of program.provisions.values()) {
    for (const { provision } of fit?.images ?? []) {
      const { input } = provision;
      if (input?.payload.kind !== "uimage") continue;
      const data = { name: provision.name, fit: name, found: article(input.payload) };
      report(diagnose("fit-wrapped-twice", data, input.span));
    }
  }
};
