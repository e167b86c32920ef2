// A compressed kernel that is to be started where it lies in its FIT: U-Boot would unpack it over
// itself and what comes after it (boot/bootm.c).
import { diagnose } from "../../diagnostics/index.js";
import { packedOf } from "../../memory/index.js";
import type { FlowCheck } from "../contract.js";

export const noloadCompressed: FlowCheck = ({ program }, report) => {
  for (const { fit, span } of program.provisions.values()) {
    for (const { provision, noload } of fit?.images ?? []) {
      const { compression = "none" } = packedOf(provision) ?? {};
      if (!noload || compression === "none") continue;
      report(diagnose("noload-compressed", { name: provision.name, compression }, span));
    }
  }
};
