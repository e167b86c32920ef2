// `ubootc build` with ten thousand clients: how much memory it takes, and that it may be killed.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { put, start, tableFlow, ubootc } from "./cli.js";
import { build, expectWhole, lab, marksOf } from "./lab.js";

describe("ten thousand clients", () => {
  const MANY = 10_000;

  it("take not much memory and a short summary", async () => {
    const folder = lab(MANY);
    const { status, stdout, stderr, elapsed, peak } = await ubootc(["build", "lab.boot"], {
      cwd: folder,
    });
    console.log(`${MANY} clients: ${(elapsed / 1000).toFixed(1)} s, ${peak.toFixed(0)} MiB`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n").length).toBeLessThan(25);
    expect(stdout).toContain(`${MANY + 7} files in out`);
    expect(readdirSync(join(folder, "out/tftp"))).toHaveLength(MANY + 1);
    expect(peak).toBeLessThan(256);
  }, 240_000);

  it("survive a build that is killed", async () => {
    const folder = lab(MANY);
    await build(folder);
    const out = join(folder, "out");
    const before = marksOf(out);
    put(folder, { "lab.boot": tableFlow.replace("192.168.0.250", "10.0.0.1") });
    const child = start(["build", "lab.boot"], { cwd: folder });
    const ended = new Promise((resolve) => child.on("close", resolve));
    let leftover: string | undefined;
    while (!leftover || !existsSync(join(leftover, "tftp"))) {
      await pause(1);
      const name = readdirSync(out).find((each) => each.startsWith(".ubootc-"));
      if (name) leftover = join(out, name);
    }
    child.kill("SIGKILL");
    await ended;
    expect(child.signalCode).toBe("SIGKILL");
    expect(existsSync(leftover)).toBe(true);
    const after = marksOf(out);
    expect(Object.keys(before).filter((name) => before[name] !== after[name])).toEqual([]);
    expectWhole(out);

    // Of somebody who is still at it.
    const alive = `.ubootc-${process.ppid}-000000000000`;
    mkdirSync(join(out, alive));
    const { status, stdout } = await build(folder);
    expect(status).toBe(0);
    expect(stdout).toContain(`${MANY + 4} written, 3 unchanged`);
    expect(readdirSync(out).sort()).toEqual([alive, "manifest.json", "sdcard", "server", "tftp"]);
    expectWhole(out);
  }, 240_000);
});
