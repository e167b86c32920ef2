// Mutated datagrams for a server that listens: messages of boards with bytes changed, cut off, joined.
import { createSocket } from "node:dgram";
import { expect } from "vitest";
import { type DhcpEvent, type DhcpNetwork, DhcpServer } from "../../src/dhcp/index.js";
import { datagram, discovers, requests } from "./clients.js";

const seeds = [...Object.values(discovers), ...Object.values(requests(() => "127.0.0.101"))].map(
  datagram,
);

export const networks: readonly DhcpNetwork[] = [
  {
    ...{ kind: "served", subnet: "127.0.0.0/24", boot: { file: "boot.scr" }, lease: 3600, dns: [] },
    ...{ hosts: [], ranges: [{ first: "127.0.0.100", last: "127.0.0.199" }] },
  },
  { kind: "proxy", subnet: "127.0.0.0/24", boot: {} },
];

/** Sends `count` of them to a server of `network`; it has to answer properly afterwards. */
export async function flood(network: DhcpNetwork, count: number): Promise<void> {
  const events = new Map<string, number>();
  const note = (name: string) => events.set(name, (events.get(name) ?? 0) + 1);
  const report = (event: DhcpEvent) => {
    note(event.type);
    // Whatever is told can be printed.
    if (!/^[\x20-\x7e]*$/.test(JSON.stringify(event))) note("unprintable");
  };
  const ports = { server: 47067, client: 47068, pxe: 47011 };
  const server = await DhcpServer.start(network, { ports, report });
  const socket = createSocket("udp4");
  await new Promise<void>((done) => socket.bind(ports.client, "127.0.0.1", done));
  const random = generator(1);
  for (let sent = 0; sent < count; sent++) {
    const port = network.kind === "proxy" && sent % 5 === 0 ? ports.pxe : ports.server;
    socket.send(mutated(random), port, "127.0.0.1");
    // So many fit into what a socket keeps.
    if (sent % 100 === 99) await new Promise((turn) => setImmediate(turn));
  }
  const before = events.get("answered") ?? 0;
  const whole = datagram(discovers["Pi 4, EEPROM"]);
  for (let tries = 0; tries < 100 && (events.get("answered") ?? 0) === before; tries++) {
    socket.send(whole, ports.server, "127.0.0.1");
    await new Promise((done) => setTimeout(done, 20));
  }
  socket.close();
  await server.close();
  expect(events.get("answered")).toBeGreaterThan(before);
  expect(events.get("malformed")).toBeGreaterThan(0);
  expect(events.get("unprintable")).toBe(undefined);
  expect(server.leases.all.length).toBeLessThanOrEqual(100);
}

/** Numbers below a bound, the same in each run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutated(random: (below: number) => number): Buffer {
  const seed = seeds[random(seeds.length)] as Buffer;
  const bytes = Buffer.from(seed);
  for (let changes = random(6); changes > 0; changes--) {
    // Mostly in the options: what is before them is data.
    const at = random(3) === 0 ? random(240) : 240 + random(bytes.length - 240);
    bytes[at] =
      random(2) === 0 ? random(256) : ([0, 1, 52, 53, 55, 61, 82, 255][random(8)] as number);
  }
  const end = random(8) === 0 ? random(bytes.length) : bytes.length;
  const other =
    random(8) === 0 ? (seeds[random(seeds.length)] as Buffer).subarray(240) : Buffer.alloc(0);
  return Buffer.concat([bytes.subarray(0, end), other]);
}
