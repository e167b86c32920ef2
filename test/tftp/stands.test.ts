// What a server stands: datagrams that nobody can answer, callbacks that throw, bursts, a process
// with few descriptors, forged requests. No datagram ends it, and others are served meanwhile.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SafetyNet } from "../../src/ground/index.js";
import { defaultCaps } from "../../src/tftp/admission.js";
import {
  directory,
  encodeAck,
  encodeRequest,
  manifest,
  type ServerOptions,
  type Source,
} from "../../src/tftp/index.js";
import { Ledger } from "../../src/tftp/ledger.js";
import { isQuick, some } from "../tools/runs.js";
import { fetch, Peer, serving } from "./socket.js";

const files = manifest([
  ["small", Buffer.from("small")],
  ["large", Buffer.alloc(200_000, "x")],
]);

const open: { close(): unknown }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of open.splice(0)) await one.close();
});
const serve = async (options: ServerOptions = {}, source: Source = files) => {
  const started = await serving(source, options);
  open.push(started.server);
  return started;
};
const peer = async () => {
  const opened = await Peer.open();
  open.push(opened);
  return opened;
};
const turn = (ms = 30) => new Promise((done) => setTimeout(done, ms));

describe("callbacks that throw", () => {
  it("costs a datagram or a transfer, and is told with its place", async () => {
    // Every callback under the net throws the first time it is called.
    const thrown = new Set<string>();
    const really = SafetyNet.prototype.run;
    vi.spyOn(SafetyNet.prototype, "run").mockImplementation(function (
      this: SafetyNet,
      place,
      what,
    ) {
      return really.call(this, place, () => {
        if (thrown.has(place) || place.includes("report")) return what();
        thrown.add(place);
        throw new Error(`sabotage in ${place}`);
      });
    });
    const told = new Set<string>();
    const caps = { transfersPerAddress: 100, requestBurst: 1000 };
    for (const options of [{}, { singlePort: true }]) {
      const { port, events } = await serve({ ...options, caps });
      for (let tries = 0; tries < 12; tries++) {
        const clients = await Promise.all(Array.from({ length: 5 }, peer));
        for (const client of clients) client.ask(port, "large", "blksize 512");
        const [client] = clients;
        if (tries % 3 === 0) client?.ask(port, "large", "blksize 512");
        const answer = await client?.next(100);
        if (answer) client?.send(answer.port, encodeAck(0));
        await client?.next(50);
        client?.ask(port, "nothing");
      }
      await turn(120);
      expect((await fetch(port, "small")).bytes.toString()).toBe("small");
      for (const event of events) if (event.type === "mishap") told.add(event.place);
    }
    expect([...told].sort()).toEqual([...thrown].sort());
    expect([...thrown].sort()).toEqual([
      "tftp abort",
      "tftp clock",
      "tftp close",
      "tftp datagram",
      "tftp end of a transfer",
      "tftp packet",
      "tftp refusal",
      "tftp request",
      "tftp request again",
      "tftp transfer",
    ]);
  });

  it("is so with a source, contents and reports that throw", async () => {
    let bad = true;
    const nasty = () => {
      if (bad) throw new Error("nasty");
    };
    const source: Source = {
      open(name, address) {
        if (name === "source") nasty();
        const file = files.open("large", address);
        if (typeof file === "string") return file;
        return {
          content: {
            ...file.content,
            read(...place) {
              if (name === "read") nasty();
              return file.content.read(...place);
            },
          },
          close: () => (name === "close" ? nasty() : undefined),
        };
      },
    };
    const { port } = await serve({ report: nasty }, source);
    for (const name of ["source", "read", "close"]) {
      const client = await peer();
      client.ask(port, name);
      await client.next(100);
      client.send(port, encodeRequest("RRQ", name, "octet", []));
    }
    bad = false;
    expect((await fetch(port, "anything")).bytes).toHaveLength(200_000);
  });
});

