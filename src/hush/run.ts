// The interpreter's door: a text, run to whatever end it has.
import { modern } from "./run-modern.js";
import { old } from "./run-old.js";
import { type Outcome, Shell, type ShellOptions } from "./shell.js";

/** What became of a text. */
export interface Ran {
  /** What `source` returns; of no use unless the text has `ended`. */
  readonly status: number;
  readonly outcome: Outcome;
}

/** A new shell: nothing runs in it yet. */
export function createShell(options: ShellOptions): Shell {
  return new Shell(options.dialect === "old" ? old : modern, options);
}

/** Runs `text` as a sourced script in a new shell. Any text comes to an end within the limits. */
export function run(text: string, options: ShellOptions): Ran {
  const shell = createShell(options);
  const status = shell.source(text);
  return { status, outcome: shell.outcome ?? { kind: "ended" } };
}
