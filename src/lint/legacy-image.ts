// A legacy boot.scr for a board that takes only FIT.
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";
import { spanIn } from "./script.js";

export const legacyImage: Rule = ({ source, container, board }, report) => {
  if (!board || board.images.legacy || container !== "legacy") return;
  const data = { what: `the script \`${source.name}\``, board: board.id };
  report(diagnoseScript("legacy-image", data, spanIn(source, 0, 0)));
};
