// Diagnostics: sources and places in them, findings, their words and their layout.
export { bytes } from "./bytes.js";
export { allCodes, type Code, type Data, entryOf, keyFaults, type Severity } from "./codes.js";
export {
  type Diagnostic,
  diagnose,
  diagnoseFound,
  diagnoseScript,
  type Finding,
  finding,
  hasErrors,
  type Label,
  type Report,
  unrepeated,
} from "./diagnostic.js";
export { type Edit, edited } from "./edit.js";
export { visible } from "./excerpt.js";
export { nearest } from "./nearest.js";
export {
  type Allowance,
  type Allowed,
  checkPolicy,
  type Judged,
  judge,
  type Policy,
  type Setting,
} from "./policy.js";
export { type RenderOptions, render } from "./render.js";
export { type SarifOptions, sarifOf } from "./sarif.js";
export {
  lineText,
  type Position,
  positionOf,
  type Source,
  type Span,
  shortPlace,
} from "./source.js";
