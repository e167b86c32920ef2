// The language: a flow's text, taken apart.
export { type Parsed, parse } from "./parse.js";
export type * from "./syntax.js";
