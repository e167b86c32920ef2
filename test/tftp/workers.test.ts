// The same server with its transfers in threads. Runs what is built: threads load their own code.
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directory, encodeAck, manifest, type TftpEvent, TftpServer } from "ubootc/tftp";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fetch, Peer } from "./socket.js";

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 13 + (at >> 7)) & 255));
const options = "tsize 0, blksize 1468, windowsize 8";
let root: string;
let server: TftpServer;
let port: number;
let events: TftpEvent[];
let crowd: Peer[];

/** So many transfers that both threads are needed; these stand still. */
const CROWD = 8;

const start = async (source: Parameters<typeof TftpServer.start>[0]) => {
  events = [];
  const caps = { transfersPerAddress: 1000 };
  const report = (event: TftpEvent) => events.push(event);
  server = await TftpServer.start(source, {
    ...{ addresses: ["127.0.0.1"], port: 0, workers: 2, caps, report },
  });
  port = server.addresses[0]?.port ?? 0;
  crowd = await Promise.all(Array.from({ length: CROWD }, () => Peer.open()));
  for (const peer of crowd) {
    peer.ask(port, "file");
    expect((await peer.next())?.packet.kind).toBe("DATA");
  }
};
/** The ends of all transfers but those of the crowd. */
const ended = () =>
  events.flatMap((event) => (event.type === "ended" && event.transfer > CROWD ? [event] : []));
const until = async (reached: () => boolean) => {
  for (let tries = 0; tries < 300 && !reached(); tries++) {
    await new Promise((done) => setTimeout(done, 10));
  }
  expect(reached()).toBe(true);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ubootc-tftp-"));
  writeFileSync(join(root, "file"), bytes);
});
afterEach(async () => {
  await server.close();
  for (const peer of crowd) peer.close();
  rmSync(root, { recursive: true });
});

it("files of a directory arrive whole, and their descriptors are closed", async () => {
  await start(directory(root));
  const open = () => (existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0);
  const before = open();
  const all = Array.from({ length: 40 }, () => fetch(port, "file", { options }));
  for (const fetched of await Promise.all(all)) {
    expect(fetched.bytes.equals(bytes)).toBe(true);
    expect(fetched.granted).toBe("tsize 300000, blksize 1468, windowsize 8");
  }
  await until(() => ended().length === 40 && open() === before);
  expect(ended().every(({ outcome, bytes }) => outcome.how === "done" && bytes === 300_000)).toBe(
    true,
  );
});

it("what a build holds arrives whole, in both modes", async () => {
  await start(
    manifest([
      ["file", bytes],
      ["empty", Buffer.alloc(0)],
      ["text", Buffer.from("a\nb\n")],
      [
        "unreadable",
        {
          size: 5,
          read: () => {
            throw new Error("gone");
          },
        },
      ],
    ]),
  );
  const all = Array.from({ length: 10 }, () => fetch(port, "file", { options }));
  for (const fetched of await Promise.all(all)) expect(fetched.bytes.equals(bytes)).toBe(true);
  expect((await fetch(port, "empty")).bytes.length).toBe(0);
  expect((await fetch(port, "text", { mode: "netascii" })).bytes.toString()).toBe("a\r\nb\r\n");
  await expect(fetch(port, "unreadable")).rejects.toThrow(
    "ERROR 0 the file was changed, or cannot be read",
  );
});

it("a file that is cut on the way ends in an ERROR", async () => {
  writeFileSync(join(root, "long"), Buffer.alloc(500_000));
  await start(directory(root));
  const client = await Peer.open();
  client.ask(port, "long", "blksize 1024");
  const { port: tid = 0 } = (await client.next()) ?? {};
  truncateSync(join(root, "long"), 1000);
  client.send(tid, encodeAck(0));
  expect((await client.next())?.packet).toMatchObject({ kind: "ERROR", code: 0 });
  client.close();
});

it("a second request from the same port ends the transfer before it", async () => {
  await start(directory(root));
  const client = await Peer.open();
  client.ask(port, "file", "blksize 1024");
  const { port: tid = 0 } = (await client.next()) ?? {};
  client.send(tid, encodeAck(0));
  expect((await client.next())?.packet).toMatchObject({ kind: "DATA", block: 1 });
  client.ask(port, "file");
  expect((await client.next())?.packet).toMatchObject({ kind: "DATA", block: 1 });
  await until(() => ended().length === 1);
  expect(ended()[0]).toMatchObject({
    ...{ transfer: CROWD + 1, outcome: { how: "aborted", why: "replaced" } },
  });
  client.close();
});

it("the first transfers need no thread", async () => {
  const threads = () => (existsSync("/proc/self/task") ? readdirSync("/proc/self/task").length : 0);
  const before = threads();
  await start(directory(root));
  expect(threads()).toBeGreaterThanOrEqual(before + 2);
  await server.close();
  const alone = await TftpServer.start(directory(root), {
    ...{ addresses: ["127.0.0.1"], port: 0, workers: 2 },
  });
  const few = threads();
  expect((await fetch(alone.addresses[0]?.port ?? 0, "file")).bytes.equals(bytes)).toBe(true);
  expect(threads()).toBe(few);
  await alone.close();
});

it("the end of the server is told to every client and in the log", async () => {
  await start(directory(root));
  const clients = await Promise.all(Array.from({ length: 6 }, () => Peer.open()));
  for (const client of clients) {
    client.ask(port, "file");
    expect((await client.next())?.packet.kind).toBe("DATA");
  }
  await server.close();
  for (const client of clients) {
    expect((await client.next())?.packet).toMatchObject({ message: "the server is stopping" });
    client.close();
  }
  expect(ended().map(({ outcome }) => outcome)).toEqual(
    Array(6).fill({ how: "aborted", why: "closed", message: "the server is stopping" }),
  );
});
