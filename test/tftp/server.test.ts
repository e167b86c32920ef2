// A server on loopback: what it answers, to whom, from which port, and what it reports.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  directory,
  encodeAck,
  encodeData,
  encodeError,
  encodeRequest,
  manifest,
  type ServerOptions,
  type Source,
} from "../../src/tftp/index.js";
import { isQuick } from "../tools/runs.js";
import { fetch, Peer, type Received, serving, shownOptions } from "./socket.js";

const pattern = (size: number) =>
  Buffer.from(Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) & 255));
const files = manifest([
  ["small", Buffer.from("small")],
  ["empty", Buffer.alloc(0)],
  ["blocks", pattern(2048)],
  ["large", pattern(300_000)],
  ["text", Buffer.from("one\ntwo\n")],
  ["long text", Buffer.alloc((1 << 20) + 1, "x")],
]);

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const serve = async (options: ServerOptions = {}, source: Source = files) => {
  const started = await serving(source, options);
  open.push(started.server);
  return started;
};
const peer = async (server?: string, from?: string) => {
  const opened = await Peer.open(server, from);
  open.push(opened);
  return opened;
};
const summary = (received: Received | undefined) => {
  const packet = received?.packet;
  if (packet === undefined) return "silence";
  if (packet.kind === "ERROR") return `ERROR ${packet.code} ${packet.message}`;
  if (packet.kind === "OACK") return `OACK ${shownOptions(packet.options)}`;
  return "block" in packet ? `${packet.kind} ${packet.block}` : packet.kind;
};

describe("files arrive whole", () => {
  it.each([
    ["small", ""],
    ["empty", ""],
    ["empty", "blksize 1468, tsize 0"],
    ["blocks", ""],
    ["blocks", "blksize 2048"],
    ["blocks", "blksize 1024, windowsize 4"],
    ["blocks", "blksize 8, windowsize 16"],
    ["large", "blksize 1468, windowsize 16"],
    ["large", "blksize 65464"],
  ])("%s with %j", async (name, options) => {
    const { port } = await serve();
    const file = files.open(name, "127.0.0.1");
    if (typeof file === "string") throw new Error(file);
    const { bytes } = await fetch(port, name, { options });
    expect(Buffer.compare(bytes, Buffer.from(file.content.read(0, file.content.size)))).toBe(0);
  });

  it("over IPv6", async () => {
    if (
      !Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === "::1"))
    )
      return;
    const { port } = await serve({ addresses: ["::1"] });
    const { bytes, granted } = await fetch(port, "large", {
      server: "::1",
      options: "blksize 1468",
    });
    expect(bytes.length).toBe(300_000);
    expect(granted).toBe("blksize 1468");
  });

  it("in netascii, with the length left out", async () => {
    const { port } = await serve();
    const options = "tsize 0, blksize 8";
    const { bytes, granted } = await fetch(port, "text", { mode: "NetASCII", options });
    expect([bytes.toString(), granted]).toEqual(["one\r\ntwo\r\n", "blksize 8"]);
  });

  it("to many clients at once", async () => {
    const { port } = await serve({ caps: { transfersPerAddress: 100 } });
    const all = Array.from({ length: 20 }, () => fetch(port, "large", { options: "windowsize 8" }));
    for (const { bytes } of await Promise.all(all))
      expect(bytes.equals(pattern(300_000))).toBe(true);
  });
});

