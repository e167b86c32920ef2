// Datagrams from port 0, which nobody can answer. Needs python3 and root, for a raw socket.
import { afterEach, describe, expect, it } from "vitest";
import {
  encodeAck,
  encodeRequest,
  manifest,
  type ServerOptions,
  type Source,
} from "../../../src/tftp/index.js";
import { fetch, Peer, serving } from "../../tftp/socket.js";
import { canForge, forge } from "../../tools/forger.js";

const files = manifest([
  ["small", Buffer.from("small")],
  ["large", Buffer.alloc(200_000, "x")],
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
const peer = async () => {
  const opened = await Peer.open();
  open.push(opened);
  return opened;
};
const turn = (ms = 30) => new Promise((done) => setTimeout(done, ms));

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe.runIf(canForge)("datagrams from port 0 (needs python3 and root)", () => {
  it.each([{ singlePort: false }, { singlePort: true }])("%j", async (options) => {
    const { port, events } = await serve(options);
    const client = await peer();
    client.ask(port, "large");
    const first = await client.next();
    const packets = [
      encodeRequest("RRQ", "small", "octet", []),
      encodeRequest("RRQ", "small", "octet", [{ name: "blksize", value: "1468" }]),
      encodeRequest("RRQ", "nothing", "octet", []),
      encodeRequest("WRQ", "small", "octet", []),
      encodeAck(0),
      encodeAck(1),
      Buffer.from([0, 1]),
      Buffer.alloc(0),
    ];
    // To the server, and to the port of a transfer under way.
    forge(
      packets.flatMap((one) =>
        [port, first?.port ?? port].map((to) => `0 ${to} ${hex(one) || "00"}`),
      ),
    );
    await turn();
    expect((await fetch(port, "small")).bytes.toString()).toBe("small");
    expect(events.filter(({ type }) => type === "mishap")).toEqual([]);
    expect(events).toContainEqual({
      ...{ type: "dropped", client: { address: "127.0.0.1", port: 0 } },
      why: "no port to answer",
    });
  });
});
