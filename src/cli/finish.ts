// How a command ends: what went wrong on stderr, and the exit code that says whether anything did.
import { visible } from "../diagnostics/index.js";

/** Prints `problems` as those of `command`; with any, the process will exit with 1. */
export function finish(command: string, problems: readonly string[]): void {
  for (const problem of problems) process.stderr.write(`ubootc ${command}: ${visible(problem)}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