describe("what is refused", () => {
  const rows: [string, Uint8Array, string][] = [
    ["a name that is not there", encodeRequest("RRQ", "none", "octet"), "ERROR 1 file not found"],
    ["a way out", encodeRequest("RRQ", "../small", "octet"), "ERROR 1 file not found"],
    ["writing", encodeRequest("WRQ", "small", "octet"), "ERROR 2 this server only reads"],
    ["mode mail", encodeRequest("RRQ", "small", "mail"), "ERROR 4 mode mail is not served"],
    [
      "a large file in netascii",
      encodeRequest("RRQ", "long text", "netascii"),
      "ERROR 4 too large for netascii: use octet (binary) mode",
    ],
    ["a request cut short", Buffer.from("\0\x01small\0oct"), "ERROR 4 a string without its NUL"],
    [
      "a request with half an option",
      Buffer.from("\0\x01small\0octet\0tsize\0"),
      "ERROR 4 an option without a value",
    ],
    ["ERROR: never answered", encodeError(0, "hello"), "silence"],
    ["an ACK for nothing", encodeAck(0), "silence"],
    ["DATA", encodeData(1, Buffer.from("x")), "silence"],
    ["an opcode of no meaning", Buffer.from("\0\x09xx"), "silence"],
    ["one byte", Buffer.from("\0"), "silence"],
    ["nothing", Buffer.from(""), "silence"],
  ];
  it.each(rows)("%s", async (_what, datagram, answer) => {
    const { port } = await serve();
    const client = await peer();
    client.send(port, datagram);
    expect(summary(await client.next(answer === "silence" ? 100 : 2000))).toBe(answer);
  });

  it("a directory's names are no more than names", async () => {
    const root = mkdtempSync(join(tmpdir(), "ubootc-tftp-"));
    writeFileSync(join(root, "file"), "file");
    const { port, events } = await serve({}, directory(root));
    // Just written: the answer waits for the file to settle.
    expect((await fetch(port, "file")).bytes.toString()).toBe("file");
    await expect(fetch(port, `${root}/file`)).rejects.toThrow("ERROR 1 file not found");
    await expect(fetch(port, "x/../file")).rejects.toThrow("ERROR 2 this name is not served");
    expect(JSON.stringify(events.filter(({ type }) => type === "refused"))).not.toContain("\\u");
    rmSync(root, { recursive: true });
  });
});

describe("ports", () => {
  it("each transfer has its own", async () => {
    const { port } = await serve();
    const ports = await Promise.all([1, 2, 3].map(async () => (await fetch(port, "large")).port));
    expect(new Set([...ports, port]).size).toBe(4);
  });

  it("a stranger gets ERROR 5, and the transfer goes on", async () => {
    const { port } = await serve();
    const [client, stranger] = [await peer(), await peer()];
    client.ask(port, "blocks");
    const first = await client.next();
    const tid = first?.port ?? 0;
    stranger.send(tid, encodeAck(1));
    expect(summary(await stranger.next())).toBe("ERROR 5 unknown transfer ID");
    stranger.send(tid, encodeError(0, "stop"));
    expect(summary(await stranger.next(100))).toBe("silence");
    client.send(tid, encodeAck(1));
    expect(summary(await client.next())).toBe("DATA 2");
  });

  it("a stranger does not disturb a window, whoever answers it", async () => {
    const { port } = await serve();
    const [client, stranger] = [await peer(), await peer()];
    client.ask(port, "blocks", "blksize 1024, windowsize 2");
    const { port: tid = 0 } = (await client.next()) ?? {};
    stranger.send(tid, encodeError(0, "stop"));
    stranger.send(tid, encodeAck(0));
    expect(summary(await client.next(100))).toBe("silence");
    client.send(tid, encodeAck(0));
    expect(summary(await client.next())).toBe("DATA 1");
  });

  it("come from a range when one is given, and requests are dropped when it is full", async () => {
    const ports = [40100, 40101] as const;
    const { port, event } = await serve({ ports });
    const clients = [await peer(), await peer(), await peer()];
    for (const client of clients) client.ask(port, "large");
    const answers = await Promise.all(clients.map((client) => client.next(300)));
    const used = answers.flatMap((answer) => answer?.port ?? []).sort();
    expect(used).toEqual(ports);
    expect(await event("ended")).toMatchObject({ outcome: { how: "aborted", why: "no socket" } });
  });

  it("a single one serves all clients", async () => {
    const { port } = await serve({ singlePort: true });
    const options = "blksize 1468, windowsize 4";
    const all = await Promise.all([1, 2, 3, 4].map(() => fetch(port, "large", { options })));
    for (const fetched of all) {
      expect(fetched.port).toBe(port);
      expect(fetched.bytes.equals(pattern(300_000))).toBe(true);
    }
    const stranger = await peer();
    stranger.send(port, encodeAck(1));
    expect(summary(await stranger.next())).toBe("ERROR 5 unknown transfer ID");
  });
});

