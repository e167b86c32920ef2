// `npm run bench:tftp`: throughput beside tftpd-hpa, dnsmasq and atftpd, in one run, in each cell
// of blksize × windowsize × clients. The load comes from load.c, compiled here, which tells its own
// cost. BENCH_CELLS="512/1/16 ..." picks cells, BENCH_ROUNDS how often each is measured. Beside them
// runs a server that only answers (tftp-floor.js): what Node's datagrams themselves cost.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { find, have, run } from "../tools/tools.js";

const SIZE = 8 << 20;
const rounds = Number(process.env.BENCH_ROUNDS ?? 2);
const cells =
  process.env.BENCH_CELLS?.split(" ").map((cell) => cell.split("/").map(Number)) ??
  [512, 1468, 8192].flatMap((blksize) =>
    [1, 16, 64].flatMap((windowsize) =>
      [1, 16, 64].map((clients) => [blksize, windowsize, clients]),
    ),
  );

/** What load.c prints. */
interface Load {
  readonly seconds: number;
  readonly bytes: number;
  readonly failed: number;
  readonly repeats: number;
  readonly datagrams: number;
  readonly cpu: number;
  readonly window: number;
}

interface Contender {
  readonly name: string;
  readonly port: number;
  readonly command: (place: string) => readonly string[] | undefined;
}

const workers = process.env.BENCH_WORKERS ?? String(Math.min(2, availableParallelism()));
const server = `
  import { directory, TftpServer } from "${resolve(import.meta.dirname, "../../dist/tftp/index.js")}";
  const caps = { transfersPerAddress: 4096, requestsPerSecond: 1e6, requestBurst: 1e6 };
  const options = { addresses: ["127.0.0.1"], port: 6970, caps, workers: ${workers} };
  await TftpServer.start(directory(process.argv[1]), options);
`;

/** Debian has atftpd and tftpd-hpa exclude each other: the one is taken out of its package. */
function findAtftpd(place: string): string | undefined {
  const known = process.env.ATFTPD ?? find("atftpd");
  if (known) return known;
  run("sh", ["-c", "apt-get download atftpd && dpkg-deb -x atftpd_*.deb ."], { cwd: place });
  return find(join(place, "usr/sbin/atftpd"));
}

const contenders: Contender[] = [
  {
    name: "ubootc",
    port: 6970,
    command: (place) => [
      process.execPath,
      "--input-type=module",
      "-e",
      server,
      join(place, "root"),
    ],
  },
  {
    name: "tftpd-hpa",
    port: 6971,
    command: (place) => [
      "in.tftpd",
      "-L",
      "-a",
      "127.0.0.1:6971",
      "-u",
      "nobody",
      "-s",
      join(place, "root"),
    ],
  },
  {
    // Its port cannot be chosen.
    name: "dnsmasq",
    port: 69,
    command: (place) => [
      ...["dnsmasq", "-k", "-p", "0", "--listen-address=127.0.0.1", "--bind-interfaces"],
      ...[
        "--enable-tftp",
        `--tftp-root=${join(place, "root")}`,
        "--tftp-max=4096",
        "--user=nobody",
      ],
      ...["--conf-file=/dev/null", "--log-facility=/dev/null", "--pid-file=", "--quiet-tftp"],
    ],
  },
  {
    name: "atftpd",
    port: 6973,
    command: (place) => {
      const atftpd = findAtftpd(place);
      return atftpd === undefined
        ? undefined
        : [
            ...[atftpd, "--daemon", "--no-fork", "--port", "6973", "--bind-address", "127.0.0.1"],
            ...[
              "--maxthread",
              "4096",
              "--verbose=1",
              "--logfile",
              "/dev/null",
              join(place, "root"),
            ],
          ];
    },
  },
];

/** Nobody's server: the bound of all that run on Node. */
const floor: Contender = {
  name: "Node alone",
  port: 6974,
  command: (place) => [
    ...[process.execPath, join(import.meta.dirname, "tftp-floor.js")],
    ...[join(place, "root/file"), "6974"],
  ],
};

/** Costs within this of Node's are Node's: what is left is the noise of a busy machine. */
const ALIKE = 1.2;

let place: string;
const running = new Map<string, ChildProcess>();

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "ubootc-bench-"));
  run("chmod", ["755", place]);
  run("mkdir", [join(place, "root")]);
  writeFileSync(join(place, "root", "file"), randomBytes(SIZE));
  const source = join(import.meta.dirname, "load.c");
  const compiled = run("cc", ["-O2", "-Wall", "-o", join(place, "load"), source]);
  if (compiled.status !== 0) throw new Error(compiled.stderr);
  for (const { name, command } of [...contenders, floor]) {
    const [tool, ...args] = command(place) ?? [];
    const found = tool && find(tool);
    if (found) running.set(name, spawn(found, args, { stdio: ["ignore", "ignore", "inherit"] }));
  }
  await new Promise((done) => setTimeout(done, 1500));
  // One of them may have to be fetched from Debian.
}, 120_000);
afterAll(() => {
  for (const child of running.values()) child.kill();
  rmSync(place, { recursive: true });
});

