// The public API of ubootc: re-exports only. The parts stand alone as `ubootc/image` and
// `ubootc/hush`.
export { type Board, boards, findBoard } from "./boards/index.js";
export { type Build, writeBuild } from "./build.js";
export {
  type Compilation,
  type CompileOptions,
  compile,
  plans,
} from "./compile.js";
export {
  type Allowance,
  type Allowed,
  type Code,
  type Diagnostic,
  type Edit,
  edited,
  hasErrors,
  type Label,
  positionOf,
  render,
  type SarifOptions,
  type Setting,
  type Source,
  type Span,
  sarifOf,
} from "./diagnostics/index.js";
export {
  type FlowGraph,
  flowGraph,
  flowSvg,
  type MemoryMap,
  memoryMaps,
  memorySvg,
  memoryText,
  mermaid,
} from "./draw/index.js";
export { type DiskFiles, diskFiles, type Files, memoryFiles } from "./files/index.js";
export {
  type Artifact,
  type GeneratedScript,
  type ManifestEntry,
  manifestOf,
} from "./generate/index.js";
export { parse } from "./language/index.js";
export type { Client, Program, Provision, Script } from "./program/index.js";
export {
  type CommandRun,
  type Device,
  type Ending,
  type Handed,
  type Lan,
  type Lease,
  type Partition,
  type SimulateOptions,
  type Simulation,
  type SimulationLimits,
  type Start,
  simulate,
  type World,
} from "./simulator/index.js";
