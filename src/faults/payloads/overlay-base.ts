// A whole device tree where an overlay is needed.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";

export const overlayBase: FileFault = ({ kind, name, file, inside: { outer } }) =>
  kind === "overlay" && outer.kind === "fdt" && !outer.overlay && !outer.fit
    ? finding("overlay-base", { name, file })
    : undefined;
