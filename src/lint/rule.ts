// What every rule is.
import type { Report } from "../diagnostics/index.js";
import type { Script } from "./script.js";

/** Looks at a script. */
export type Rule = (script: Script, report: Report) => void;
