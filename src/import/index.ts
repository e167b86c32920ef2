// A flow from a script that somebody wrote by hand.
export { type ImportOptions, importScript } from "./import.js";