describe.each([false, true])(
  "a second request from the same port (single port: %s)",
  (singlePort) => {
    it("ends the transfer before it", async () => {
      const { port, event } = await serve({ singlePort });
      const client = await peer();
      client.ask(port, "large", "tsize 0");
      const { port: tid = 0 } = (await client.next()) ?? {};
      client.send(tid, encodeAck(0));
      expect(summary(await client.next())).toBe("DATA 1");
      client.ask(port, "blocks", "tsize 0");
      expect(summary(await client.next())).toBe("OACK tsize 2048");
      expect(await event("ended")).toMatchObject({
        name: "large",
        outcome: { how: "aborted", why: "replaced" },
      });
    });

    it("that is a copy of the first is not a second one", async () => {
      const { port, events } = await serve({ singlePort });
      const client = await peer();
      client.ask(port, "large", "tsize 0");
      client.ask(port, "large", "tsize 0");
      expect(summary(await client.next())).toBe("OACK tsize 300000");
      expect(summary(await client.next(200))).toBe("silence");
      expect(events.map(({ type }) => type)).toEqual(["request"]);
    });

    it.skipIf(isQuick)(
      "that says the same is a new one only when the transfer stands still",
      async () => {
        const { port, event } = await serve({ singlePort });
        const client = await peer();
        client.ask(port, "large", "tsize 0");
        const { port: tid = 0 } = (await client.next()) ?? {};
        client.send(tid, encodeAck(0));
        expect(summary(await client.next())).toBe("DATA 1");
        client.ask(port, "large", "tsize 0");
        expect(summary(await client.next(200))).toBe("silence");
        client.send(tid, encodeAck(1));
        expect(summary(await client.next())).toBe("DATA 2");
        await event("repeated");
        expect(summary(await client.next())).toBe("DATA 2");
        // A copy of the request that was long on its way: one repeat is no more than a lost packet.
        client.ask(port, "large", "tsize 0");
        expect(summary(await client.next(200))).toBe("silence");
        expect(summary(await client.next(4000))).toBe("DATA 2");
        client.ask(port, "large", "tsize 0");
        expect(summary(await client.next())).toBe("OACK tsize 300000");
      },
    );

    it("that comes because the answer was lost gets it from the same port", async () => {
      const { port } = await serve({ singlePort });
      const client = await peer();
      client.ask(port, "large", "tsize 0");
      const first = await client.next();
      await new Promise((done) => setTimeout(done, 600));
      client.ask(port, "large", "tsize 0");
      expect(await client.next(300)).toEqual(first);
    });
  },
);

describe("who is served", () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((list = []) => list)
    .find(({ family, internal }) => family === "IPv4" && !internal);

  it("only clients that need no router", async () => {
    if (!outside) return;
    const { port, event } = await serve();
    const client = await peer("127.0.0.1", outside.address);
    client.ask(port, "small");
    expect(summary(await client.next(200))).toBe("silence");
    expect(await event("dropped")).toMatchObject({ why: "not on-link" });
  });

  it("any client when told so", async () => {
    if (!outside) return;
    const { port } = await serve({ clients: "any" });
    const client = await peer("127.0.0.1", outside.address);
    client.ask(port, "small");
    expect(summary(await client.next())).toBe("DATA 1");
  });

  it("so many transfers for one address; one that is silent makes room", async () => {
    const { port, event } = await serve({ caps: { transfersPerAddress: 2 } });
    const clients = [await peer(), await peer(), await peer(), await peer()] as const;
    for (const client of clients.slice(0, 2)) {
      client.ask(port, "large");
      const answer = await client.next();
      client.send(answer?.port ?? 0, encodeAck(1));
      expect(summary(await client.next())).toBe("DATA 2");
    }
    clients[2].ask(port, "small");
    expect(summary(await clients[2].next(200))).toBe("silence");
    expect(await event("dropped")).toMatchObject({ why: "too many transfers" });
    // The first repeat shows that the others are silent.
    expect(summary(await clients[0].next())).toBe("DATA 2");
    clients[3].ask(port, "small");
    expect(summary(await clients[3].next())).toBe("DATA 1");
    expect(await event("ended")).toMatchObject({ outcome: { why: "replaced" } });
  });

  it("so many transfers in all; the oldest half-open one makes room", async () => {
    const { port, event } = await serve({ caps: { transfers: 3 } });
    const clients = await Promise.all([1, 2, 3, 4].map(() => peer()));
    for (const client of clients) client.ask(port, "large");
    const answers = await Promise.all(clients.map((client) => client.next()));
    expect(answers.map(summary)).toEqual(Array(4).fill("DATA 1"));
    expect(await event("ended")).toMatchObject({ transfer: 1, outcome: { why: "replaced" } });
  });

  it("so many requests in one go", async () => {
    const { port, events } = await serve({ caps: { requestBurst: 5, requestsPerSecond: 0.1 } });
    const client = await peer();
    for (let count = 0; count < 20; count++) client.ask(port, "none");
    for (let count = 0; count < 5; count++) expect(summary(await client.next())).toMatch("ERROR 1");
    expect(summary(await client.next(200))).toBe("silence");
    expect(events.filter(({ type }) => type === "dropped").length).toBe(15);
  });
});

