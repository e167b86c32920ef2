// The command line as a whole: exit codes.
import { expect, it } from "vitest";
import { some } from "../tools/runs.js";
import { emptyFolder, ubootc } from "./cli.js";

const usage: [string[], number, RegExp][] = [
  [["--version"], 0, /^$/],
  [["--help"], 0, /^$/],
  [["build", "--help"], 0, /^$/],
  [[], 2, /Usage: ubootc/],
  [["biuld"], 2, /unknown command 'biuld'[\s\S]*build/],
  [["build"], 2, /missing required argument 'flow'/],
  [["build", "a.boot", "b.boot"], 2, /too many arguments/],
  [["build", "--wach", "a.boot"], 2, /unknown option '--wach'[\s\S]*--watch/],
  [["build", "none.boot"], 1, /none\.boot/],
];

it.each(some(usage))("%j exits with %i", async (args, status, stderr) => {
  const outcome = await ubootc(args, { cwd: emptyFolder() });
  expect(outcome.status).toBe(status);
  expect(outcome.stderr).toMatch(stderr);
});
