// A DHCP server on loopback to which something happens, and which has to answer a board after it.
import { createSocket } from "node:dgram";
import { expect, vi } from "vitest";
import { type DhcpEvent, DhcpServer } from "../../src/dhcp/index.js";
import { datagram, discovers } from "./clients.js";
import { networks } from "./flood.js";

export const ports = { server: 47167, client: 47168, pxe: 47111 };
export const whole = datagram(discovers["Pi 4, EEPROM"]);

/** Starts a server, does `what`, and waits until a board is answered. */
export async function answeredAfter(kind: string, what: () => void): Promise<readonly DhcpEvent[]> {
  const network = networks.find((each) => each.kind === kind);
  if (!network) throw new Error(kind);
  const events: DhcpEvent[] = [];
  const server = await DhcpServer.start(network, { ports, report: (event) => events.push(event) });
  const socket = createSocket("udp4");
  await new Promise<void>((done) => socket.bind(ports.client, "127.0.0.1", done));
  try {
    what();
    await vi.waitFor(
      () => {
        socket.send(whole, ports.server, "127.0.0.1");
        expect(events.map(({ type }) => type)).toContain("answered");
      },
      { timeout: 10_000, interval: 50 },
    );
  } finally {
    socket.close();
    await server.close();
  }
  return events;
}