describe("a client that could not take it", () => {
  it.skipIf(isQuick)("is offered less the next time, and the log says so", async () => {
    const { port, event, events } = await serve();
    const client = await peer();
    const options = "blksize 1468, windowsize 64";
    client.ask(port, "large", options);
    const first = await client.next();
    expect(summary(first)).toBe("OACK blksize 1468, windowsize 16");
    const tid = first?.port ?? 0;
    client.send(tid, encodeAck(0));
    while (events.filter(({ type }) => type === "repeated").length < 2) {
      await new Promise((done) => setTimeout(done, 50));
    }
    client.ask(port, "large", options);
    let answer = await client.next();
    while (answer?.packet.kind === "DATA") answer = await client.next();
    expect(summary(answer)).toBe("OACK blksize 1468, windowsize 4");
    expect(await event("reduced")).toMatchObject({ blksize: 1468, windowsize: 4 });
  });
});

describe("a client that tries again from another port", () => {
  const options = "blksize 512, windowsize 64";
  const begin = async () => {
    const started = await serve({ windowsize: 64 });
    const client = await peer();
    client.ask(started.port, "large", options);
    const first = await client.next();
    expect(summary(first)).toBe("OACK blksize 512, windowsize 64");
    client.send(first?.port ?? 0, encodeAck(0));
    return started;
  };
  const ask = async (port: number, name: string) => {
    const client = await peer();
    client.ask(port, name, options);
    return summary(await client.next());
  };

  it.skipIf(isQuick)(
    "is offered less when what it has stands still, although that is not over",
    async () => {
      const { port, events, event } = await begin();
      await event("repeated");
      // One repeat may be the network's fault.
      expect(await ask(port, "large")).toBe("OACK blksize 512, windowsize 64");
      const repeats = () =>
        events.filter((event) => event.type === "repeated" && event.transfer === 1).length;
      while (repeats() < 2) await new Promise((done) => setTimeout(done, 50));
      expect(await ask(port, "blocks")).toBe("OACK blksize 512, windowsize 64");
      expect(await ask(port, "large")).toBe("OACK blksize 512, windowsize 4");
      expect(events.filter(({ type }) => type === "reduced")).toMatchObject([{ windowsize: 4 }]);
      expect(events.filter(({ type }) => type === "ended")).toEqual([]);
    },
  );
});

describe("a file that changes on the way", () => {
  const begin = async () => {
    const root = mkdtempSync(join(tmpdir(), "ubootc-tftp-"));
    const path = join(root, "file");
    writeFileSync(path, pattern(400_000));
    const started = await serve({}, directory(root));
    const client = await peer();
    client.ask(started.port, "file", "blksize 1024");
    const { port: tid = 0 } = (await client.next()) ?? {};
    client.send(tid, encodeAck(0));
    expect(summary(await client.next())).toBe("DATA 1");
    return { ...started, root, path, client, tid };
  };
  const rest = async ({ client, tid }: { client: Peer; tid: number }) => {
    const parts: Uint8Array[] = [];
    for (let block = 1; ; block++) {
      client.send(tid, encodeAck(block));
      const { packet } = (await client.next()) ?? {};
      if (packet?.kind !== "DATA") return summary(packet && { packet, port: 0, size: 0 });
      parts.push(packet.data);
      if (packet.data.length < 1024) {
        return Buffer.concat(parts).equals(pattern(400_000).subarray(1024)) ? "whole" : "MIXED";
      }
    }
  };

  it("is sent as it was when it is replaced", async () => {
    const started = await begin();
    writeFileSync(`${started.path}.new`, "new");
    renameSync(`${started.path}.new`, started.path);
    expect(await rest(started)).toBe("whole");
    rmSync(started.root, { recursive: true });
  });

  it("is sent as it was when it is deleted", async () => {
    const started = await begin();
    rmSync(started.root, { recursive: true });
    expect(await rest(started)).toBe("whole");
  });

  it("ends in an ERROR when it is cut", async () => {
    const started = await begin();
    truncateSync(started.path, 200_000);
    expect(await rest(started)).toBe("ERROR 0 the file was changed, or cannot be read");
    expect(await started.event("ended")).toMatchObject({ outcome: { why: "unreadable" } });
    rmSync(started.root, { recursive: true });
  });

  it("is sent as it was when the server gets other files", async () => {
    const started = await begin();
    started.server.replaceSource(manifest([["file", Buffer.from("new")]]));
    expect((await fetch(started.port, "file")).bytes.toString()).toBe("new");
    expect(await rest(started)).toBe("whole");
    rmSync(started.root, { recursive: true });
  });
});

