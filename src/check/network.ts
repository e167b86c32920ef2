// Which steps bring something over the network, and how.
import { fetches } from "../faults/index.js";
import type { Analysis } from "../memory/index.js";
import { isStorage, type Step } from "../steps/index.js";
import { commandsOfLine } from "./raw.js";

/** The protocol `step` fetches with; undefined when what it brings comes from a device. */
export function protocolOf(
  step: Step,
  { momentOf }: Pick<Analysis, "momentOf">,
): string | undefined {
  switch (step.type) {
    case "load":
    case "chain":
      return isStorage(step.from) ? undefined : step.from.kind;
    case "boot": {
      const moment = momentOf.get(step);
      return moment && moment.loads.length > 0 ? "tftp" : undefined;
    }
    case "uboot":
      return commandsOfLine(step).find(({ words }) => fetches(words))?.written;
    default:
      return undefined;
  }
}