/** CPU seconds of a process and of those of its children that have ended. */
function cpuOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) / 100, 0);
}

function load(
  port: number,
  name: string,
  cell: readonly number[],
  transfers: number,
): Promise<Load> {
  const [blksize, windowsize, clients] = cell.map(String) as [string, string, string];
  const file = join(place, "root", "file");
  const args = [String(port), name, file, blksize, windowsize, clients, String(transfers)];
  return new Promise((done, failed) => {
    execFile(join(place, "load"), args, { timeout: 120_000 }, (problem, out, err) => {
      if (out) done(JSON.parse(out));
      else failed(new Error(`${problem?.message} ${err}`));
    });
  });
}

interface Measured {
  /** Bytes per second, the best of the rounds. */
  speed: number;
  /** CPU per datagram to the client, of the server and of the load, in µs; the least. */
  cost: number;
  load: number;
  window: number;
  failed: number;
}

async function measure(contender: Contender, cell: readonly number[]): Promise<Measured> {
  const [blksize = 512, , clients = 1] = cell;
  // Enough for a good part of a second.
  const transfers = Math.max(
    clients,
    Math.min(256, Math.ceil(blksize / (clients === 1 ? 300 : 30))),
  );
  const pid = running.get(contender.name)?.pid;
  const before = cpuOf(pid);
  const name = contender.name === "dnsmasq" ? "file" : "/file";
  const result = await load(contender.port, name, cell, transfers);
  const cost = ((cpuOf(pid) - before) / result.datagrams) * 1e6;
  return {
    speed: result.bytes / result.seconds,
    cost,
    load: (result.cpu / result.datagrams) * 1e6,
    window: result.window,
    failed: result.failed,
  };
}

const better = (a: Measured | undefined, b: Measured): Measured => ({
  speed: Math.max(a?.speed ?? 0, b.speed),
  cost: Math.min(a?.cost ?? Number.POSITIVE_INFINITY, b.cost),
  load: Math.min(a?.load ?? Number.POSITIVE_INFINITY, b.load),
  window: b.window,
  failed: (a?.failed ?? 0) + b.failed,
});

/** What keeps ubootc behind: Node, or itself, and by how much of a DATA packet's cost. */
function boundOf(ours: Measured | undefined, node: Measured | undefined): string {
  if (!ours || !node) return "not measured";
  const share = ours.cost / node.cost;
  return share <= ALIKE ? "Node" : `ours: ${share.toFixed(1)} times Node's cost`;
}

const notes = [
  `${rounds} rounds, best of each; µs of CPU per DATA packet: server + load. tftpd-hpa answers from`,
  "processes of its own, whose cost is not seen. Neither it nor dnsmasq has windows.",
  "Node alone: tftp-floor.js, one thread that answers every ACK with prepared packets and does nothing",
  "else. Bound by Node: a DATA packet costs us no more than that, so that our own code has nothing to",
  "give. In a CPU profile of lockstep our own functions have 3 %, node:dgram's send has 92. The system",
  "calls are not the difference (one sendmsg, one or two recvmsg, an epoll_pwait at most; dnsmasq makes",
  "five): it is what Node does around each, an object for every send, a buffer for every receive.",
];

it("throughput", async () => {
  if (!have("cc", "in.tftpd", "dnsmasq")) return;
  const present = [...contenders, floor].filter(({ name }) => running.has(name));
  const columns = present.map(({ name }) => name.padStart(22)).join("");
  const lines = [`blksize/window/clients${columns}   ratio to the best other, bound`];
  console.log(lines[0]);
  for (const cell of cells) {
    const best = new Map<string, Measured>();
    for (let round = 0; round < rounds; round++) {
      for (const contender of present) {
        const measured = await measure(contender, cell).catch(() => undefined);
        if (measured) best.set(contender.name, better(best.get(contender.name), measured));
      }
    }
    const shown = present.map(({ name }) => {
      const one = best.get(name);
      if (!one || one.failed > 0) return "failed".padStart(22);
      const speed = `${(one.speed / 1e6).toFixed(0)} MB/s`;
      return `${speed} ${one.cost.toFixed(1)}+${one.load.toFixed(1)} µs`.padStart(22);
    });
    const others = present.filter(({ name }) => name !== "ubootc" && name !== floor.name);
    const ours = best.get("ubootc");
    const ratio =
      (ours?.speed ?? 0) / Math.max(...others.map(({ name }) => best.get(name)?.speed ?? 0));
    const bound = ratio < 1 ? `, ${boundOf(ours, best.get(floor.name))}` : "";
    const line = `${cell.join("/").padEnd(22)}${shown.join("")}   ${ratio.toFixed(2)}${bound}`;
    console.log(line);
    lines.push(line);
    expect(ours?.failed).toBe(0);
  }
  console.log(`\n${[...lines, "", ...notes].join("\n")}\n`);
}, 3_600_000);
