// An overlay where a whole device tree is needed.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";

export const dtbOverlay: FileFault = ({ kind, name, file, inside: { outer } }) =>
  kind === "dtb" && outer.kind === "fdt" && outer.overlay
    ? finding("dtb-overlay", { name, file })
    : undefined;
