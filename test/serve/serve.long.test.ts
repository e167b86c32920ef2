// The whole command on loopback: real clients, files that change under it, signals, and what it
// prints.
import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { fetch } from "../tftp/socket.js";
import { run } from "../tools/tools.js";
import { Flow, get, main, SlowTransfer, script, serve } from "./serving.js";

const SECONDS = 1000;

describe("what is served", { timeout: 240 * SECONDS }, () => {
  it("is nothing else", async () => {
    const flow = new Flow();
    const { program, tftp, http } = await serve(flow.path);
    for (const name of ["zero-client-qemu.boot", "../large.bin", "Image.gz", "boot.scr", ""]) {
      await expect(fetch(tftp, name)).rejects.toThrow(/ERROR [14] /);
      expect(await get(http, name)).toBe("404 file not found");
    }
    expect(await get(http, "%")).toMatch(/^400 no name/);
    await expect(fetch(tftp, "linux.uImag")).rejects.toThrow("file not found");
    await program.waitFor("asked for linux.uImag: file not found; there is linux.uImage", 5000);
  });

  it("is a folder beside the flow, or instead of it", async () => {
    const flow = new Flow();
    writeFileSync(join(flow.folder, "linux.uImage"), "another");
    const both = await serve(flow.path, "--root", flow.folder, "--single-port");
    expect((await fetch(both.tftp, "linux.uImage")).bytes.length).toBeGreaterThan(100);
    expect((await fetch(both.tftp, "fallback.gz")).port).toBe(both.tftp);
    const alone = await serve("--root", flow.folder, "--port-range", "20000-29999");
    const { bytes, port } = await fetch(alone.tftp, "linux.uImage");
    expect(bytes.toString()).toBe("another");
    expect(port >= 20000 && port <= 29999).toBe(true);
    expect(await get(alone.http, "../etc/passwd")).toMatch(/^40[34] /);
  });

  it("is counted", async () => {
    const flow = new Flow();
    const { tftp, http, metrics } = await serve(flow.path);
    await fetch(tftp, script);
    await fetch(tftp, "linux.uImage");
    await get(http, "large.bin");
    const page = await get(metrics, "metrics");
    expect(page).toContain('ubootc_transfers_total{protocol="tftp",outcome="done"} 2\n');
    expect(page).toContain('ubootc_sent_bytes_total{protocol="http"} 100000\n');
    expect(page).toContain('ubootc_boots_total{stage="complete"} 1\n');
    expect(page).toContain("ubootc_build 1\n");
    expect(await get(metrics, "")).toMatch(/^404/);
  });
});