describe("caps hold in a burst", () => {
  it("of 200 requests of one address", async () => {
    const { port, events } = await serve({ caps: { transfersPerAddress: 16, requestBurst: 1000 } });
    const clients = await Promise.all(Array.from({ length: 200 }, peer));
    for (const client of clients) client.ask(port, "large");
    const heard = () => events.filter(({ type }) => type === "request").length;
    while (heard() <= 100) await turn();
    await turn(300);
    let [most, now] = [0, 0];
    for (const { type } of events) {
      if (type === "request") most = Math.max(most, ++now);
      else if (type === "ended") now--;
    }
    // An evicted one ends a turn of the loop later than the one that took its place begins.
    expect(now).toBeLessThanOrEqual(16);
    expect(most).toBeLessThanOrEqual(2 * 16);
  });

  it.each([64, 256])("of a process with %i descriptors", async (limit) => {
    const script = `
      import { TftpServer, manifest } from ${JSON.stringify(join(import.meta.dirname, "../../dist/tftp/index.js"))};
      const caps = { transfersPerAddress: 1e6, requestBurst: 1e6, requestsPerSecond: 1e6 };
      const server = await TftpServer.start(manifest([["large", Buffer.alloc(200_000)]]), {
        addresses: ["127.0.0.1"], port: 0, caps,
        report: (event) => event.type === "mishap" && console.log("mishap", event.message),
      });
      console.log(server.addresses[0].port);
    `;
    const child = spawn("/bin/sh", [
      "-c",
      `ulimit -n ${limit}; exec "$0" --input-type=module -e "$1"`,
      process.execPath,
      script,
    ]);
    open.push({ close: () => child.kill("SIGKILL") });
    let said = "";
    child.stderr.on("data", (text) => (said += text));
    const [text] = await once(child.stdout, "data");
    const port = Number(String(text));
    child.stdout.on("data", (more) => (said += more));
    for (let burst = 0; burst < 4; burst++) {
      const clients = await Promise.all(Array.from({ length: 150 }, peer));
      for (const client of clients) client.ask(port, "large", "blksize 1468");
      await turn(100);
    }
    expect((await fetch(port, "large", { options: "blksize 1468" })).bytes).toHaveLength(200_000);
    expect(child.exitCode).toBe(null);
    expect(said).toBe("");
  });
});

describe("without room", () => {
  const client = (address: string, isKnown = false) => ({ address, isKnown });
  let transfers = 0;
  const active = ({ address, isKnown }: ReturnType<typeof client>, port: number) => {
    const endpoint = { address, port };
    const plan = { windowsize: 1, timeout: undefined, oack: undefined, asked: 20 };
    const route = { client: endpoint, local: "10.0.0.1", family: 4 as const };
    const file = files.open("large", address);
    if (typeof file === "string") throw new Error(file);
    return {
      ...{ order: { ...route, transfer: ++transfers, blksize: 512, plan }, client: endpoint, file },
      ...{ key: `${address} ${port}`, name: "large", request: Buffer.alloc(0), startedAt: 0 },
      ...{ isKnown, begun: false, repeats: 0, done: 0, stuck: 0 },
    };
  };

  it("slow ones give way, least progress first, and strangers never push out who is known", () => {
    const ledger = new Ledger({ ...defaultCaps, transfers: 16 });
    const strangers = Array.from({ length: 14 }, (_, at) => active(client(`10.0.1.${at}`), 1000));
    for (const one of strangers) ledger.add(one);
    // 14 of 16: two places are kept for those who are known, and what nobody answered gives way.
    expect(ledger.room("10.0.2.1", false, 100)).toBe(strangers[0]);
    for (const [at, one] of strangers.entries()) {
      ledger.begun(one);
      one.done = ((at + 7) % 14) * 1000;
    }
    expect(ledger.room("10.0.2.1", false, 1000)).toBe("no");
    expect(ledger.room("10.0.3.1", true, 1000)).toBe("yes");
    const known = [1, 2].map((at) => active(client(`10.0.3.${at}`, true), 1000));
    for (const one of known) {
      ledger.add(one);
      ledger.begun(one);
    }
    const gone = Array.from({ length: 14 }, () => {
      const slow = ledger.room("10.0.2.1", false, 5000);
      if (typeof slow !== "string") ledger.leave(slow);
      if (typeof slow !== "string") ledger.add(active(client("10.0.4.1"), ++transfers));
      return typeof slow === "string" ? slow : slow.client.address;
    });
    expect(gone.slice(0, 2)).toEqual(["10.0.1.7", "10.0.4.1"]);
    expect(gone).not.toContain("10.0.3.1");
    expect(gone).not.toContain("10.0.3.2");
  });
});

