// A build is one tree or the other: killed before each rename, and by several at once. kills.soak.ts does
// it five hundred times, at every call that changes something.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { start } from "./cli.js";
import { Killing, killAll, RENAMES } from "./kills.js";

describe("a build that is killed", () => {
  it("before each of its renames leaves one tree or the other", { timeout: 120_000 }, async () => {
    const killing = new Killing();
    await killing.prepare(3);
    await killing.build("one", [], 0);
    const places = Array.from({ length: 14 }, (_, n) => [RENAMES, n + 1] as const);
    const { kills, mixed, plainlyMixed } = await killAll(killing, places);
    console.log(`${kills} kills: ${mixed} mixed; ${plainlyMixed} to programs that know no journal`);
    expect(kills).toBeGreaterThan(8);
    expect(mixed).toBe(0);
    await killing.build("other", [], 0);
    expect(killing.plainly).toBe("other");
    expect(killing.leftovers).toEqual([]);
  });
});

describe("a build that is asked to end", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s ends when all is in place",
    async (signal) => {
      const killing = new Killing();
      await killing.prepare(2);
      await killing.build("one", [], 0);
      // The second rename: of the first file that is put in place.
      expect(await killing.build("other", RENAMES, 4, { signal })).toBeUndefined();
      expect(killing.plainly).toBe("other");
      expect(killing.leftovers).toEqual([]);
    },
  );
});

describe("several builds into one folder", () => {
  it("make the tree of one of them", { timeout: 120_000 }, async () => {
    const killing = new Killing();
    await killing.prepare(20);
    for (let round = 0; round < 3; round++) {
      await Promise.all(["one", "other", "one", "other"].map((flow) => killing.build(flow, [], 0)));
      expect(killing.plainly).toMatch(/^one$|^other$/);
      expect(killing.leftovers).toEqual([]);
    }
  });

  /** Ends with the process that `name` starts there. */
  const locked = (killing: Killing, holder: object) => {
    const out = join(killing.folder, "out");
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, ".ubootc.lock"), JSON.stringify(holder));
    return out;
  };

  it("wait for who holds it, and say who that is", async () => {
    const killing = new Killing();
    await killing.prepare(1);
    const holder = { pid: 4711, host: "elsewhere x", start: "1", token: "00" };
    const out = locked(killing, holder);
    const child = start(["build", "one.boot"], { cwd: killing.folder });
    const said = await new Promise((done) => child.stderr?.once("data", (text) => done(`${text}`)));
    expect(said).toBe(
      "ubootc build: out: waiting: process 4711 on elsewhere is writing here; its lock is out/.ubootc.lock\n",
    );
    expect(existsSync(join(out, "tftp"))).toBe(false);
    child.kill();
  });

  it("take over from a process that has ended", async () => {
    const killing = new Killing();
    await killing.prepare(1);
    locked(killing, { pid: process.pid, host: hostname(), start: "1", token: "00" });
    const { readlinkSync } = await import("node:fs");
    if (!existsSync("/proc/self/ns/pid")) return;
    const host = `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
    // The number of a process that is there, and began at another time.
    const out = locked(killing, { pid: process.pid, host, start: "1", token: "00" });
    // And one who was killed while taking it over from somebody before.
    writeFileSync(join(out, ".ubootc.lock-0123"), "");
    await killing.build("one", [], 0);
    expect(killing.plainly).toBe("one");
    expect(killing.leftovers).toEqual([]);
  });
});
