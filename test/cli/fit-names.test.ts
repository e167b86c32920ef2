// Names out of files: two of one name, and what a terminal would act on.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inspectCommand } from "../../src/cli/inspect/inspect.js";
import { mkimageCommand } from "../../src/cli/mkimage/mkimage.js";
import { emptyFolder, put } from "./cli.js";
import { runInProcess } from "./in-process.js";

const its = (first: string, second: string) => `/dts-v1/; / { description = "x"; images {
  ${first} { data = "first"; }; ${second} { data = "second"; }; }; };`;

/** A FIT of two images, the second of which is renamed in the file; names of the same length. */
async function fitOf(folder: string, second: string): Promise<string> {
  put(folder, { "x.its": its("ab", "zz") });
  const file = join(folder, "x.itb");
  await runInProcess(mkimageCommand(), "-q", "-f", join(folder, "x.its"), file);
  const bytes = readFileSync(file);
  bytes.write(second, bytes.indexOf("zz\0", 0, "latin1"), "latin1");
  writeFileSync(file, bytes);
  return file;
}

it("--extract writes the image that U-Boot finds under a name that two have", async () => {
  const folder = emptyFolder();
  const file = await fitOf(folder, "ab");
  await runInProcess(inspectCommand(), file, "--extract", join(folder, "out"));
  const texts = ["ab", "image-1"].map((name) => readFileSync(join(folder, "out", name), "utf8"));
  expect(texts).toEqual(["first\0", "second\0"]);
});

it.each([
  ["-l", "of a file that is not there", ["-l", "no\u001b[31m"]],
  ["-f", "of a source that is not there", ["-f", "no\u001b[31m.its", "x.itb"]],
  ["-F", "of a FIT that is not there", ["-F", "no\u001b[31m.itb"]],
  ["-d", "of data that is not there", ["-d", "no\u001b[31m", "x.img"]],
])("%s shows the name %s without what a terminal acts on", async (_, __, args) => {
  const { failed, stderr } = await runInProcess(mkimageCommand(), ...args);
  expect(failed).toBe(true);
  expect(stderr).toContain("[31m");
  expect(stderr).not.toContain("\u001b");
});
