// The program: declarations looked up and read. What scripts say is read by steps/.
export { boardWith } from "./board.js";
export { configLine } from "./config-line.js";
export { type Evidence, givenAt, madeAt, writtenAt } from "./evidence.js";
export {
  type Fault,
  type FaultContext,
  type Faulty,
  faultText,
  readFault,
  transferFailures,
} from "./faults.js";
export * from "./program.js";
export {
  companionOf,
  impliedName,
  isFile,
  kernelOf,
  nfsrootOf,
  provisionOf,
  scriptOf,
} from "./references.js";
export { type Resolved, type ResolveOptions, resolve } from "./resolve.js";
export * from "./rules.js";
export { boardsOf, clientVariables, containerOf } from "./scripts.js";
export { keyHint } from "./signing.js";
export { type Expectation, type ReadTest, readTest, startOf } from "./tests.js";
export {
  address,
  constantOf,
  duration,
  interpolate,
  ipv4,
  memoryOf,
  originOf,
  type Reader,
  readProperties,
  type Scope,
  text,
} from "./values.js";
export * from "./wording.js";
