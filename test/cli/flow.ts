// A flow in a folder of its own, and the command run there.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import * as here from "./here.js";

const repository = resolve(import.meta.dirname, "../..");
const example = join(repository, "examples/zero-client");

/** A folder with `text` as flow.boot, a kernel Image.gz and a device tree pi3.dtb. */
export function flowIn(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ubootc-flow-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "flow.boot"), text);
  copyFileSync(join(example, "Image.gz"), join(folder, "Image.gz"));
  copyFileSync(join(example, "bcm2837-rpi-3-b.dtb"), join(folder, "pi3.dtb"));
  return folder;
}

/** `ubootc command flow.boot args` in `folder`; a `--` in `args` takes the place of flow.boot. */
export function ubootc(folder: string, command: string, ...args: readonly string[]) {
  const own = args.includes("--") ? [] : ["flow.boot"];
  return here.ubootc([command, ...own, ...args], { cwd: folder });
}
