// The public API of ubootc: re-exports only. The parts stand alone as `ubootc/image` and
// `ubootc/hush`.
export { type Board, boards, findBoard } from "./boards/index.js";
export { type Build, writeBuild } from "./build.js";
export { type Compilation, type CompileOptions, compile } from "./compile.js";
export {
  type Code,
  type Diagnostic,
  hasErrors,
  type Label,
  positionOf,
  render,
  type Source,
  type Span,
} from "./diagnostics/index.js";
export { type DiskFiles, diskFiles, type Files, memoryFiles } from "./files/index.js";
export {
  type Artifact,
  type GeneratedScript,
  type ManifestEntry,
  manifestOf,
} from "./generate/index.js";
export { parse } from "./language/index.js";
export type { Client, Program, Provision, Script } from "./program/index.js";
