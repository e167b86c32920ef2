// Runs transfers on sockets: one per transfer, from any port or a range, or all on the one that
// the requests come to. Leaves out who may have one. The port is the TID of RFC 1350 section 4.
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { Blocks, ChunkCache, type Content } from "./blocks.js";
import type { Endpoint } from "./events.js";
import { encodeError, errors, opcodes } from "./packet.js";
import type { OpenFile } from "./source.js";
import { type Abort, type Outcome, type Plan, Transfer } from "./transfer.js";

/** A transfer to run; plain data, so that it can be handed to another thread. */
export interface Order {
  readonly transfer: number;
  readonly client: Endpoint;
  /** The address the request came to: the answers leave from it. */
  readonly local: string;
  readonly family: 4 | 6;
  readonly blksize: number;
  readonly plan: Plan;
}

/** What a host tells of its transfers. */
export type Report =
  | { readonly type: "begun"; readonly transfer: number }
  | { readonly type: "progress"; readonly transfer: number; readonly bytes: number }
  | {
      readonly type: "repeated";
      readonly transfer: number;
      readonly block: number;
      readonly cause: "timeout" | "gap" | "request";
    }
  | {
      readonly type: "ended";
      readonly transfer: number;
      readonly outcome: Outcome;
      readonly bytes: number;
      readonly blocks: number;
    };

/** Where transfers run: here, or in other threads. */
export interface Transfers {
  /** Starts a transfer of `content`, which is `file` or made from it. */
  start(order: Order, content: Content, file: OpenFile): void;
  /** The client repeated its request. */
  again(transfer: number): void;
  /** Ends a transfer; the client is told when `code` is given. */
  abort(transfer: number, why: Abort, message: string, code?: number): void;
  /** Ends all transfers. */
  close(): Promise<void>;
}

/** First and last port for transfers. */
export type PortRange = readonly [first: number, last: number];

/** How often timers are looked at, in ms, and progress is told, in ticks. */
const TICK_MS = 100;
const PROGRESS_TICKS = 3;

/** How much prepared data a host keeps, in bytes. */
const CACHE_BYTES = 32 << 20;

/** How many ports of a range are tried before the request is dropped. */
const PORT_TRIES = 64;

/**
 * From this many transfers on, packets wait until all ACKs of this turn of the loop are read: one
 * burst wakes the machine's other half once, where packets one by one wake it each time.
 */
const CROWD = 2;

interface Outgoing {
  readonly socket: Socket;
  readonly packet: Uint8Array;
  readonly client: Endpoint;
}

interface Running {
  readonly transfer: Transfer;
  readonly blocks: Blocks;
  readonly socket: Socket;
  readonly shared: boolean;
  told: number;
}

/** Transfers and their sockets in this thread. */
export class TransferHost implements Transfers {
  readonly #running = new Map<number, Running>();
  readonly #cache = new ChunkCache(CACHE_BYTES);
  readonly #report: (report: Report) => void;
  readonly #ports: PortRange | undefined;
  readonly #opening = new Map<number, () => void>();
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #outbox: Outgoing[] = [];

  constructor(ports: PortRange | undefined, report: (report: Report) => void) {
    this.#ports = ports;
    this.#report = report;
  }

