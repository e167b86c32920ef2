// Steps: the scripts of a program, read. Nothing after this looks a name up or reads a value.
export { askedName } from "./files.js";
export { type Root, rootOf } from "./read.js";
export {
  type Cmdline,
  type ReadProgram,
  type ReadScript,
  readScripts,
  type ScriptRun,
} from "./scripts.js";
export type * from "./step.js";
export {
  blocksIn,
  isStorage,
  type NestingStep,
  nestsSteps,
  stepsIn,
  storagesIn,
  wordingsIn,
} from "./visit.js";
