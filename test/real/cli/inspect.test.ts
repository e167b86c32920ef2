// `ubootc inspect --extract` beside U-Boot's dumpimage. Needs dumpimage and mkimage.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, main, put } from "../../cli/cli.js";
import { have, run } from "../../tools/tools.js";

it.runIf(have("dumpimage", "mkimage"))("takes out the same files as dumpimage", () => {
  const cwd = emptyFolder();
  put(cwd, { one: "one", two: "two!" });
  run("mkimage", ["-A", "arm", "-T", "multi", "-d", "one:two", "multi"], { cwd });
  run(process.execPath, [main, "inspect", "multi", "--extract", "ours"], { cwd });
  for (const index of [0, 1]) {
    run("dumpimage", ["-T", "multi", "-p", `${index}`, "-o", "theirs", "multi"], { cwd });
    const ours = readFileSync(join(cwd, `ours/part-${index}`));
    expect(ours.equals(readFileSync(join(cwd, "theirs")))).toBe(true);
  }
});