  /** Starts a transfer on a socket of its own. Ends as `no socket` when there is none. */
  start(order: Order, content: Content): void {
    let wanted = true;
    this.#opening.set(order.transfer, () => {
      wanted = false;
    });
    openSocket(order, this.#ports, (socket) => {
      this.#opening.delete(order.transfer);
      if (!socket || !wanted) {
        socket?.close();
        return this.#unstarted(order.transfer, wanted ? "no socket" : "replaced");
      }
      this.#run(order, content, socket, false);
    });
  }

  /** Starts a transfer on `socket`, which stays open after it; feed it with `take`. */
  startOn(socket: Socket, order: Order, content: Content): void {
    this.#run(order, content, socket, true);
  }

  /** Hands a datagram from the client's port to a transfer on a shared socket. */
  take(transfer: number, datagram: Uint8Array): void {
    this.#running.get(transfer)?.transfer.take(datagram);
  }

  again(transfer: number): void {
    this.#running.get(transfer)?.transfer.again();
  }

  abort(transfer: number, why: Abort, message: string, code?: number): void {
    this.#opening.get(transfer)?.();
    this.#running.get(transfer)?.transfer.abort(why, message, code);
  }

  async close(): Promise<void> {
    for (const id of [...this.#opening.keys(), ...this.#running.keys()]) {
      this.abort(id, "closed", "the server is stopping", errors.undefined);
    }
    clearInterval(this.#timer);
    // The sockets close in the next turn of the loop.
    await new Promise((turn) => setTimeout(turn));
  }

  #unstarted(transfer: number, why: Abort): void {
    const outcome: Outcome = { how: "aborted", why, message: why };
    this.#report({ type: "ended", transfer, outcome, bytes: 0, blocks: 0 });
  }

  #run(order: Order, content: Content, socket: Socket, shared: boolean): void {
    const { transfer: id, client, plan } = order;
    const { address, port } = client;
    const blocks = new Blocks(content, order.blksize, this.#cache);
    const send = (packet: Uint8Array) => this.#send(socket, packet, client);
    const transfer = new Transfer(
      blocks,
      plan,
      { send, now: () => performance.now() },
      {
        begun: () => this.#report({ type: "begun", transfer: id }),
        repeated: (block, cause) => this.#report({ type: "repeated", transfer: id, block, cause }),
        ended: (outcome) => this.#ended(id, outcome),
      },
    );
    this.#running.set(id, { transfer, blocks, socket, shared, told: 0 });
    if (!shared) {
      socket.on("message", (datagram, from) => {
        if (from.port === port && from.address === address) transfer.take(datagram);
        else stranger(socket, datagram, from);
      });
    }
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    transfer.start();
  }

  #send(socket: Socket, packet: Uint8Array, client: Endpoint): void {
    if (this.#running.size < CROWD && this.#outbox.length === 0) {
      socket.send(packet, client.port, client.address);
      return;
    }
    if (this.#outbox.length === 0) setImmediate(() => this.#flush());
    this.#outbox.push({ socket, packet, client });
  }

  #flush(): void {
    for (const { socket, packet, client } of this.#outbox.splice(0)) {
      socket.send(packet, client.port, client.address);
    }
  }

  #ended(id: number, outcome: Outcome): void {
    const running = this.#running.get(id);
    if (!running) return;
    this.#running.delete(id);
    const { transfer, blocks, socket, shared } = running;
    // What was just sent leaves the socket before it closes.
    if (!shared) setImmediate(() => socket.close());
    const bytes = blocks.bytesThrough(transfer.acknowledged);
    this.#report({ type: "ended", transfer: id, outcome, bytes, blocks: transfer.acknowledged });
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const now = performance.now();
    const telling = ++this.#ticks % PROGRESS_TICKS === 0;
    for (const [id, running] of this.#running) {
      const { transfer, blocks, told } = running;
      if (transfer.deadline <= now) transfer.expire();
      if (!telling) continue;
      const bytes = blocks.bytesThrough(transfer.acknowledged);
      if (bytes === told || !this.#running.has(id)) continue;
      running.told = bytes;
      this.#report({ type: "progress", transfer: id, bytes });
    }
  }
}

/** RFC 1350 section 4: the one from the wrong port is told, and the transfer is not disturbed. */
export function stranger(socket: Socket, datagram: Uint8Array, from: RemoteInfo): void {
  // An ERROR is never answered: two servers could go on for ever.
  if (datagram[0] !== 0 || datagram[1] === opcodes.ERROR) return;
  socket.send(encodeError(errors.unknownTid, "unknown transfer ID"), from.port, from.address);
}

/** A socket for numeric addresses: no resolver, so that a send does not wait for one. */
export function plainSocket(family: 4 | 6): Socket {
  return createSocket({
    type: family === 6 ? "udp6" : "udp4",
    ipv6Only: family === 6,
    lookup: (address, _options, done) => done(null, address, family),
  });
}

function openSocket(
  order: Order,
  ports: PortRange | undefined,
  done: (socket: Socket | undefined) => void,
): void {
  const [first, last] = ports ?? [0, 0];
  const count = last - first + 1;
  const start = Math.floor(Math.random() * count);
  const attempt = (number: number): void => {
    if (number === Math.min(count, PORT_TRIES)) {
      done(undefined);
      return;
    }
    const socket = plainSocket(order.family);
    socket.once("error", (problem) => {
      socket.close();
      const taken = "code" in problem && problem.code === "EADDRINUSE";
      if (taken) attempt(number + 1);
      else done(undefined);
    });
    socket.bind({ address: order.local, port: first + ((start + number) % count) }, () => {
      socket.removeAllListeners("error");
      // A failed send is a lost packet; the timer knows what to do.
      socket.on("error", () => {});
      done(socket);
    });
  };
  attempt(0);
}
