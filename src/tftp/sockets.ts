// The sockets of a server and of its transfers, for numeric addresses only. Leaves out what is
// said through them. A socket's port is the TID of RFC 1350 section 4.
import { createSocket, type Socket } from "node:dgram";
import { isIPv4 } from "node:net";
import type { Endpoint } from "./events.js";
import { encodeError, errors, opcodes } from "./packet.js";

/** First and last port for transfers. */
export type PortRange = readonly [first: number, last: number];

/** A socket that another program opened and bound, as systemd does: its descriptor. */
export interface Inherited {
  readonly fd: number;
  readonly family: 4 | 6;
}

/** What a transfer is spoken to through: the server's socket, or one of its own. */
export interface Line {
  readonly socket: Socket;
  readonly kind: "shared" | "own" | "connected";
}

/** Where a line goes and where it leaves from. */
export interface Route {
  readonly client: Endpoint;
  /** The address the request came to: the answers leave from it. */
  readonly local: string;
  readonly family: 4 | 6;
}

/** How many ports of a range are tried before the request is dropped. */
const PORT_TRIES = 64;

/** A socket without a resolver, so that a send does not wait for one. */
export function plainSocket(family: 4 | 6): Socket {
  return createSocket({
    type: family === 6 ? "udp6" : "udp4",
    ipv6Only: family === 6,
    lookup: (address, _options, done) => done(null, address, family),
  });
}

/**
 * Binds a new socket; rejects with what the system says when it cannot be done. Later errors are
 * the caller's to listen for.
 */
export function bound(family: 4 | 6, address: string, port: number): Promise<Socket> {
  const socket = plainSocket(family);
  return new Promise((done, failed) => {
    socket.once("error", (problem) => {
      socket.close();
      failed(problem);
    });
    socket.bind({ address, port }, () => {
      socket.removeAllListeners("error");
      done(socket);
    });
  });
}

/** Takes a socket over, with its address; rejects when it is not one for datagrams. */
export async function adopted({ fd, family }: Inherited): Promise<Socket> {
  const socket = createSocket({
    type: family === 6 ? "udp6" : "udp4",
    // A socket of IPv6 can be one for both, and then has its own names for addresses of IPv4.
    lookup(address, _options, done) {
      done(null, family === 6 && isIPv4(address) ? `::ffff:${address}` : address, family);
    },
  });
  await new Promise<void>((done, failed) => {
    socket.once("error", failed);
    socket.bind({ fd }, done);
  });
  return socket.removeAllListeners("error");
}

/**
 * A socket for one transfer, from any port or one of `ports`; undefined when there is none left.
 * A connected one is a tenth faster, and worth it for windows; the system keeps strangers away
 * from it, with ICMP instead of ERROR 5.
 */
export async function openLine(
  { client, local, family }: Route,
  ports: PortRange | undefined,
  connected: boolean,
): Promise<Line | undefined> {
  const socket = await freeSocket(family, local, ports);
  if (!socket) return undefined;
  // A failed send is a lost packet; the timer knows what to do.
  socket.on("error", () => {});
  if (!connected) return { socket, kind: "own" };
  return new Promise((done) =>
    socket.connect(client.port, client.address, (problem?: Error) =>
      done({ socket, kind: problem ? "own" : "connected" }),
    ),
  );
}

async function freeSocket(
  family: 4 | 6,
  address: string,
  [first, last]: PortRange = [0, 0],
): Promise<Socket | undefined> {
  const count = last - first + 1;
  const start = Math.floor(Math.random() * count);
  for (let tries = 0; tries < Math.min(count, PORT_TRIES); tries++) {
    try {
      return await bound(family, address, first + ((start + tries) % count));
    } catch (problem) {
      const taken = problem instanceof Error && "code" in problem && problem.code === "EADDRINUSE";
      if (!taken) return undefined;
    }
  }
  return undefined;
}

/** RFC 1350 section 4: the one from the wrong port is told, and the transfer is not disturbed. */
export function stranger(socket: Socket, datagram: Uint8Array, from: Endpoint): void {
  // An ERROR is never answered: two servers could go on for ever. Port 0 is no place to answer to.
  if (from.port === 0 || datagram[0] !== 0 || datagram[1] === opcodes.ERROR) return;
  socket.send(encodeError(errors.unknownTid, "unknown transfer ID"), from.port, from.address);
}
