// A device tree that is longer than the file it is in.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";

export const dtbTruncated: FileFault = ({ kind, file, content: { size }, inside: { outer } }) => {
  if ((kind !== "dtb" && kind !== "overlay") || outer.kind !== "fdt") return undefined;
  const { totalSize } = outer;
  return totalSize > size ? finding("dtb-truncated", { file, size, totalSize }) : undefined;
};
