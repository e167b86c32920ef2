// Scripts and uImages on a board whose U-Boot takes only FIT (LEGACY_IMAGE_FORMAT in boot/Kconfig,
// which is off by default where signatures are looked at).
import { diagnose } from "../../diagnostics/index.js";
import { containerOf } from "../../program/index.js";
import type { StepCheck } from "../contract.js";

export const legacyImage: StepCheck = ({ script, board, uses }, report) => {
  if (board.images.legacy) return;
  const data = { board: board.id };
  if (containerOf(script, board) === "uimage") {
    const what = `the script \`${script.name}\``;
    report(diagnose("legacy-image", { ...data, what }, script.span));
  }
  for (const { provision } of uses) {
    const { name, wrapped, input, span } = provision;
    if (!wrapped && input?.payload.kind !== "uimage") continue;
    report(diagnose("legacy-image", { ...data, what: `\`${name}\`, a uImage,` }, span));
  }
};
