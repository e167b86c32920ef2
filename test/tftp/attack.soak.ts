// The attacks of strangers on the whole command, and how long a good client waits beside each: over
// IPv4 and IPv6, as root and as another user, with few descriptors and with many. Loopback only.
import { createSocket, type Socket } from "node:dgram";
import { chmodSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeAck, encodeRequest } from "../../src/tftp/index.js";
import { emptyFolder } from "../cli/cli.js";
import { main } from "../serve/serving.js";
import { Program } from "../tools/program.js";
import { run } from "../tools/tools.js";
import { fetch } from "./socket.js";

const ATTACK_MS = 10_000;
const SIZE = 100_000;

interface Target {
  readonly address: string;
  readonly tftp: number;
  readonly http: number;
}

/** Does something to a server until it is told to stop. */
type Attack = (target: Target, goesOn: () => boolean) => Promise<void>;

const family = (address: string) => (address.includes(":") ? "udp6" : "udp4");
const opened = async ({ address }: Target) => {
  const socket = createSocket(family(address));
  await new Promise<void>((done) => socket.bind(0, address, done));
  return socket;
};
const request = (name: string, ...pairs: [string, string][]) =>
  encodeRequest(
    "RRQ",
    name,
    "octet",
    pairs.map(([key, value]) => ({ name: key, value })),
  );

/** Sends what `packet` makes, two thousand a second, each from one of `count` ports in turn. */
const flood =
  (count: number, packet: (number: number) => Uint8Array): Attack =>
  async (target, goesOn) => {
    const sockets: Socket[] = [];
    for (let at = 0; at < count; at++) sockets.push(await opened(target));
    for (let sent = 0; goesOn(); ) {
      for (let burst = 0; burst < 20; burst++, sent++) {
        sockets[sent % count]?.send(packet(sent), target.tftp, target.address);
      }
      await pause(10);
    }
    for (const socket of sockets) socket.close();
  };

const attacks: Readonly<Record<string, Attack>> = {
  nothing: async (_, goesOn) => {
    while (goesOn()) await pause(100);
  },
  "requests that nobody follows up": flood(500, () => request("file", ["blksize", "1468"])),
  "names that are long": flood(50, (at) => request(`${at}${"x".repeat(3000)}`)),
  "damaged datagrams": flood(50, (at) => {
    const bytes = Buffer.from(request("file", ["blksize", "1468"]));
    for (let change = 0; change < 3; change++)
      bytes[(at * 7 + change * 13) % bytes.length] = at & 0xff;
    return bytes.subarray(0, (at % bytes.length) + 1);
  }),
  "slow transfers": async (target, goesOn) => {
    const sockets: Socket[] = [];
    for (let at = 0; at < 400; at++) {
      const socket = await opened(target);
      let block = 0;
      socket.on("message", (_, { port, address }) => {
        setTimeout(() => goesOn() && socket.send(encodeAck(block++), port, address), 900);
      });
      socket.send(request("file", ["blksize", "512"]), target.tftp, target.address);
      sockets.push(socket);
      if (at % 10 === 0) await pause(50);
    }
    while (goesOn()) await pause(100);
    for (const socket of sockets) socket.close();
  },
  "connections that say little": async ({ address, http }, goesOn) => {
    while (goesOn()) {
      for (let burst = 0; burst < 5; burst++) {
        const socket = connect(http, address, () => socket.write("GET /file HTTP/1.1\r\nX: "));
        socket.on("error", () => {});
        setTimeout(() => socket.destroy(), 3000);
      }
      await pause(20);
    }
  },
};

interface Waits {
  /** How long each file took, in ms, in rising order. */
  readonly taken: readonly number[];
  /** How often there was no answer in time. */
  readonly failed: number;
}

/**
 * Of IPv6 loopback has one address only, and a good client there the attackers' limits, unless others were
 * given to it: in a namespace, `ip -6 addr add fd00::1/64 dev lo`, and the same with `fd00::9`.
 */
const others = (networkInterfaces().lo ?? [])
  .filter((each) => each.family === "IPv6" && each.address !== "::1")
  .map((each) => each.address)
  .sort();
const [six = "::1", sixth = six] = others;

/** Where the good client is. */
const goodAddress = (address: string) => (address === "127.0.0.1" ? "127.0.0.9" : sixth);

/** A good client. */
async function waits({ address, tftp }: Target, goesOn: () => boolean): Promise<Waits> {
  const taken: number[] = [];
  const from = goodAddress(address);
  let failed = 0;
  while (goesOn()) {
    const began = performance.now();
    try {
      const { bytes } = await fetch(tftp, "file", {
        server: address,
        from,
        options: "blksize 1468",
      });
      expect(bytes).toHaveLength(SIZE);
      taken.push(performance.now() - began);
    } catch {
      failed++;
    }
    await pause(50);
  }
  return { taken: taken.sort((one, other) => one - other), failed };
}

async function serving(address: string, user: readonly string[], limit: number) {
  const folder = emptyFolder();
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "file"), Buffer.alloc(SIZE, "x"));
  const shown = address.includes(":") ? `\\[${address}\\]` : address.replaceAll(".", "\\.");
  const where = ["--address", address, "--port", "0", "--http", "0", "--root", folder, ...user];
  const program = new Program("sh", [
    ...["-c", `ulimit -n ${limit} && exec "$0" "$@"`, process.execPath, main, "serve", ...where],
  ]);
  onTestFinished(() => program.stop());
  const said = await program.waitFor(new RegExp(`tftp ${shown}:\\d+, http ${shown}:\\d+`), 20_000);
  const port = (protocol: string) =>
    Number(new RegExp(`${protocol} ${shown}:(\\d+)`).exec(said)?.[1]);
  return { program, target: { address, tftp: port("tftp"), http: port("http") } };
}

const [, hard = "524288"] = /(\d+)/.exec(run("sh", ["-c", "ulimit -Hn"]).stdout) ?? [];
/** Many descriptors, as far as this machine lets anybody have them. */
const most = Math.min(524_288, Number(hard));

const isRoot = process.getuid?.() === 0;
const users: (readonly string[])[] = isRoot ? [[], ["--user", "nobody"]] : [[]];
const cases = ["127.0.0.1", six].flatMap((address) =>
  users.flatMap((user) => [1024, most].map((limit) => [address, user, limit] as const)),
);

describe.each(cases)("%s %j, %i descriptors", (address, user, limit) => {
  it("serves a good client beside every attack", async () => {
    const { program, target } = await serving(address, user, limit);
    for (const [name, attack] of Object.entries(attacks)) {
      const end = performance.now() + ATTACK_MS;
      const goesOn = () => performance.now() < end;
      const [{ taken, failed }] = await Promise.all([
        waits(target, goesOn),
        attack(target, goesOn),
      ]);
      const at = (share: number) => taken[Math.floor((taken.length - 1) * share)]?.toFixed(0);
      const told = `${taken.length} files, median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms`;
      console.log(`${address} ${user.join(" ")} ${limit}: ${name}: ${told}, ${failed} in vain`);
      // Who has an address of its own is not hindered by what others do.
      if (goodAddress(address) !== address) expect(taken.length).toBeGreaterThan(failed);
      await pause(5000);
      expect((await fetch(target.tftp, "file", { server: address })).bytes).toHaveLength(SIZE);
      expect(program.exitCode).toBe(null);
    }
    expect(program.output).not.toMatch(/fault of the server|TypeError|EMFILE/);
  });
});