describe("while the flow changes", { timeout: 240 * SECONDS }, () => {
  it("a boot gets all of one build", async () => {
    const flow = new Flow();
    const { program, tftp, http } = await serve(flow.path);
    expect((await fetch(tftp, script)).bytes.toString("latin1")).toContain("client=bench-1");
    writeFileSync(flow.large, "new");
    flow.edit("client={client.name}", "renamed={client.name}");
    await program.waitFor("build 2:", 10 * SECONDS);
    expect((await fetch(tftp, "large.bin")).bytes.toString()).toMatch(/^old old/);
    expect(await get(http, "large.bin")).toMatch(/^old old/);
    expect(await get(http, "large.bin", "127.0.0.2")).toBe("new");
    expect((await fetch(tftp, script)).bytes.toString("latin1")).toContain("renamed=bench-1");
    expect((await fetch(tftp, "large.bin")).bytes.toString()).toBe("new");
    expect(await get(http, "large.bin")).toBe("new");
  });

  it("the last good build stays", async () => {
    const flow = new Flow();
    const { program, tftp } = await serve(flow.path);
    flow.edit("boot linux with own", "boot linus with own");
    await program.waitFor("error[name-unknown]", 10 * SECONDS);
    await program.waitFor("the flow has 1 error: still serving build 1", 5 * SECONDS);
    expect((await fetch(tftp, script)).bytes.toString("latin1")).toContain("client=bench-1");
    flow.edit("boot linus with own", "boot linux with own");
    await program.waitFor("build 2:", 10 * SECONDS);
  });

  it("SIGHUP builds again", async () => {
    const { program, tftp } = await serve(new Flow().path);
    process.kill(program.pid, "SIGHUP");
    await program.waitFor("build 2:", 10 * SECONDS);
    process.kill(program.pid, "SIGHUP");
    await program.waitFor("build 3:", 10 * SECONDS);
    expect((await fetch(tftp, script)).bytes.length).toBeGreaterThan(100);
  });

  it.each<[string, (file: string) => void]>([
    ["written to in place", (file) => writeFileSync(file, Buffer.alloc(100_000, "new "))],
    ["cut", (file) => truncateSync(file, 10)],
    ["removed", (file) => rmSync(file)],
    [
      "replaced",
      (file) => {
        writeFileSync(`${file}.new`, Buffer.alloc(100_000, "new "));
        renameSync(`${file}.new`, file);
      },
    ],
  ])("a file that is %s in mid-transfer arrives as it was", async (_, change) => {
    const flow = new Flow();
    const before = readFileSync(flow.large);
    const { program, tftp } = await serve(flow.path);
    const transfer = await SlowTransfer.begin(tftp, "large.bin");
    await transfer.go(3);
    change(flow.large);
    await program.waitFor(/build 2:|still serving build 1/, 10 * SECONDS);
    await transfer.go();
    expect(transfer.whole && transfer.bytes.equals(before)).toBe(true);
  });

  it.each<[string, (file: string) => void, boolean]>([
    ["written to in place", (file) => writeFileSync(file, Buffer.alloc(200_000, "new ")), false],
    ["cut", (file) => truncateSync(file, 10), false],
    ["removed", (file) => rmSync(file), true],
  ])("a file of --root that is %s is whole or an error", async (_, change, whole) => {
    const flow = new Flow(Buffer.alloc(200_000, "old "));
    await pause(50);
    const { tftp } = await serve("--root", flow.folder);
    const transfer = await SlowTransfer.begin(tftp, "large.bin");
    await transfer.go(3);
    change(flow.large);
    await transfer.go();
    expect(transfer.whole).toBe(whole);
    expect(transfer.bytes.toString()).toMatch(/^(old )+$/);
    if (whole) expect(transfer.bytes).toHaveLength(200_000);
    else expect(transfer.error).toMatch(/changed|cut/);
  });
});

describe("signals", { timeout: 240 * SECONDS }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s lets a transfer end", async (signal) => {
    const { program, tftp } = await serve(new Flow().path);
    const transfer = await SlowTransfer.begin(tftp, "large.bin");
    process.kill(program.pid, signal);
    await program.waitFor("stopping when 1 transfer has ended", 5 * SECONDS);
    await transfer.go();
    expect(transfer.bytes).toHaveLength(100_000);
    await program.waitForEnd(3 * SECONDS);
    expect(program.exitCode).toBe(0);
  });

  it("waits only for a moment", async () => {
    const { program, tftp } = await serve(new Flow().path);
    const transfer = await SlowTransfer.begin(tftp, "large.bin");
    process.kill(program.pid, "SIGTERM");
    await program.waitForEnd(10 * SECONDS);
    expect(program.exitCode).toBe(0);
    await transfer.go();
    expect(transfer.error).toBe("the server is stopping");
  });

  it("the second one ends it at once", async () => {
    const { program, tftp } = await serve(new Flow().path);
    await SlowTransfer.begin(tftp, "large.bin");
    process.kill(program.pid, "SIGINT");
    await program.waitFor("stopping", 5 * SECONDS);
    process.kill(program.pid, "SIGINT");
    await program.waitForEnd(2 * SECONDS);
    expect(program.exitCode).toBe(130);
  });
});

