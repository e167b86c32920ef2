// Runs transfers on sockets: one per transfer, or all on the one that the requests come to. Leaves
// out who may have one, and where the sockets come from. RFC 1350 section 4.
import type { Socket } from "node:dgram";
import { type Mishap, SafetyNet } from "../ground/index.js";
import { Blocks, ChunkCache, type Content } from "./blocks.js";
import type { Endpoint } from "./events.js";
import { errors } from "./packet.js";
import { type Line, openLine, type PortRange, type Route, stranger } from "./sockets.js";
import type { OpenFile } from "./source.js";
import { type Abort, type Outcome, type Plan, Transfer } from "./transfer.js";

/** A transfer to run; plain data, so that it can be handed to another thread. */
export interface Order extends Route {
  readonly transfer: number;
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
    }
  /** Something threw that nobody expected. */
  | ({ readonly type: "mishap" } & Mishap);

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

/** How often timers are looked at, in ms, and progress is told, in ticks. */
const TICK_MS = 100;
const PROGRESS_TICKS = 3;

/** How much prepared data a host keeps, in bytes. */
const CACHE_BYTES = 32 << 20;

/**
 * From this many transfers on, packets wait until all ACKs of this turn of the loop are read: one
 * burst wakes the machine's other half once, where packets one by one wake it each time.
 */
const CROWD = 2;

interface Outgoing {
  readonly socket: Socket;
  readonly packet: Uint8Array;
  /** Undefined for a connected socket. */
  readonly to: Endpoint | undefined;
}

/** How a transfer ends in which something threw that nobody expected. */
const LOST: Outcome = { how: "aborted", why: "mishap", message: "a fault of the server" };

interface Running {
  readonly transfer: Transfer;
  readonly blocks: Blocks;
  readonly line: Line;
  /** The bytes last reported. */
  told: number;
}

/** Transfers and their sockets in this thread. */
export class TransferHost implements Transfers {
  readonly #running = new Map<number, Running>();
  /** Transfers that wait for their socket, and why they are not wanted any more. */
  readonly #opening = new Map<number, Abort | undefined>();
  readonly #cache = new ChunkCache(CACHE_BYTES);
  readonly #outbox: Outgoing[] = [];
  readonly #report: (report: Report) => void;
  readonly #net: SafetyNet;
  readonly #ports: PortRange | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;

  constructor(ports: PortRange | undefined, report: (report: Report) => void) {
    this.#ports = ports;
    this.#report = report;
    this.#net = new SafetyNet((mishap) => report({ type: "mishap", ...mishap }));
  }

