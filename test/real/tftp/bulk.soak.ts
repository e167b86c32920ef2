// Many clients at once: every file byte-identical, and the server small. The clients are
// test/bench/load.c, which compares every byte.
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { have, run } from "../../tools/tools.js";

const server = `
  import { directory, TftpServer } from "ubootc/tftp";
  const caps = { transfers: 8192, transfersPerAddress: 8192, requestsPerSecond: 1e6, requestBurst: 1e6 };
  const options = { addresses: ["127.0.0.1"], port: 0, caps, workers: Number(process.argv[2]) };
  const server = await TftpServer.start(directory(process.argv[1]), options);
  console.log(server.addresses[0].port);
`;

/** Megabytes that the process had in memory at most. */
const peak = (pid: number | undefined) =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/**
 * 16 GiB in blocks of 8192, since what costs is the number of datagrams: on two cores with as much
 * other work on them, 98 s, RSS at most 196 MB; 5 000 clients in blocks of 1468: 20 s, 160 MB.
 */
const rows: [clients: number, size: number, blksize: number, files: number, workers: number][] = [
  [1000, 16 << 20, 8192, 1, 0],
  [1000, 16 << 20, 8192, 1, 2],
  [1000, 16 << 20, 8192, 10, 2],
  [1000, 2 << 20, 1468, 1, 2],
  [5000, 64 << 10, 1468, 1, 2],
];

it.each(rows)("%i clients × %i bytes in blocks of %i, %i files, %i threads", async (...row) => {
  const [clients, size, blksize, files, workers] = row;
  if (!have("cc", "/proc/self/status")) return;
  const place = mkdtempSync(join(tmpdir(), "ubootc-bulk-"));
  const load = join(place, "load");
  const source = join(import.meta.dirname, "../../bench/load.c");
  expect(run("cc", ["-O2", "-o", load, source]).stderr).toBe("");
  const names = Array.from({ length: files }, (_, number) => `file-${number}`);
  for (const name of names) writeFileSync(join(place, name), randomBytes(size));
  const args = ["--input-type=module", "-e", server, place, String(workers)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = String(await new Promise((done) => child.stdout.once("data", done))).trim();
    const each = String(clients / files);
    const results = names.map(
      (name) =>
        new Promise<string>((done) => {
          const command = [port, name, join(place, name), `${blksize}`, "16", each, each];
          execFile(load, command, (_problem, out, err) => {
            if (err) console.log(err);
            done(out || err);
          });
        }),
    );
    const totals = (await Promise.all(results)).map((line) => JSON.parse(line));
    const sum = (key: string) => totals.reduce((total, one) => total + one[key], 0);
    expect({ completed: sum("completed"), failed: sum("failed") }).toEqual({
      completed: clients,
      failed: 0,
    });
    const seconds = Math.max(...totals.map(({ seconds }) => seconds));
    const rate = (sum("bytes") / seconds / 1e6).toFixed(0);
    console.log(`${rate} MB/s, ${sum("repeats")} repeats, RSS ${peak(child.pid).toFixed(0)} MB`);
    expect(peak(child.pid)).toBeLessThan(256);
  } finally {
    child.kill();
    rmSync(place, { recursive: true });
  }
});
