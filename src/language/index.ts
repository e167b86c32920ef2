// The language: a flow's text, taken apart.
export { allowancesOf } from "./allowances.js";
export type * from "./declarations.js";
export { isShellText, type OtherText, otherText } from "./other-text.js";
export { type Parsed, parse, parseFault } from "./parse.js";
export type * from "./syntax.js";
export type * from "./test-syntax.js";
export {
  blocksOf,
  missed,
  type Nesting,
  nests,
  referencesOf,
  statementsOf,
  testValuesOf,
  valuesOf,
  walk,
} from "./visit.js";
