// A million mutated datagrams on a live server, and ten thousand requests that nobody answers for.
import { existsSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { manifest } from "../../src/tftp/index.js";
import { flood } from "./flood.js";
import { Peer, serving } from "./socket.js";

it.each([false, true])("a flood (single port: %s)", (singlePort) => flood(500_000, singlePort));

it("10 000 half-open transfers are gone within 65 seconds, descriptors and all", async () => {
  if (!existsSync("/proc/self/fd")) return;
  const descriptors = () => readdirSync("/proc/self/fd").length;
  // What the tests before this one used is closed by then.
  await new Promise((done) => setTimeout(done, 100));
  const before = descriptors();
  const caps = {
    ...{ transfers: 4096, transfersPerAddress: 1e6 },
    ...{ requestsPerSecond: 1e9, requestBurst: 1e9 },
  };
  const { server, port, events } = await serving(manifest([["file", Buffer.alloc(1e6)]]), { caps });
  for (let sent = 0; sent < 10_000; sent++) {
    const peer = await Peer.open();
    peer.ask(port, "file", "tsize 0");
    if (sent % 20 === 0) await new Promise((turn) => setImmediate(turn));
    peer.close();
  }
  await new Promise((done) => setTimeout(done, 65_000));
  const of = (type: string) => events.filter((event) => event.type === type).length;
  // Some get a port that another one had: to the server that is the same client again.
  expect(of("request")).toBeGreaterThan(8000);
  expect(of("ended")).toBe(of("request"));
  // The listening socket is the only one left.
  expect(descriptors()).toBe(before + 1);
  await server.close();
});
