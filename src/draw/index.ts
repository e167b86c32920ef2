// Drawings of a flow, as text and as SVG. Pure functions: what is drawn is found out below.
export { type FlowGraph, flowGraph } from "./flow-graph.js";
export { flowSvg } from "./flow-svg.js";
export { type MemoryMap, memoryMaps } from "./memory-map.js";
export { memorySvg } from "./memory-svg.js";
export { memoryText, type TextOptions } from "./memory-text.js";
export { mermaid } from "./mermaid.js";
