// A client on a real socket, by hand or to the end of a file, and a server to ask. Leaves out
// loss: that is tried in virtual time.
import { createSocket, type Socket } from "node:dgram";
import {
  encodeAck,
  encodeRequest,
  type Options,
  type Packet,
  parse,
  type ServerOptions,
  type Source,
  type TftpEvent,
  TftpServer,
} from "../../src/tftp/index.js";

/** A packet and where it came from. */
export interface Received {
  readonly packet: Packet;
  readonly port: number;
  /** Of the datagram, in bytes. */
  readonly size: number;
}

/** A socket on loopback that keeps what it receives. */
export class Peer {
  readonly #socket: Socket;
  readonly #received: Received[] = [];
  readonly #waiting: ((received: Received | undefined) => void)[] = [];
  readonly #server: string;
  /** Where the last packet came from. */
  lastPort: number | undefined;

  private constructor(socket: Socket, server: string) {
    this.#socket = socket;
    this.#server = server;
    socket.on("message", (datagram, { port }) => {
      this.lastPort = port;
      const received = { packet: parse(datagram), port, size: datagram.length };
      const waiting = this.#waiting.shift();
      if (waiting) waiting(received);
      else this.#received.push(received);
    });
  }

  static async open(server = "127.0.0.1", from = server): Promise<Peer> {
    const socket = createSocket(server.includes(":") ? "udp6" : "udp4");
    await new Promise<void>((done) => socket.bind(0, from, done));
    return new Peer(socket, server);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(port: number, packet: Uint8Array): void {
    this.#socket.send(packet, port, this.#server);
  }

  /** Asks `port` for `name`; `options` as `"blksize 8, tsize 0"`. */
  ask(port: number, name: string, options = "", mode = "octet"): void {
    const list = options.split(", ").filter(Boolean);
    const split = list.map((option) => option.split(" "));
    const pairs = split.map(([name = "", value = ""]) => ({ name, value }));
    this.send(port, encodeRequest("RRQ", name, mode, pairs));
  }

  /** The next packet; undefined when none comes in time. */
  next(ms = 2000): Promise<Received | undefined> {
    const first = this.#received.shift();
    if (first) return Promise.resolve(first);
    return new Promise((resolve) => {
      const waiting = (received: Received | undefined) => {
        clearTimeout(timer);
        resolve(received);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        resolve(undefined);
      }, ms);
      this.#waiting.push(waiting);
    });
  }

  /** Forgets what was received, and says how many packets that were. */
  drain(): number {
    return this.#received.splice(0).length;
  }

  close(): void {
    // What was just sent leaves first.
    setImmediate(() => this.#socket.close());
  }
}

/** A file as it was fetched. */
export interface Fetched {
  readonly bytes: Buffer;
  /** As `"tsize 5, blksize 8"`. */
  readonly granted: string;
  /** The server's port for the transfer. */
  readonly port: number;
}

export const shownOptions = (options: Options) =>
  [...options.values()].map(({ name, value }) => `${name} ${value}`).join(", ");

/** Fetches a whole file; an ERROR or silence is thrown. */
export async function fetch(
  port: number,
  name: string,
  { options = "", mode = "octet", server = "127.0.0.1", from = "" } = {},
): Promise<Fetched> {
  const peer = await Peer.open(server, from || server);
  const parts: Uint8Array[] = [];
  let [granted, blksize, windowsize] = ["", 512, 1];
  try {
    peer.ask(port, name, options, mode);
    for (let block = 1; ; ) {
      const received = await peer.next();
      if (!received) throw new Error(`silence before block ${block}`);
      const { packet, port: tid } = received;
      if (packet.kind === "ERROR") throw new Error(`ERROR ${packet.code} ${packet.message}`);
      if (packet.kind === "OACK") {
        granted = shownOptions(packet.options);
        blksize = Number(packet.options.get("blksize")?.value ?? blksize);
        windowsize = Number(packet.options.get("windowsize")?.value ?? windowsize);
        peer.send(tid, encodeAck(0));
      }
      if (packet.kind !== "DATA" || packet.block !== (block & 0xffff)) continue;
      parts.push(packet.data);
      const last = packet.data.length < blksize;
      if (last || block % windowsize === 0) peer.send(tid, encodeAck(block));
      if (last) return { bytes: Buffer.concat(parts), granted, port: tid };
      block++;
    }
  } finally {
    peer.close();
  }
}

/** A server on loopback and everything it reports. */
export interface Serving {
  readonly server: TftpServer;
  readonly port: number;
  readonly events: TftpEvent[];
  /** The first event of a type, now or later. */
  event<Type extends TftpEvent["type"]>(type: Type): Promise<Extract<TftpEvent, { type: Type }>>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function serving(source: Source, options: ServerOptions = {}): Promise<Serving> {
  const events: TftpEvent[] = [];
  const wishes: (() => void)[] = [];
  const server = await TftpServer.start(source, {
    addresses: ["127.0.0.1"],
    port: 0,
    ...options,
    report: (event) => {
      events.push(event);
      for (const wish of wishes.splice(0)) wish();
    },
  });
  const event: Serving["event"] = async (type) => {
    for (;;) {
      for (const event of events) if (isA(event, type)) return event;
      await new Promise<void>((wish) => wishes.push(wish));
    }
  };
  return { server, port: server.addresses[0]?.port ?? 0, events, event };
}

function isA<Type extends TftpEvent["type"]>(
  event: TftpEvent,
  type: Type,
): event is Extract<TftpEvent, { type: Type }> {
  return event.type === type;
}
