// Boards that boot from `ubootc serve`: what they and the server print, a build that changes between
// two boots, how fast it is beside tftpd-hpa, who is answered, and the right to port 69.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../../src/image/index.js";
import type { Program } from "../../tools/program.js";
import { run } from "../../tools/tools.js";
import { haveLab, Lab } from "./lab.js";
import { asUnit, bench1, command, serve, unknown } from "./served.js";

const repository = join(import.meta.dirname, "../../..");
const bench2 = { "serial#": "00000000aabbccdd", ethaddr: "52:54:00:00:00:02", bootdelay: "0" };

/** A laboratory with a DHCP server, and the example in a folder of its own, built. */
async function prepare() {
  const lab = await Lab.open();
  const folder = lab.directory("flow");
  cpSync(join(repository, "examples/zero-client-qemu"), folder, { recursive: true });
  const flow = join(folder, "zero-client-qemu.boot");
  const out = lab.directory("out");
  const { status, stderr } = run(process.execPath, [command, "build", flow, "-o", out]);
  if (status !== 0) throw new Error(stderr);
  const hosts = {
    [bench1.ethaddr]: "192.168.0.11",
    [bench2.ethaddr]: "192.168.0.12",
    [unknown.ethaddr]: "192.168.0.13",
  };
  await lab.dhcp({ hosts });
  return { lab, folder, flow, sdcard: join(out, "sdcard") };
}

const hello = (client: string) => new RegExp(`hello from zero-client-qemu: .* client=${client}\\n`);

describe.runIf(haveLab())("ubootc serve", { timeout: 480_000 }, () => {
  it("boots boards, and says how each one does", async () => {
    const { lab, flow, sdcard } = await prepare();
    const server = await serve(lab, [flow]);
    const boards: Program[] = [];
    for (const environment of [bench1, bench2, unknown]) {
      boards.push(await lab.board({ sdcard, environment }));
    }
    const [first, second, third] = boards;
    await first?.waitFor(hello("bench-1"), 40_000);
    await second?.waitFor(hello("bench-2"), 40_000);
    await third?.waitFor("hello from fallback: rescue\n", 60_000);
    await server.stop();
    const name = "bench-1 (0000000012345678, 192.168.0.11)";
    expect(server.output).toContain(`${name}: begins with netboot-0000000012345678.scr of build 1`);
    expect(server.output).toContain(`${name}: fetched linux.uImage: 367 bytes`);
    expect(server.output).toContain(`${name}: has all it needs: 2 files`);
    expect(server.output).toContain("bench-2 (00000000aabbccdd, 192.168.0.12): has all it needs");
    expect(server.output).toMatch(
      /192\.168\.0\.13: asked for netboot-00000000ffffffff.scr: file not found; there is netboot-/,
    );
    expect(server.output).toContain("192.168.0.13: has all it needs: 2 files");
  });

  it("gives the next boot what was built meanwhile", async () => {
    const { lab, flow, sdcard } = await prepare();
    const server = await serve(lab, [flow]);
    const first = await lab.board({ sdcard, environment: bench1 });
    await first.waitFor(hello("bench-1"), 40_000);
    const text = readFileSync(flow, "utf8");
    writeFileSync(flow, text.replace('"client={client.name}"', '"client=new-{client.name}"'));
    await server.waitFor("build 2:", 10_000);
    const second = await lab.board({ sdcard, environment: bench1 });
    await second.waitFor(hello("new-bench-1"), 40_000);
    await server.waitFor("begins with netboot-0000000012345678.scr of build 2", 5000);
  });

  // What our scripts set, windows of 16, against what people have: tftpd-hpa, which has no windows.
  it("brings 32 MiB to U-Boot faster than tftpd-hpa", { timeout: 900_000 }, async () => {
    const { lab, folder } = await prepare();
    const other = "192.168.0.251";
    lab.network.addAddress(other);
    const large = Buffer.alloc(32 << 20, "not the same in every block ");
    writeFileSync(join(folder, "large.bin"), large);
    await serve(lab, ["--root", folder]);
    await lab.tftp(folder, other);
    const board = await lab.board({
      sdcard: lab.directory("empty"),
      environment: { ...bench1, bootdelay: "-1", autoload: "no", tftpwindowsize: "16" },
    });
    await board.waitFor("=> ", 40_000);
    board.type("dhcp\n");
    await board.waitFor("=> ", 40_000);
    const rates: Record<string, number[]> = { [lab.network.address]: [], [other]: [] };
    for (const server of Object.keys(rates)) {
      board.type(`setenv serverip ${server}; tftpboot 42000000 large.bin\n`);
      const said = await board.waitFor(/([\d.]+) ([KM])iB\/s\s+done[\s\S]*=> /, 120_000);
      const [, rate, unit] = /([\d.]+) ([KM])iB\/s\s+done/.exec(said) ?? [];
      rates[server]?.push(Number(rate) / (unit === "K" ? 1024 : 1));
      board.type("crc32 42000000 ${filesize}\n");
      await board.waitFor(`==> ${crc32(large).toString(16).padStart(8, "0")}`, 20_000);
      await board.waitFor("=> ", 5000);
    }
    const best = Object.values(rates).map((each) => Math.max(...each));
    const [ours = 0, theirs = 0] = best;
    const times = (ours / theirs).toFixed(1);
    console.log(
      `32 MiB to U-Boot: ubootc ${ours} MiB/s, tftpd-hpa ${theirs} MiB/s: ${times} times`,
    );
    // On a busy machine both vary; what would be noticed on a desk does not.
    expect(ours).toBeGreaterThan(theirs / 2);
  });
});

