// HTTP for U-Boot's `wget`: the same names as over TFTP, GET and HEAD, one Range. Leaves out TLS,
// ways to write, lists of files and everything a browser would want. RFC 9110, 9112.
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import { type AddressInfo, isIPv6, type ListenOptions, type Socket } from "node:net";
import { type Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { descriptorLimit, type SafetyNet } from "../ground/index.js";
import {
  type Content,
  type Drop,
  defaultCaps,
  type LocalAddress,
  localAddress,
  type OpenFile,
  openSettled,
  RequestRate,
  type Source,
  shown,
  type Unavailable,
} from "../tftp/index.js";
import { type Connection, Connections } from "./connections.js";
import { targetOf } from "./http-target.js";
import { rangeOf } from "./ranges.js";
import type { TransferEvent } from "./transfers.js";

/** What an HTTP server reports; transfers are numbered from 1. */
export type HttpEvent =
  | TransferEvent
  | {
      readonly type: "dropped";
      readonly client: { readonly address: string };
      readonly why: Drop;
    };

/** How to serve. */
export interface HttpOptions {
  /** Local addresses; all of the machine's by default. */
  readonly addresses?: readonly string[] | undefined;
  readonly port: number;
  /** Sockets that listen already, instead of `addresses` and `port`. */
  readonly inherited?: readonly number[];
  readonly clients?: "on-link" | "any";
  /** Names that this machine is known by, besides its own. */
  readonly names?: readonly string[];
  /** Whether a client is one that is expected: room is kept for those. Nobody by default. */
  readonly isKnown?: (address: string) => boolean;
  readonly report: (event: HttpEvent) => void;
  readonly net: SafetyNet;
}

/** The longest request line and headers, in bytes. */
const HEADERS = 8192;

/** How long a client may take for its request, and how long it may take nothing, in ms. */
const REQUEST_MS = 10_000;
const IDLE_MS = 30_000;

/** How much is read at once, and how often progress is told, in bytes and ms. */
const CHUNK = 1 << 16;
const TELL_MS = 100;

const refusals: Readonly<Record<Unavailable, readonly [status: number, why: string]>> = {
  "not found": [404, "file not found"],
  "access violation": [403, "this name is not served"],
  unsettled: [503, "the file is being written"],
  exhausted: [503, "the server is full"],
};

/** What is said of a request that Node cannot read, by the code of its error. */
const damages: Readonly<Record<string, readonly [status: number, why: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "more than 8 KiB of headers"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "no whole request in time"],
};

/** A running HTTP server. */
export class HttpServer {
  readonly #source: Source;
  readonly #options: HttpOptions;
  readonly #servers: Server[] = [];
  readonly #locals = new Map<string, LocalAddress>();
  readonly #rate = new RequestRate(defaultCaps);
  readonly #connections = new Connections(descriptorLimit());
  readonly #connectionOf = new WeakMap<Duplex, Connection>();
  #transfers = 0;

