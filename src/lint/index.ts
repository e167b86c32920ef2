// Linting: what is known to go wrong in boot scripts that people wrote by hand.
export { type LintOptions, lint, passes } from "./lint.js";
export { finder } from "./memory.js";
export { type FoundScript, readScripts, type Selection } from "./read-scripts.js";
