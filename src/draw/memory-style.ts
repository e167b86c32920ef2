// How memory maps look: the classes and patterns of their elements.
import { element } from "./svg.js";

/** CSS for the classes; kinds of items are classes. */
export const style = `
.title { font-size: 15px; font-weight: bold }
.heading { font-weight: bold }
.faint, .address { fill: #4a5568 }
.bad { fill: #c53030; font-weight: bold }
.axis { stroke: #a0aec0 }
.grid { stroke: #edf2f7 }
.break { stroke: #a0aec0; fill: none }
.reserved { fill: url(#hatched); stroke: #cbd5e0 }
.running, .script { fill: #e9e3fa; stroke: #6b46c1 }
.file { fill: #bfdcf5; stroke: #2b6cb0 }
.old { fill: #e6f1fa }
.written { fill: #fde3bd; stroke: #b7791f }
.scratch { fill: #fdf3d8; stroke: #b7791f; stroke-dasharray: 4 3 }
.moved { fill: #d5f0e0; stroke: #2f855a; stroke-dasharray: 4 3 }
.clear { stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; paint-order: stroke }
.clashing { stroke: #c53030; stroke-width: 2 }
.clash { fill: url(#crossed); stroke: #c53030; stroke-width: 2 }
`;

/** The fillings that the classes refer to. */
export const patterns = element(
  "defs",
  {},
  element(
    "pattern",
    {
      id: "hatched",
      width: 6,
      height: 6,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    element("rect", { width: 6, height: 6, fill: "#f7fafc" }),
    element("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "#cbd5e0", "stroke-width": 2 }),
  ),
  element(
    "pattern",
    {
      id: "crossed",
      width: 8,
      height: 8,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(-45)",
    },
    element("line", {
      x1: 0,
      y1: 0,
      x2: 0,
      y2: 8,
      stroke: "#e53e3e",
      "stroke-width": 3,
      "stroke-opacity": 0.55,
    }),
  ),
);
