// A read-only TFTP server: listens, decides who gets what, and hands the transfers to a host.
// Leaves out the transfers themselves (transfer.ts), their sockets (host.ts) and any way to write.
// RFC 1350, 2347, 2348, 2349, 7440.
import { descriptorLimit, SafetyNet } from "../ground/index.js";
import { defaultCaps, RequestRate, transfersWithin } from "./admission.js";
import type { Content } from "./blocks.js";
import type { Drop, Endpoint, TftpEvent } from "./events.js";
import { shown } from "./events.js";
import { type Report, TransferHost, type Transfers } from "./host.js";
import { type Active, Ledger, standsStill } from "./ledger.js";
import { type Listener, Listeners, routeTo } from "./listeners.js";
import { ClientMemory } from "./memory.js";
import { MAX_BLKSIZE, negotiate } from "./negotiate.js";
import { Modes } from "./netascii.js";
import type { ServerOptions } from "./options.js";
import { encodeError, encodeOack, errors, opcodes, parse, type Request } from "./packet.js";
import { stranger } from "./sockets.js";
import {
  type OpenFile,
  SETTLE_TRIES,
  SETTLE_WAIT_MS,
  type Source,
  type Unavailable,
} from "./source.js";
import type { Outcome } from "./transfer.js";
import { Workers } from "./workers.js";

/** The most data in one window, in bytes: what a client's receive buffer holds by default. */
const WINDOW_BYTES = 1 << 16;

/** Large enough to keep the wire full on a LAN, small enough for the rings of boot loaders. */
const WINDOWSIZE = 16;

/** What a client is told about a file it cannot have. */
const refusals: Record<Unavailable, readonly [number, string]> = {
  "not found": [errors.notFound, "file not found"],
  "access violation": [errors.accessViolation, "this name is not served"],
  unsettled: [errors.undefined, "the file is being written"],
  exhausted: [errors.undefined, "the server is full"],
};

interface Asked {
  readonly listener: Listener;
  readonly client: Endpoint;
  readonly key: string;
  readonly datagram: Uint8Array;
}

/** A running server. */
export class TftpServer {
  readonly #options: ServerOptions;
  readonly #rate: RequestRate;
  readonly #ledger: Ledger;
  readonly #memory: ClientMemory;
  /** Where transfers run, and the one of them that can share a socket. */
  readonly #host: Transfers;
  readonly #here: TransferHost;
  readonly #modes = new Modes();
  readonly #net = new SafetyNet((mishap) => this.#event({ type: "mishap", ...mishap }));
  #listeners: Listeners | undefined;
  #source: Source;
  #transfers = 0;
  #closed = false;

  private constructor(source: Source, options: ServerOptions) {
    const asked = { ...defaultCaps, ...options.caps };
    const fitting = transfersWithin(descriptorLimit());
    const caps = { ...asked, transfers: Math.min(asked.transfers, fitting) };
    const { blksize = MAX_BLKSIZE, windowsize = WINDOWSIZE } = options;
    this.#source = source;
    this.#options = options;
    this.#rate = new RequestRate(caps);
    this.#ledger = new Ledger(caps);
    this.#memory = new ClientMemory({ blksize, windowsize });
    const { ports, workers = 0, singlePort } = options;
    const told = (report: Report) => this.#told(report);
    this.#here = new TransferHost(ports, told);
    this.#host = workers > 0 && !singlePort ? new Workers(workers, ports, told) : this.#here;
  }

