// `ubootc import`: a flow on standard output or in a file, and what it refuses.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, put } from "./cli.js";
import { ubootc } from "./here.js";

it("writes a flow that can be checked", async () => {
  const cwd = emptyFolder();
  put(cwd, { "boot.cmd": "dhcp\necho hello\nreset\n" });
  const shown = await ubootc(["import", "boot.cmd", "--board", "qemu_arm64"], { cwd });
  expect([shown.status, shown.stderr]).toEqual([0, ""]);
  expect(shown.stdout).toContain("board qemu_arm64\n");
  const args = ["import", "boot.cmd", "--board", "qemu_arm64", "-o", "lab.boot"];
  expect((await ubootc(args, { cwd })).status).toBe(0);
  expect(readFileSync(join(cwd, "lab.boot"), "utf8")).toBe(shown.stdout);
  expect((await ubootc(["check", "lab.boot"], { cwd })).status).toBe(0);
});

it("overwrites nothing, and says what it cannot read", async () => {
  const cwd = emptyFolder();
  put(cwd, { "boot.cmd": "reset\n", "lab.boot": "mine", "data.bin": new Uint8Array([1, 2, 3]) });
  for (const [args, message] of [
    [["boot.cmd", "-o", "lab.boot"], "is there already"],
    [["boot.cmd", "--board", "rpi3"], "did you mean rpi_3"],
    [["data.bin"], "is no script"],
    [["lab.boot"], "lab.boot is a flow already"],
    [["none.cmd"], "none.cmd"],
  ] as const) {
    const { status, stderr } = await ubootc(["import", ...args], { cwd });
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  }
  expect(readFileSync(join(cwd, "lab.boot"), "utf8")).toBe("mine");
});
