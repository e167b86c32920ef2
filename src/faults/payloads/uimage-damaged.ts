// A uImage that goes in and would not be taken: cut, or with a CRC that does not fit.
import { finding } from "../../diagnostics/index.js";
import { readUImage } from "../../image/index.js";
import type { FileFault } from "../given.js";

export const uimageDamaged: FileFault = ({ file, content, inside: { outer } }) => {
  if (outer.kind !== "uimage") return undefined;
  const damage = readUImage(content).problems.find((each) => each.severity === "damage");
  return damage && finding("uimage-damaged", { file, why: damage.message });
};