  /**
   * Starts a server.
   * @throws when none of the addresses can be listened on, or one that was asked for.
   */
  static async start(source: Source, options: ServerOptions = {}): Promise<TftpServer> {
    const server = new TftpServer(source, options);
    try {
      server.#listeners = await Listeners.open(options, {
        heard: server.#net.under("tftp request", (...all) => server.#receive(...all)),
        trouble: (message) => server.#event({ type: "trouble", message }),
        net: server.#net,
      });
    } catch (problem) {
      await server.close();
      throw problem;
    }
    return server;
  }

  /** Where it listens. */
  get addresses(): Endpoint[] {
    return this.#listeners?.addresses ?? [];
  }

  /** Serves from `source` from now on; transfers under way keep the file they began with. */
  replaceSource(source: Source): void {
    this.#source = source;
  }

  /** Ends all transfers and frees the ports. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#host.close();
    await this.#listeners?.close();
  }

  #receive(listener: Listener, datagram: Uint8Array, client: Endpoint): void {
    const key = `${listener.local.address} ${client.address} ${client.port}`;
    const { singlePort = false, clients = "on-link" } = this.#options;
    const known = singlePort ? this.#ledger.find(key) : undefined;
    // RFC 768: nobody can be answered who does not say where.
    if (client.port === 0) this.#drop(client, "no port to answer");
    else if (known && datagram[1] !== opcodes.RRQ) {
      this.#here.take(known.order.transfer, datagram);
    } else if (clients === "on-link" && !listener.local.onLink(client.address)) {
      this.#drop(client, "not on-link");
    } else if (!this.#rate.take(client.address, performance.now())) {
      this.#drop(client, "too many requests");
    } else {
      this.#answer({ listener, client, key, datagram });
    }
  }

  #answer(asked: Asked): void {
    const { listener, client, datagram } = asked;
    const packet = parse(datagram);
    if (packet.kind === "RRQ") {
      this.#read(asked, packet);
    } else if (packet.kind === "WRQ") {
      this.#refuse(listener, client, packet.name, errors.accessViolation, "this server only reads");
    } else if (packet.kind === "malformed" && datagram[0] === 0 && datagram[1] === opcodes.RRQ) {
      this.#refuse(listener, client, "", errors.illegalOperation, packet.problem);
    } else {
      if (this.#options.singlePort) stranger(listener.socket, datagram, client);
      this.#drop(client, "no such transfer");
    }
  }

  #read(asked: Asked, request: Request, tries = 0): void {
    if (this.#closed || this.#repeated(asked)) return;
    const { listener, client } = asked;
    const { isKnown = () => false } = this.#options;
    const known = isKnown(client.address);
    const room = this.#ledger.room(client.address, known, performance.now());
    const file = room === "no" ? undefined : this.#source.open(request.name, client.address);
    if (room === "no" || file === undefined) {
      this.#drop(client, "too many transfers");
    } else if (file === "unsettled" && tries < SETTLE_TRIES) {
      const again = () => this.#read(asked, request, tries + 1);
      setTimeout(this.#net.under("tftp file that settles", again), SETTLE_WAIT_MS);
    } else if (typeof file === "string") {
      this.#refuse(listener, client, request.name, ...refusals[file]);
    } else {
      const content = this.#modes.content(request.mode, file.content);
      if (typeof content === "string") {
        file.close();
        this.#refuse(listener, client, request.name, errors.illegalOperation, content);
        return;
      }
      if (room !== "yes") this.#replace(room);
      this.#start(asked, request, file, content);
    }
  }

  /**
   * Whether a request only says again what is being answered; another one ends that. A copy can
   * be seconds old by the time a busy server reads it, and must not end a transfer that goes on:
   * the same request is a new one only when the transfer stands still.
   */
  #repeated({ key, datagram }: Asked): boolean {
    const known = this.#ledger.find(key);
    if (!known) return false;
    const same = Buffer.compare(datagram, known.request) === 0;
    const again = same && !standsStill(known);
    if (again) this.#host.again(known.order.transfer);
    else this.#replace(known);
    return again;
  }

  #start(asked: Asked, request: Request, file: OpenFile, content: Content): void {
    const { listener, client, key, datagram } = asked;
    const { isKnown = () => false } = this.#options;
    const route = routeTo(listener.local, client);
    const name = shown(request.name);
    const startedAt = performance.now();
    // U-Boot tries again from another port, long before the server is sure that it gave up.
    for (const one of this.#ledger.givenUp(client.address, name)) this.#blame(one, 1);
    const limits = {
      ...this.#memory.offer(client.address, startedAt),
      mtu: listener.local.mtu,
      family: route.family,
      windowBytes: WINDOW_BYTES,
    };
    const { mode, options } = request;
    const size = mode === "octet" ? content.size : undefined;
    const { blksize, windowsize, timeout, granted } = negotiate(options, size, limits);
    const oack = granted.length > 0 ? encodeOack(granted) : undefined;
    const guessable = this.#options.singlePort === true;
    const plan = { windowsize, timeout, oack, asked: datagram.length, guessable };
    const transfer = ++this.#transfers;
    const order = { ...route, transfer, blksize, plan };
    this.#ledger.add({
      order,
      key,
      client,
      name,
      file,
      startedAt,
      isKnown: isKnown(client.address),
      request: datagram,
      begun: false,
      repeats: 0,
      stuck: 0,
      done: 0,
    });
    this.#event({
      type: "request",
      transfer,
      client,
      name,
      mode,
      size: content.size,
      blksize,
      windowsize,
      granted,
    });
    if (guessable) this.#here.startOn({ socket: listener.socket, kind: "shared" }, order, content);
    else this.#host.start(order, content, file);
  }

  #replace(active: Active): void {
    this.#ledger.leave(active);
    const { transfer } = active.order;
    this.#host.abort(transfer, "replaced", "a newer request took its place");
  }

  #told(report: Report): void {
    if (report.type === "mishap") {
      this.#event(report);
      return;
    }
    const active = this.#ledger.get(report.transfer);
    if (!active) return;
    if (report.type === "begun") this.#ledger.begun(active);
    else if (report.type === "ended") this.#ended(active, report);
    else {
      if (report.type === "repeated") active.repeats++;
      if (report.type === "progress") {
        active.stuck = 0;
        active.done = report.bytes;
      } else if (report.cause === "timeout") active.stuck++;
      this.#event(report);
    }
  }

  #ended(active: Active, { outcome, bytes, blocks }: Extract<Report, { type: "ended" }>): void {
    const { order, client, name, file, startedAt, repeats } = active;
    this.#ledger.remove(active);
    file.close();
    const transfer = order.transfer;
    const ms = performance.now() - startedAt;
    this.#event({ type: "ended", transfer, client, name, outcome, bytes, ms, repeats });
    if (died(active, outcome)) this.#blame(active, blocks);
  }

  /** The terms of a transfer were too much for its client, which had `blocks` of them. */
  #blame({ client, order: { blksize, plan } }: Active, blocks: number): void {
    const terms = { blksize, windowsize: plan.windowsize };
    const offer = this.#memory.died(client.address, terms, blocks, performance.now());
    if (offer) this.#event({ type: "reduced", client, ...offer });
  }

  #refuse(listener: Listener, client: Endpoint, name: string, code: number, message: string): void {
    const packet = encodeError(code, message);
    this.#net.run("tftp refusal", () => {
      listener.socket.send(packet, client.port, client.address);
    });
    this.#event({ type: "refused", client, name: shown(name), code, message });
  }

  #drop(client: Endpoint, why: Drop): void {
    this.#event({ type: "dropped", client, why });
  }

  #event(event: TftpEvent): void {
    const { report } = this.#options;
    if (!report) return;
    // Whoever listens to mishaps cannot be told that listening to them is one.
    if (event.type === "mishap") report(event);
    else this.#net.run(`tftp report of ${event.type}`, () => report(event));
  }
}

/** Whether a transfer ended in a way that smaller blocks or windows might have prevented. */
function died({ begun, stuck }: Active, outcome: Outcome): boolean {
  if (outcome.how !== "aborted" || !begun) return false;
  const { why, code } = outcome;
  if (why === "vanished") return true;
  if (why === "replaced") return stuck > 0;
  return why === "refused" && code !== errors.undefined && code !== errors.diskFull;
}
