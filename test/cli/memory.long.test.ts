// Memory does not grow with the payload: 200 MiB through a real process.
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { run } from "../tools/tools.js";

const main = resolve(import.meta.dirname, "../../dist/bin/main.js");
const cwd = mkdtempSync(join(tmpdir(), "ubootc-memory-"));
afterAll(() => rmSync(cwd, { recursive: true }));

/** Loaded before the command line, to say on stderr how much memory that took. */
const measure = `data:text/javascript,process.on("exit", () => {
  console.error("KiB " + process.resourceUsage().maxRSS);
});`;

/** The most memory that the command takes, in MiB. */
function peak(...args: string[]): number {
  const { status, stderr } = run(process.execPath, ["--import", measure, main, ...args], { cwd });
  expect(status, stderr).toBe(0);
  return Number(/^KiB (\d+)$/m.exec(stderr)?.[1]) / 1024;
}

/** A file that takes no room on the disk. */
function sparse(name: string, size: number): string {
  const file = openSync(join(cwd, name), "w");
  writeSync(file, "x");
  ftruncateSync(file, size);
  closeSync(file);
  return name;
}

it("200 MiB take hardly more than one byte", () => {
  const size = 200 * (1 << 20);
  const make = (data: string) => peak("mkimage", "-q", "-A", "arm64", "-d", data, `${data}.img`);
  const small = make(sparse("small", 1));
  const large = make(sparse("large", size));
  expect(statSync(join(cwd, "large.img")).size).toBe(size + 64);
  expect(large - small).toBeLessThan(50);
  expect(peak("inspect", "large.img") - peak("inspect", "small.img")).toBeLessThan(50);
}, 60_000);