  private constructor(source: Source, options: HttpOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** @throws when one of the addresses cannot be listened on. */
  static async start(source: Source, options: HttpOptions): Promise<HttpServer> {
    const server = new HttpServer(source, options);
    const { port, addresses, inherited = [] } = options;
    const named = addresses?.map((host) => ({ port, host })) ?? [{ port }];
    const places = inherited.length > 0 ? inherited.map((fd) => ({ fd })) : named;
    try {
      for (const place of places) await server.#listen(place);
    } catch (problem) {
      server.close();
      throw problem;
    }
    return server;
  }

  /** Where it listens. */
  get addresses(): { readonly address: string; readonly port: number }[] {
    return this.#servers.map((server) => server.address() as AddressInfo);
  }

  /** Ends all transfers and frees the ports. */
  close(): void {
    for (const server of this.#servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  }

  #listen(place: ListenOptions | { readonly fd: number }): Promise<void> {
    const { net } = this.#options;
    const timeouts = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS };
    const limits = { maxHeaderSize: HEADERS, requireHostHeader: false };
    const server = createServer(
      { ...timeouts, ...limits, keepAliveTimeout: REQUEST_MS },
      (request, response) => {
        this.#answer(request, response).catch((problem) => {
          net.caught("http request", problem);
          response.destroy();
        });
      },
    );
    server.setTimeout(IDLE_MS);
    server.on("connection", (socket) => {
      if (!net.run("http connection", () => this.#connected(socket))) socket.destroy();
    });
    server.on("clientError", (problem, socket) => {
      if (!net.run("http damaged request", () => this.#damaged(problem, socket))) socket.destroy();
    });
    return new Promise((done, failed) => {
      server.once("error", failed);
      server.listen(place, () => {
        server.off("error", failed);
        server.on("error", (problem) => net.caught("http socket", problem));
        this.#servers.push(server);
        done();
      });
    });
  }

  /** What is known of our address; asking the system for each connection would take too long. */
  #local(address: string): LocalAddress {
    const known = this.#locals.get(address) ?? localAddress(address);
    this.#locals.set(address, known);
    return known;
  }

  #connected(socket: Socket): void {
    const address = plain(socket.remoteAddress);
    const local = this.#local(plain(socket.localAddress));
    const { clients, isKnown = () => false } = this.#options;
    const near = clients === "any" || local.onLink(address);
    const known = near && isKnown(address);
    const connection = near
      ? this.#connections.enter(address, known, socket, performance.now())
      : undefined;
    if (!connection) {
      this.#drop(address, near ? "too many transfers" : "not on-link");
      socket.destroy();
      return;
    }
    this.#connectionOf.set(socket, connection);
    const closed = () => this.#connections.leave(connection);
    socket.once("close", this.#options.net.under("http end of a connection", closed));
  }

  /** Something that is not a request: said once, and the connection is closed. */
  #damaged(problem: Error & { readonly code?: string }, socket: Duplex): void {
    const address = this.#connectionOf.get(socket)?.address;
    const [status, why] = damages[problem.code ?? ""] ?? [400, "no HTTP request"];
    if (address !== undefined && socket.writable && problem.code !== "ECONNRESET") {
      this.#tellRefusal(address, "", why);
      socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
    }
    socket.destroy();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    const address = plain(request.socket.remoteAddress);
    const connection = this.#connectionOf.get(request.socket);
    if (connection) {
      connection.busy++;
      response.once("close", () => connection.busy--);
    }
    const refuse = (name: string, status: number, why: string) =>
      this.#refuse(response, address, name, status, why);
    if (!this.#rate.take(address, performance.now())) {
      this.#drop(address, "too many requests");
      response.writeHead(429, { "Retry-After": 1, Connection: "close" }).end();
      return;
    }
    const target = targetOf(request, this.#options.names ?? []);
    if (typeof target !== "string") return refuse(request.url ?? "", target.status, target.why);
    const name = nameOf(target);
    if (name === undefined) return refuse(target, 400, "no name: a % needs two digits after it");
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(name, 405, "this server only reads");
    }
    const file = await openSettled(this.#source, name, address);
    if (typeof file === "string") return refuse(name, ...refusals[file]);
    try {
      await this.#give(request, response, address, name, file);
    } finally {
      file.close();
    }
  }

  async #give(
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
    name: string,
    { content }: OpenFile,
  ): Promise<void> {
    const { size } = content;
    response.setHeader("Accept-Ranges", "bytes");
    // No validators are given out, so that an If-Range can never match (section 13.1.5).
    const asked = request.headers["if-range"] === undefined ? request.headers.range : undefined;
    const range = rangeOf(asked, size);
    if (range === "unsatisfiable") {
      response.setHeader("Content-Range", `bytes */${size}`);
      this.#refuse(response, address, name, 416, "beyond the end of the file");
      return;
    }
    const { start, end } = range ?? { start: 0, end: size };
    if (range) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${size}`);
    response.writeHead(range ? 206 : 200, {
      "Content-Type": "application/octet-stream",
      "Content-Length": end - start,
    });
    if (request.method === "HEAD") response.end();
    else await this.#send(response, { address, name: shown(name) }, content, start, end);
  }

  async #send(
    response: ServerResponse,
    { address, name }: { address: string; name: string },
    content: Content,
    start: number,
    end: number,
  ): Promise<void> {
    const transfer = ++this.#transfers;
    const { report } = this.#options;
    let sent = 0;
    let told = performance.now();
    function* pieces(): Generator<Uint8Array> {
      for (let at = start; at < end; at += CHUNK) {
        const piece = content.read(at, Math.min(CHUNK, end - at));
        yield piece;
        sent += piece.length;
        if (performance.now() - told < TELL_MS) continue;
        told = performance.now();
        report({ type: "progress", transfer, bytes: sent });
      }
    }
    report({ type: "request", transfer, client: { address }, name, size: end - start });
    const ended = { type: "ended", transfer, repeats: 0 } as const;
    try {
      // A failed read breaks the connection, so that the client sees a file that is not whole.
      await pipeline(Readable.from(pieces()), response);
      report({ ...ended, bytes: end - start, outcome: { how: "done", acknowledged: true } });
    } catch (problem) {
      const left = problem instanceof Error && "code" in problem;
      const message = left ? "the client went away" : reasonOf(problem);
      const why = left ? "vanished" : "unreadable";
      report({ ...ended, bytes: sent, outcome: { how: "aborted", why, message } });
    }
  }

  #refuse(
    response: ServerResponse,
    address: string,
    name: string,
    status: number,
    why: string,
  ): void {
    this.#tellRefusal(address, name, why);
    const text = `${why}\n`;
    if (status === 503) response.setHeader("Retry-After", 1);
    response.writeHead(status, { "Content-Type": "text/plain", "Content-Length": text.length });
    response.end(text);
  }

  #tellRefusal(address: string, name: string, message: string): void {
    this.#options.report({ type: "refused", client: { address }, name: shown(name), message });
  }

  #drop(address: string, why: Drop): void {
    this.#options.report({ type: "dropped", client: { address }, why });
  }
}

const reasonOf = (problem: unknown) =>
  problem instanceof Error ? problem.message : "cannot be read";

/** The name that a path stands for; undefined when it is not a name at all. */
function nameOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split(/[?#]/)[0] ?? "");
  } catch {
    return undefined;
  }
}

/** An address as TFTP has it: of IPv4 without `::ffff:`. */
function plain(address = ""): string {
  const [, four] = /^::ffff:(.*)$/i.exec(address) ?? [];
  return four !== undefined && !isIPv6(four) ? four : address;
}