describe.runIf(haveLab("curl", "setpriv"))("on its network", { timeout: 240_000 }, () => {
  it("answers who needs no router, unless told otherwise", async () => {
    const { lab, flow } = await prepare();
    const { network } = lab;
    network.exec("ip", "address", "add", "10.9.9.9/32", "dev", "lo");
    // A link that is up: without one the machine has no network.
    const pair = ["type", "veth", "peer", "name", "board"];
    network.exec("ip", "link", "add", "name", "plugged", "master", "br0", "up", ...pair);
    network.exec("ip", "link", "set", "board", "up");
    const got = join(lab.directory("got"), "got");
    const fetch = (url: string, from: string) => {
      rmSync(got, { force: true });
      const limits = ["--max-time", "2", "--interface", from, "-s", "-o", got];
      try {
        network.exec("curl", ...limits, `${url}/fallback.scr`);
        return readFileSync(got, "latin1").includes("rescue");
      } catch {
        return false;
      }
    };
    const urls = [`tftp://${network.address}`, `http://${network.address}`];
    const server = await serve(lab, [flow, "--http"]);
    expect(urls.map((url) => fetch(url, network.address))).toEqual([true, true]);
    expect(urls.map((url) => fetch(url, "10.9.9.9"))).toEqual([false, false]);
    await server.waitFor("10.9.9.9: not answered, not on-link", 5000);
    await server.stop();
    const open = await serve(lab, [flow, "--http", "--any-client"]);
    expect(urls.map((url) => fetch(url, "10.9.9.9"))).toEqual([true, true]);
    await open.stop();
  });

  it("listens on a link that comes up later", async () => {
    const { lab, flow } = await prepare();
    const { network } = lab;
    const server = network.start(process.execPath, [command, "serve", flow]);
    await server.waitFor("serving on ", 20_000);
    expect(server.output).not.toContain("10.8.8.1");
    network.exec("ip", "link", "add", "name", "late", "type", "veth", "peer", "name", "other");
    network.exec("ip", "link", "set", "other", "up");
    network.exec("ip", "address", "add", "10.8.8.1/24", "dev", "late");
    network.exec("ip", "link", "set", "late", "up");
    // Asked until it answers: the server looks every two seconds.
    const retry = ["--retry", "20", "--retry-all-errors", "--retry-delay", "1", "--max-time", "2"];
    network.exec("curl", "-sS", ...retry, "-o", "/dev/null", "tftp://10.8.8.1/fallback.scr");
    await server.waitFor("10.8.8.1: fetched fallback.scr", 5000);
    await server.stop();
  });

  it("says how to get port 69, and gets it that way", async () => {
    const { lab, flow } = await prepare();
    const { network } = lab;
    const bind = "net_bind_service";
    const without = ["setpriv", "--bounding-set", `-${bind}`, "--inh-caps", `-${bind}`];
    const ordinary = "net.ipv4.ip_unprivileged_port_start";
    network.exec("sysctl", "-qw", `${ordinary}=1024`);
    const all = [...without.slice(1), process.execPath, command, "serve"];
    const refused = network.start("setpriv", [...all, "--address", network.address, flow]);
    await refused.waitForEnd(20_000);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain(`may not listen on ${network.address} port 69 (tftp)\n`);
    expect(refused.output).toContain(`sudo sysctl ${ordinary}=69\n`);
    // As the unit does it: every right taken, this one given.
    const given = await serve(lab, [flow], asUnit);
    await given.stop();
    network.exec("sysctl", "-qw", `${ordinary}=69`);
    const allowed = await serve(lab, [flow], without);
    await allowed.stop();
  });
});
