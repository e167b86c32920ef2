// A uImage that goes in and would not be taken: cut, or with a CRC that does not fit.
import { diagnose } from "../../diagnostics/index.js";
import { readUImage } from "../../image/index.js";
import type { FlowCheck } from "../checks.js";

export const uimageDamaged: FlowCheck = ({ program }, report) => {
  for (const { input } of program.provisions.values()) {
    if (input?.payload.kind !== "uimage") continue;
    const damage = readUImage(input.content).problems.find((each) => each.severity === "damage");
    if (!damage) continue;
    report(diagnose("uimage-damaged", { file: input.name, why: damage.message }, input.span));
  }
};