describe("what is printed", { timeout: 240 * SECONDS }, () => {
  it("is an object a line with --json", async () => {
    const flow = new Flow();
    const { program, tftp } = await serve(flow.path, "--json");
    await fetch(tftp, script);
    await fetch(tftp, "linux.uImage");
    // The client is done when it has sent its last ACK, the server when it has it.
    await program.waitFor('"complete"', 10 * SECONDS);
    await fetch(tftp, "none").catch(() => {});
    flow.edit("boot linux with own", "boot linus with own");
    await program.waitFor('"broken"', 10 * SECONDS);
    await program.stop();
    const lines = program.output.trimEnd().split("\n");
    const objects = lines.map((line): Record<string, unknown> => JSON.parse(line));
    const board = { client: "bench-1", serial: "0000000012345678", address: "127.0.0.1" };
    const any: unknown = expect.anything();
    const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const fetched = { time, event: "fetched", board, via: "tftp", ms: any, repeats: 0 };
    const happened = objects.filter(({ event }) => event !== "diagnostics");
    expect(happened).toEqual([
      { time, event: "built", build: 1, files: 6, ms: any },
      { time, event: "listening", on: any },
      { time, event: "boot", board, file: script, build: 1 },
      { ...fetched, file: script, kind: "script", size: any },
      { ...fetched, file: "linux.uImage", kind: "kernel", size: 367 },
      { time, event: "complete", board, files: 2, size: any, ms: any },
      { time, event: "refused", board, file: "none", why: "file not found" },
      { time, event: "broken", errors: 1, build: 1 },
      { time, event: "stopping", transfers: 0 },
    ]);
    expect(objects.filter(({ event }) => event === "diagnostics").at(-1)).toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: "name-unknown" })]),
    });
  });
});

describe("what it cannot do", { timeout: 240 * SECONDS }, () => {
  const ubootc = (...args: string[]) => run(process.execPath, [main, "serve", ...args]);

  it("serve a flow that has errors from the start", () => {
    const flow = new Flow();
    flow.edit("boot linux with own", "boot linus with own");
    const { status, stderr } = ubootc(flow.path, "--address", "127.0.0.1", "--port", "0");
    expect(stderr).toContain("error[name-unknown]");
    expect(status).toBe(1);
  });

  it("listen where another program does", async () => {
    const flow = new Flow();
    const { tftp, http } = await serve(flow.path);
    const where = [flow.path, "--address", "127.0.0.1"];
    const twice = ubootc(...where, "--port", `${tftp}`);
    expect(twice.stderr).toContain(`another program listens on 127.0.0.1 port ${tftp} (tftp)\n`);
    expect(twice.status).toBe(1);
    const web = ubootc(...where, "--port", "0", "--http", `${http}`);
    expect(web.stderr).toContain(`another program listens on 127.0.0.1 port ${http} (http)\n`);
    expect(web.status).toBe(1);
    const elsewhere = ubootc(flow.path, "--address", "192.0.2.1", "--port", "0");
    expect(elsewhere.stderr).toContain("192.0.2.1 is not one of this machine\n");
  });

  it.each<[string[], RegExp]>([
    [[], /name a flow, or a --root/],
    [["a.boot", "--port", "70000"], /a port is a number up to 65535/],
    [["a.boot", "--port-range", "9-3"], /first-last/],
    [["a.boot", "--metrics", "nowhere"], /a port is a number/],
    [["a.boot", "b.boot"], /too many arguments/],
  ])("understand %j", (args, said) => {
    const { status, stderr } = ubootc(...args);
    expect(stderr).toMatch(said);
    expect(status).toBe(2);
  });

  it.each<[string[], RegExp]>([
    [["none.boot"], /none\.boot/],
    [["--root", "/none"], /\/none/],
  ])("find %j", (args, said) => {
    const { status, stderr } = ubootc("--address", "127.0.0.1", "--port", "0", ...args);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  });
});
