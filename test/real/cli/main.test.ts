// The command in a pipe. Needs sh and head.
import { expect, it } from "vitest";
import { main } from "../../cli/cli.js";
import { have, run } from "../../tools/tools.js";

it.skipIf(!have("sh", "head"))("does not mind a reader that has seen enough", () => {
  const script = `{ "${process.execPath}" "${main}" boards --json; echo "exit $?" >&2; } | head -c 1`;
  const { stdout, stderr } = run("sh", ["-c", script]);
  expect({ stdout, stderr }).toEqual({ stdout: "[", stderr: "exit 0\n" });
});
