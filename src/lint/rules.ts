// All rules, in the order they run. One file per fault, which has the fault's code for its name. A rule
// reads and reports.
import type { Report } from "../diagnostics/index.js";
import { commandAmbiguous } from "./command-ambiguous.js";
import { commandMissing } from "./command-missing.js";
import { commandUnknown } from "./command-unknown.js";
import { forQuoted } from "./for-quoted.js";
import { lineEnds } from "./line-ends.js";
import { numberBase } from "./number-base.js";
import type { Script } from "./script.js";
import { scriptSyntax } from "./script-syntax.js";
import { serverAmbient } from "./server-ambient.js";
import { statusIgnored } from "./status-ignored.js";
import { strayCharacter } from "./stray-character.js";
import { testUnquoted } from "./test-unquoted.js";

/** Looks at a script. */
export type Rule = (script: Script, report: Report) => void;

/** Of the text. What they find makes the others guess. */
export const textRules: readonly Rule[] = [lineEnds, strayCharacter, scriptSyntax];

/** Of the commands, one by one and in their order. */
export const commandRules: readonly Rule[] = [
  commandUnknown,
  commandMissing,
  commandAmbiguous,
  statusIgnored,
  testUnquoted,
  forQuoted,
  numberBase,
  serverAmbient,
];
