// `ubootc build` of ten thousand clients against one `mkimage` for each script, in one run on one
// file system. Both make the same bytes, which is checked; mkimage gets the finished texts.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { clientTable, kernel, put, tableFlow, ubootc } from "../cli/cli.js";
import { find, have } from "../tools/tools.js";

const CLIENTS = 10_000;
const ROUNDS = 3;
/** Header and table of lengths before the text of a script. */
const BEFORE_TEXT = 72;

it.skipIf(!have("mkimage"))("builds faster than one mkimage for each script", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ubootc-bench-"));
  try {
    put(folder, { "lab.boot": tableFlow, "lab.csv": clientTable(CLIENTS), "Image.gz": kernel });
    const builds: Awaited<ReturnType<typeof ubootc>>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      builds.push(await ubootc(["build", "lab.boot", "-o", `out${round}`], { cwd: folder }));
    }
    const again = await ubootc(["build", "lab.boot", "-o", "out0"], { cwd: folder });
    expect([...builds, again].map(({ status }) => status)).toEqual(Array(ROUNDS + 1).fill(0));

    const built = join(folder, "out0/tftp");
    const scripts = readdirSync(built).filter((name) => name.endsWith(".scr"));
    expect(scripts).toHaveLength(CLIENTS);
    mkdirSync(join(folder, "cmd"));
    mkdirSync(join(folder, "scr"));
    for (const name of scripts) {
      const image = readFileSync(join(built, name));
      writeFileSync(join(folder, "cmd", name), image.subarray(BEFORE_TEXT));
    }
    const loop = `for f in *; do ${find("mkimage")} -A arm64 -T script -C none -n netboot -d "$f" "../scr/$f"; done >/dev/null`;
    const began = performance.now();
    const { status } = spawnSync("sh", ["-c", loop], {
      cwd: join(folder, "cmd"),
      env: { ...process.env, SOURCE_DATE_EPOCH: "0" },
    });
    const mkimage = performance.now() - began;
    expect(status).toBe(0);
    for (const name of scripts) {
      const same = readFileSync(join(folder, "scr", name)).equals(readFileSync(join(built, name)));
      expect(same, name).toBe(true);
    }

    const best = builds.reduce((a, b) => (a.elapsed < b.elapsed ? a : b));
    const peak = Math.max(...builds.map((each) => each.peak));
    const row = (what: string, elapsed: number, memory = "") =>
      [
        what.padEnd(34),
        `${(elapsed / 1000).toFixed(2)} s`.padStart(9),
        `${(mkimage / elapsed).toFixed(1)} x`.padStart(8),
        memory,
      ].join("  ");
    console.log(
      [
        "",
        row(`mkimage, ${CLIENTS} times`, mkimage),
        row("ubootc build, new folder", best.elapsed, `${peak.toFixed(0)} MiB`),
        row("ubootc build, nothing changed", again.elapsed, `${again.peak.toFixed(0)} MiB`),
        "",
      ].join("\n"),
    );
    expect(peak).toBeLessThan(256);
    expect(mkimage / best.elapsed).toBeGreaterThan(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
