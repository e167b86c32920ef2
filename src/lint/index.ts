// Linting: what is known to go wrong in boot scripts that people wrote by hand; and what it knows of
// their commands, for whoever makes something else of them.
export {
  type Argument,
  commandOf,
  type Locate,
  locateIn,
  readsStatus,
  type ScriptCommand,
} from "./command.js";
export { loadForm } from "./commands.js";
export { type LineCommand, lineCommands } from "./line.js";
export { type LintOptions, lint, passes } from "./lint.js";
export { finder } from "./memory.js";
export { type FoundScript, readScripts, type Selection } from "./read-scripts.js";
export type { Attempt } from "./script.js";
export { commandsOf, plainText } from "./script.js";