describe("reports", () => {
  it("tell the whole story of a transfer", async () => {
    const { port, event, events } = await serve();
    await fetch(port, "large", { options: "tsize 0, blksize 1024" });
    const { ms, ...ended } = await event("ended");
    expect(ms).toBeGreaterThan(0);
    const client = { address: "127.0.0.1", port: expect.any(Number) };
    expect(events[0]).toEqual({
      ...{ type: "request", transfer: 1, client, name: "large", mode: "octet", size: 300_000 },
      ...{ blksize: 1024, windowsize: 1 },
      granted: [
        { name: "tsize", value: "300000" },
        { name: "blksize", value: "1024" },
      ],
    });
    expect(ended).toEqual({
      ...{ type: "ended", transfer: 1, client, name: "large", bytes: 300_000, repeats: 0 },
      outcome: { how: "done", acknowledged: true },
    });
  });

  it("a probe for the size is no fault", async () => {
    const { port, event } = await serve();
    const client = await peer();
    client.ask(port, "large", "tsize 0");
    const { port: tid = 0 } = (await client.next()) ?? {};
    client.send(tid, encodeError(8, "just asking"));
    expect(await event("ended")).toMatchObject({ outcome: { how: "probed" } });
  });

  it("are safe to print", async () => {
    const { port, event } = await serve();
    const client = await peer();
    client.ask(port, "\x1b[2J\u202e\u0085name");
    expect(await event("refused")).toMatchObject({ name: "?[2J??name" });
  });
});

describe("the end", () => {
  it("closes every transfer and every descriptor", async () => {
    if (!existsSync("/proc/self/fd")) return;
    // The sockets of the tests before this one are gone by then.
    await new Promise((done) => setTimeout(done, 50));
    const before = readdirSync("/proc/self/fd").length;
    const root = mkdtempSync(join(tmpdir(), "ubootc-tftp-"));
    writeFileSync(join(root, "file"), pattern(100_000));
    const { server, port, events } = await serving(directory(root), {});
    const clients = await Promise.all(Array.from({ length: 10 }, () => Peer.open()));
    for (const client of clients) {
      client.ask(port, "file");
      expect(summary(await client.next())).toBe("DATA 1");
    }
    await server.close();
    for (const client of clients) {
      expect(summary(await client.next())).toBe("ERROR 0 the server is stopping");
      client.close();
    }
    expect(events.filter(({ type }) => type === "ended").length).toBe(10);
    await new Promise((done) => setTimeout(done, 50));
    expect(readdirSync("/proc/self/fd").length).toBe(before);
    rmSync(root, { recursive: true });
  });

  it("listens on every address of the machine when none is named", async () => {
    const { server } = await serve({ addresses: undefined });
    const all = Object.values(networkInterfaces()).flatMap((list = []) => list);
    const own = server.addresses.map(({ address }) => address.replace(/%.*/, ""));
    expect(own).toEqual(expect.arrayContaining(all.map(({ address }) => address)));
  });

  it("an address that cannot be had is the caller's fault", async () => {
    const { port } = await serve();
    await expect(serving(files, { port })).rejects.toThrow("EADDRINUSE");
    await expect(serving(files, { addresses: ["192.0.2.1"] })).rejects.toThrow();
  });
});
