// A flow from a script that somebody wrote by hand.
export { type Imported, type ImportOptions, importFlow, importScript } from "./import.js";
