// A thread that is lost: its transfers end, and those that come go on without it.
import type { EventEmitter } from "node:events";
import { expect, it, vi } from "vitest";
import { contentOf } from "../../src/image/index.js";
import type { Order, Report } from "../../src/tftp/host.js";
import { Workers } from "../../src/tftp/workers.js";

const threads = vi.hoisted(() => ({ all: [] as EventEmitter[], broken: false }));

/** A thread that takes every order and does nothing. */
vi.mock("node:worker_threads", async () => {
  const { EventEmitter: Events } = await import("node:events");
  class Worker extends Events {
    constructor() {
      super();
      if (threads.broken) throw new Error("no thread can be had");
      threads.all.push(this as EventEmitter);
    }
    postMessage() {}
  }
  return { Worker };
});

const content = contentOf(new Uint8Array(10));
const plan = { windowsize: 1 } as Order["plan"];
const order = (transfer: number) =>
  ({
    transfer,
    plan,
    local: "127.0.0.1",
    peer: { address: "127.0.0.1", port: 9 },
  }) as unknown as Order;

function workers() {
  threads.all.length = 0;
  const reports: Report[] = [];
  const host = new Workers(1, undefined, (report) => reports.push(report));
  const start = (transfer: number) =>
    host.start(order(transfer), content, { content, close: () => {} });
  return { reports, start };
}

const mishaps = (reports: readonly Report[]) =>
  reports.flatMap((each) => (each.type === "mishap" ? [`${each.place}: ${each.message}`] : []));
const ends = (reports: readonly Report[]) =>
  reports.flatMap((each) => (each.type === "ended" ? [each.transfer] : []));

it("ends its transfers, says what happened, and is not needed for the next", async () => {
  const { reports, start } = workers();
  for (let transfer = 1; transfer <= 6; transfer++) start(transfer);
  const [thread] = threads.all;
  thread?.emit("error", new Error("out of memory"));
  thread?.emit("exit", 1);
  expect(mishaps(reports)).toContain("tftp thread: out of memory");
  await vi.waitFor(() => expect([...ends(reports)].sort()).toEqual([1, 2, 3, 4, 5, 6]));
  start(7);
  await vi.waitFor(() => expect(ends(reports)).toContain(7));
  expect(threads.all).toHaveLength(1);
});

it("is told of where a message makes it throw, and goes on", () => {
  const { reports, start } = workers();
  for (let transfer = 1; transfer <= 4; transfer++) start(transfer);
  threads.all[0]?.emit("message", undefined);
  expect(mishaps(reports)).toEqual([expect.stringContaining("tftp thread: ")]);
});

it("is done without where none can be had", () => {
  threads.broken = true;
  const { reports, start } = workers();
  for (let transfer = 1; transfer <= 5; transfer++) start(transfer);
  threads.broken = false;
  expect(mishaps(reports)).toEqual(["tftp begin of a thread: no thread can be had"]);
});
