// Which steps bring something over the network, and how.
import { fetches } from "../faults/index.js";
import type { Analysis } from "../memory/index.js";
import { isStorage, type Step } from "../steps/index.js";
import { commandsOfStep } from "./raw.js";

/** The protocol `step` fetches with; undefined when what it brings comes from a device. */
export function protocolOf(
  step: Step,
  { momentOf }: Pick<Analysis, "momentOf">,
): string | undefined {
  // Whatever has a place to come from: a new statement that has one is known here.
  if ("from" in step) return isStorage(step.from) ? undefined : step.from.kind;
  if (step.type === "boot") {
    const moment = momentOf.get(step);
    return moment && moment.loads.length > 0 ? "tftp" : undefined;
  }
  return commandsOfStep(step).find(({ words }) => fetches(words))?.written;
}
