// The files of a flow, as the faults look at them.
import { diagnoseFound } from "../../diagnostics/index.js";
import { fileFaults, type Given, startFaults, takeApart } from "../../faults/index.js";
import type { Provision } from "../../program/index.js";
import type { FlowCheck, StepCheck } from "../contract.js";

export const fileAmiss: FlowCheck = ({ program }, report) => {
  for (const fault of fileFaults) {
    for (const provision of program.provisions.values()) {
      const found = provision.input && fault(givenOf(provision, provision.input));
      if (found) report(diagnoseFound(found, "flow", provision.input?.span));
    }
  }
};

export const startAmiss: StepCheck = ({ parts, board }, report) => {
  for (const fault of startFaults) {
    for (const { provision, span } of parts) {
      const { input } = provision;
      const found = input && fault(givenOf(provision, input), { board });
      if (!input || !found) continue;
      const used = found.code === "dtb-board" ? [{ span, text: "used here" }] : [];
      report(diagnoseFound(found, "flow", [{ span: input.span }, ...used]));
    }
  }
};

const known = new WeakMap<Provision, Given>();

/** `provision` as the faults look at it; undefined for a DTB of the firmware. */
export function givenOf(provision: Provision, input: NonNullable<Provision["input"]>): Given {
  const before = known.get(provision);
  if (before) return before;
  const { kind, name, wrapped, compress } = provision;
  const { content, payload } = input;
  const inside = takeApart(content, payload, compress);
  const packed = compress !== undefined && compress !== "none";
  const given = { kind, name, file: input.name, content, inside, wrapped, packed };
  known.set(provision, given);
  return given;
}
