// A flood of mutated datagrams on a live server, beside a client that only wants its file.
import { expect } from "vitest";
import {
  encodeAck,
  encodeData,
  encodeError,
  encodeOack,
  encodeRequest,
  manifest,
  parse,
} from "../../src/tftp/index.js";
import { fetch, Peer, serving } from "./socket.js";
import { random } from "./virtual.js";

const options = [
  { name: "blksize", value: "1468" },
  { name: "windowsize", value: "16" },
  { name: "tsize", value: "0" },
  { name: "timeout", value: "5" },
];
const seeds = [
  encodeRequest("RRQ", "large", "octet", options),
  encodeRequest("RRQ", "small", "octet"),
  encodeRequest("RRQ", "small", "netascii", options.slice(0, 1)),
  encodeRequest("WRQ", "small", "octet", options.slice(2)),
  encodeAck(0),
  encodeAck(1),
  encodeAck(65535),
  encodeData(1, Buffer.alloc(512)),
  encodeError(0, "message"),
  encodeError(8, ""),
  encodeOack(options),
].map((packet) => Buffer.from(packet));

type Random = () => number;
const below = (chance: Random, limit: number) => Math.floor(chance() * limit);
const byte = (chance: Random) => Buffer.from([below(chance, 256)]);

const mutations: ((bytes: Buffer, chance: Random) => Buffer)[] = [
  (bytes) => bytes,
  (bytes, chance) => bytes.subarray(0, below(chance, bytes.length + 1)),
  (bytes, chance) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[below(chance, copy.length)] = below(chance, 256);
    return copy;
  },
  (bytes, chance) => {
    const copy = Buffer.from(bytes);
    const at = below(chance, copy.length);
    if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << below(chance, 8));
    return copy;
  },
  (bytes, chance) => {
    const at = below(chance, bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), byte(chance), bytes.subarray(at)]);
  },
  (bytes, chance) => {
    const other = seeds[below(chance, seeds.length)] ?? bytes;
    return Buffer.concat([
      bytes.subarray(0, below(chance, bytes.length)),
      other.subarray(below(chance, other.length)),
    ]);
  },
  (bytes, chance) => Buffer.concat([bytes, Buffer.alloc(below(chance, 2000), byte(chance))]),
  (_bytes, chance) =>
    Buffer.from(Array.from({ length: below(chance, 64) }, () => below(chance, 256))),
];

function mutated(chance: Random): Buffer {
  let bytes: Buffer = seeds[below(chance, seeds.length)] ?? Buffer.of();
  for (let times = below(chance, 4); times > 0; times--) {
    const mutate = mutations[below(chance, mutations.length)];
    if (mutate) bytes = mutate(bytes, chance);
  }
  return bytes;
}

/** How many datagrams go out before the server gets its turn. */
const BATCH = 40;

/** Sends `count` mutated datagrams and checks that nothing suffered. */
export async function flood(count: number, singlePort: boolean): Promise<void> {
  const large = Buffer.alloc(200_000, "large");
  const caps = { requestsPerSecond: 1e9, requestBurst: 1e9 };
  const { server, port, events } = await serving(
    manifest([
      ["large", large],
      ["small", Buffer.from("small")],
    ]),
    { caps, singlePort },
  );
  const chance = random(count);
  const peers = await Promise.all(Array.from({ length: 8 }, () => Peer.open()));
  let heard = 0;
  for (let sent = 0; sent < count; sent += BATCH) {
    for (let each = 0; each < BATCH; each++) {
      const peer = peers[below(chance, peers.length)];
      // Half goes to the port of a transfer once there is one: its own client's, or a stranger's.
      const tid = peers[below(chance, peers.length)]?.lastPort ?? port;
      const datagram = mutated(chance);
      expect(parse(datagram).kind).toBeTypeOf("string");
      peer?.send(chance() < 0.5 ? port : tid, datagram);
    }
    await new Promise((turn) => setImmediate(turn));
    for (const peer of peers) heard += peer.drain();
    if (sent % (count / 10) < BATCH) {
      expect((await fetch(port, "large", { options: "blksize 1468" })).bytes.equals(large)).toBe(
        true,
      );
    }
  }
  for (const peer of peers) peer.close();
  expect(heard).toBeGreaterThan(count / 20);
  await server.close();
  const of = (type: string) => events.filter((event) => event.type === type).length;
  expect(of("request")).toBe(of("ended"));
  expect(of("trouble")).toBe(0);
}
