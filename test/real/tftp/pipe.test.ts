// A named pipe in the folder that is served. Needs mkfifo.
import { join } from "node:path";
import { expect, it } from "vitest";
import { directory } from "../../../src/tftp/index.js";
import { emptyFolder } from "../../cli/cli.js";
import { have, run } from "../../tools/tools.js";

it.runIf(have("mkfifo"))("the server is not held up by a named pipe", () => {
  const root = emptyFolder();
  run("mkfifo", [join(root, "pipe")]);
  expect(directory(root).open("pipe", "127.0.0.1")).toBe("access violation");
});