  /** Starts a transfer on a socket of its own. Ends as `no socket` when there is none. */
  async start(order: Order, content: Content): Promise<void> {
    const { transfer, plan } = order;
    this.#opening.set(transfer, undefined);
    let line: Line | undefined;
    try {
      line = await openLine(order, this.#ports, plan.windowsize > 1);
    } catch (problem) {
      this.#net.caught("tftp socket of a transfer", problem);
    }
    const unwanted = line ? this.#opening.get(transfer) : "no socket";
    this.#opening.delete(transfer);
    if (line && unwanted === undefined) {
      this.startOn(line, order, content);
      return;
    }
    line?.socket.close();
    const why = unwanted ?? "no socket";
    const outcome: Outcome = { how: "aborted", why, message: why };
    this.#report({ type: "ended", transfer, outcome, bytes: 0, blocks: 0 });
  }

  /** Starts a transfer on `line`. A shared one stays open after it; feed it with `take`. */
  startOn(line: Line, order: Order, content: Content): void {
    if (this.#net.run("tftp transfer", () => this.#run(order, content, line))) return;
    if (this.#running.has(order.transfer)) this.#lose(order.transfer);
    else {
      if (line.kind !== "shared") line.socket.close();
      this.#report({
        type: "ended",
        transfer: order.transfer,
        outcome: LOST,
        bytes: 0,
        blocks: 0,
      });
    }
  }

  /** Hands a datagram from the client's port to a transfer on a shared socket. */
  take(transfer: number, datagram: Uint8Array): void {
    this.#do("tftp datagram", transfer, (one) => one.take(datagram));
  }

  again(transfer: number): void {
    this.#do("tftp request again", transfer, (one) => one.again());
  }

  abort(transfer: number, why: Abort, message: string, code?: number): void {
    if (this.#opening.has(transfer)) this.#opening.set(transfer, why);
    this.#do("tftp abort", transfer, (one) => one.abort(why, message, code));
  }

  /** Has a transfer do something; one in which something unexpected happens is given up. */
  #do(place: string, id: number, what: (transfer: Transfer) => void): void {
    const running = this.#running.get(id);
    if (running && !this.#net.run(place, () => what(running.transfer))) this.#lose(id);
  }

  /** Gives a transfer up that nothing can be asked of any more. */
  #lose(id: number): void {
    const place = "tftp end of a transfer";
    if (!this.#net.run(place, () => this.#ended(id, LOST))) this.#running.delete(id);
  }

  async close(): Promise<void> {
    for (const transfer of [...this.#opening.keys(), ...this.#running.keys()]) {
      this.abort(transfer, "closed", "the server is stopping", errors.undefined);
    }
    // Sockets open and close in turns of the loop that are still to come.
    while (this.#opening.size > 0) await new Promise((turn) => setTimeout(turn));
    await new Promise((turn) => setTimeout(turn));
  }

  #run(order: Order, content: Content, line: Line): void {
    const { transfer: id, client, plan } = order;
    const { address, port } = client;
    const { socket, kind } = line;
    const blocks = new Blocks(content, order.blksize, this.#cache);
    const to = kind === "connected" ? undefined : client;
    const send = (packet: Uint8Array) => this.#send({ socket, packet, to });
    const wire = { send, now: () => performance.now() };
    const transfer = new Transfer(blocks, plan, wire, {
      begun: () => this.#report({ type: "begun", transfer: id }),
      repeated: (block, cause) => this.#report({ type: "repeated", transfer: id, block, cause }),
      ended: (outcome) => this.#ended(id, outcome),
    });
    this.#running.set(id, { transfer, blocks, line, told: 0 });
    if (kind !== "shared") {
      const message = (datagram: Uint8Array, from: Endpoint) => {
        if (from.port === port && from.address === address) this.take(id, datagram);
        else stranger(socket, datagram, from);
      };
      socket.on("message", this.#net.under("tftp datagram", message));
    }
    this.#timer ??= setInterval(
      this.#net.under("tftp clock", () => this.#tick()),
      TICK_MS,
    );
    transfer.start();
  }

  #send(outgoing: Outgoing): void {
    if (this.#running.size < CROWD && this.#outbox.length === 0) {
      this.#transmit(outgoing);
      return;
    }
    if (this.#outbox.length === 0) {
      setImmediate(() => {
        for (const each of this.#outbox.splice(0)) this.#transmit(each);
      });
    }
    this.#outbox.push(outgoing);
  }

  /** A packet that cannot be sent is a lost one: the timer knows what to do. */
  #transmit({ socket, packet, to }: Outgoing): void {
    this.#net.run("tftp packet", () =>
      to ? socket.send(packet, to.port, to.address) : socket.send(packet),
    );
  }

  #ended(id: number, outcome: Outcome): void {
    const running = this.#running.get(id);
    if (!running) return;
    this.#running.delete(id);
    const { transfer, blocks, line } = running;
    // What was just sent leaves the socket before it closes.
    if (line.kind !== "shared") {
      setImmediate(this.#net.under("tftp close", () => line.socket.close()));
    }
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
      if (transfer.deadline <= now) this.#do("tftp clock", id, (one) => one.expire());
      if (!telling) continue;
      const bytes = blocks.bytesThrough(transfer.acknowledged);
      if (bytes === told || !this.#running.has(id)) continue;
      running.told = bytes;
      this.#report({ type: "progress", transfer: id, bytes });
    }
  }
}
