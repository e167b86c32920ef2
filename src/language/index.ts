// The language: a flow's text, taken apart.
export { allowancesOf } from "./allowances.js";
export { type Parsed, parse } from "./parse.js";
export type * from "./syntax.js";
