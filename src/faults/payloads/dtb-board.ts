// A device tree for another SoC. A tree without `compatible` says nothing, and boards of which the
// catalogue knows no `compatible` are not asked.
import { finding } from "../../diagnostics/index.js";
import type { StartFault } from "../given.js";

export const dtbBoard: StartFault = ({ kind, name, file, inside: { outer } }, { board }) => {
  if (board.compatible.length === 0 || kind !== "dtb" || outer.kind !== "fdt") return undefined;
  const { compatible, overlay, fit } = outer;
  if (overlay || fit || compatible.length === 0) return undefined;
  if (compatible.some((each) => board.compatible.includes(each))) return undefined;
  const data = { name, file, board: board.id, wants: board.compatible, compatible };
  return finding("dtb-board", data);
};
