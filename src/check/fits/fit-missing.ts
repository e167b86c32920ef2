// A FIT for a board whose U-Boot was built without CONFIG_FIT, as those of the Raspberry Pi are.
import { diagnose } from "../../diagnostics/index.js";
import { containerOf } from "../../program/index.js";
import type { StepCheck } from "../contract.js";

export const fitMissing: StepCheck = ({ script, board, moments }, report) => {
  if (board.images.fit) return;
  const data = { board: board.id };
  if (containerOf(script, board) === "fit") {
    report(
      diagnose("fit-missing", { ...data, what: `the script \`${script.name}\`` }, script.span),
    );
  }
  for (const { start, step } of moments) {
    if (!start?.config) continue;
    const what = `\`${start.kernel.provision.name}\``;
    report(diagnose("fit-missing", { ...data, what }, step.span));
  }
};