it("tells clients nothing of where files are", async () => {
  const content = {
    size: 5000,
    read(): Uint8Array {
      throw new Error("/home/somebody/Image: it was changed");
    },
  };
  const { port, events } = await serve({}, { open: () => ({ content, close: () => {} }) });
  const client = await peer();
  client.ask(port, "Image");
  expect((await client.next())?.packet).toMatchObject({
    ...{ kind: "ERROR", message: "the file was changed, or cannot be read" },
  });
  await turn();
  expect(JSON.stringify(events)).toContain("/home/somebody/Image");
});

describe("a folder under a race", () => {
  it.skipIf(isQuick)(
    "never gives what is outside, while a folder is exchanged for a link",
    async () => {
      const base = mkdtempSync(join(tmpdir(), "ubootc-race-"));
      try {
        for (const folder of ["root", "root/inside", "outside"]) mkdirSync(join(base, folder));
        writeFileSync(join(base, "root/inside/file"), "inside");
        writeFileSync(join(base, "outside/file"), "outside");
        const old = new Date(Date.now() - 10_000);
        for (const file of ["root/inside/file", "outside/file"])
          utimesSync(join(base, file), old, old);
        symlinkSync("../outside", join(base, "root/link"));
        await turn(50);
        const swapper = spawn(process.execPath, [
          "-e",
          `const fs = require("fs"); process.chdir(process.argv[1]);
         for (;;) { fs.renameSync("inside", "aside"); fs.renameSync("link", "inside");
                    fs.renameSync("inside", "link"); fs.renameSync("aside", "inside"); }`,
          join(base, "root"),
        ]);
        const source = directory(join(base, "root"));
        const seen: Record<string, number> = {};
        for (let tries = 0; tries < 20_000; tries++) {
          const file = source.open("inside/file", "127.0.0.1");
          const what =
            typeof file === "string"
              ? file
              : Buffer.from(file.content.read(0, file.content.size)).toString();
          seen[what] = (seen[what] ?? 0) + 1;
          if (typeof file !== "string") file.close();
        }
        swapper.kill("SIGKILL");
        await once(swapper, "exit");
        expect(seen.outside ?? 0).toBe(0);
        expect(seen.inside).toBeGreaterThan(0);
      } finally {
        rmSync(base, { recursive: true, force: true });
      }
    },
  );
});

describe("nothing but one small packet before the client has shown that it hears", () => {
  /** What leaves for an address that only ever sends `packets`, in bytes, headers included. */
  async function reflected(options: ServerOptions, packets: readonly Uint8Array[]) {
    const { port } = await serve(options);
    const victim = await peer();
    let [came, went] = [0, 0];
    const [request, ...blind] = packets;
    if (!request) throw new Error("no request");
    victim.send(port, request);
    came += 28 + request.length;
    const first = await victim.next(300);
    for (const one of blind) {
      victim.send(first?.port ?? port, one);
      came += 28 + one.length;
      await turn(0);
    }
    for (let next = first; next; next = await victim.next(1500)) {
      const { size } = next;
      went += 28 + size;
    }
    return went / came;
  }
  const asking = (...pairs: [string, string][]) =>
    encodeRequest(
      "RRQ",
      "large",
      "octet",
      pairs.map(([name, value]) => ({ name, value })),
    );

  const reflections = [
    ["with options", {}, [asking(["blksize", "1468"], ["windowsize", "16"])], 3],
    [
      "with options, one port",
      { singlePort: true },
      [asking(["blksize", "1468"], ["windowsize", "16"])],
      3,
    ],
    // RFC 1350 has no smaller answer than the first block; it is sent once.
    ["without", {}, [asking()], 544 / 42],
    [
      "with ACKs by guess, one port",
      { singlePort: true },
      [
        asking(["blksize", "1468"], ["windowsize", "16"]),
        ...Array.from({ length: 32 }, (_, block) => encodeAck(block)),
      ],
      3,
    ],
  ] as const;
  it.each(some(reflections))("%s", async (_, options, packets, most) => {
    expect(await reflected(options, packets)).toBeLessThanOrEqual(most);
  });
});
