// The server of a flow: the newest build over TFTP and HTTP, watched boots, counted events. Leaves
// out signals, watching for changes, and how anything is shown.
import { ports } from "../dhcp/index.js";
import { hasErrors, type Judged } from "../diagnostics/index.js";
import { failureOf, ReadError } from "../files/index.js";
import { SafetyNet } from "../ground/index.js";
import {
  firstOf,
  type ServerOptions,
  type Source,
  type TftpEvent,
  TftpServer,
} from "../tftp/index.js";
import type { Answering, DhcpNews } from "./answering.js";
import { Boots } from "./boots.js";
import { buildFolder } from "./build-folder.js";
import { answering, type DhcpOptions } from "./dhcp.js";
import { happeningsOf } from "./dhcp-news.js";
import { Generations } from "./generations.js";
import type { Happening } from "./happenings.js";
import type { HttpEvent, HttpOptions, HttpServer } from "./http.js";
import { tellingOfKeys } from "./keys-served.js";
import { Metrics } from "./metrics.js";
import type { MetricsServer } from "./metrics-server.js";
import { type Snapshot, type SnapshotOptions, type Taken, takeSnapshot } from "./snapshot.js";
import { asked, NO_NETWORK, StartError } from "./starting.js";
import type { Lookup } from "./transfers.js";

/** What to serve, and how. */
export interface FlowServerOptions {
  /** The flow. */
  readonly flow?: string;
  /** A folder of files that are served as they are, after those of the flow. */
  readonly root?: string;
  readonly build?: SnapshotOptions;
  readonly tftp?: Omit<ServerOptions, "report">;
  /** Where to serve over HTTP too. */
  readonly http?: Pick<HttpOptions, "port" | "inherited">;
  /** Names that this machine is known by to clients of HTTP, besides its own. */
  readonly names?: readonly string[];
  /** Who answers DHCP for the flow's `network`; nobody by default. */
  readonly dhcp?: DhcpOptions;
  readonly metrics?: { readonly address: string; readonly port: number };
  readonly tell: (happening: Happening) => void;
  /** Hears of everything that is found in the flow. */
  readonly found: (judged: Judged) => void;
}

/** How often silent boards are looked for, and after what time a drop is told again, in ms. */
const TICK_MS = 1000;
const DROPS_MS = 60_000;

/** How many such things are told in a minute. */
const MOST_NEWS = 1000;

/** A flow that is being served. */
export class FlowServer {
  readonly boots: Boots;
  readonly #options: FlowServerOptions;
  readonly #metrics = new Metrics();
  readonly #net = new SafetyNet((mishap) => this.#tell({ event: "mishap", ...mishap }));
  readonly #drops = new Map<string, number>();
  #generations: Generations | undefined;
  #builds = 0;
  #tftp: TftpServer | undefined;
  #http: HttpServer | undefined;
  #pages: MetricsServer | undefined;
  #dhcp: Answering | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FlowServerOptions) {
    this.#options = options;
    this.boots = new Boots(this.#lookup());
  }

  /** The number of the newest good build; undefined without a flow. */
  get build(): number | undefined {
    return this.#generations?.newest.generation;
  }

  /**
   * Builds the flow as it is now; boots that begin from now on get that, unless it has errors.
   * Returns what to watch.
   */
  rebuild(): Taken["asked"] | undefined {
    const { flow, build = {}, tell, found } = this.#options;
    if (flow === undefined) return undefined;
    const began = performance.now();
    try {
      const before = this.#generations?.newest;
      const generation = this.#builds + 1;
      const taken = takeSnapshot(flow, build, { generation, before, late: found });
      found(taken);
      const { snapshot } = taken;
      if (snapshot) {
        this.#builds = generation;
        if (this.#generations) this.#generations.replace(snapshot);
        else this.#generations = new Generations(snapshot);
        this.#follow(snapshot);
        const ms = performance.now() - began;
        this.#tell({ event: "built", build: generation, files: snapshot.names.length, ms });
      } else {
        const errors = taken.diagnostics.filter((each) => hasErrors([each])).length;
        if (before) this.#tell({ event: "broken", errors, build: before.generation });
      }
      return taken.asked;
    } catch (problem) {
      // An input that is being written: the change that completes it comes still.
      if (problem instanceof ReadError) tell({ event: "trouble", message: problem.message });
      else if (this.#generations) this.#net.caught("build", problem);
      else throw problem;
      return undefined;
    }
  }

  /**
   * Starts to serve what was built.
   * @throws StartError when a port or the folder cannot be had.
   */
  async listen(): Promise<void> {
    const { tftp = {}, http, metrics, dhcp, names = [] } = this.#options;
    const source = this.#source();
    const { port = 69, addresses, clients = "on-link" } = tftp;
    try {
      const report = (event: TftpEvent) => this.#take(event, "tftp");
      const isKnown = (address: string) => this.#isKnown(address);
      const options = { ...tftp, report, isKnown };
      this.#tftp = await asked("tftp", port, TftpServer.start(source, options));
      if (http !== undefined) {
        const { HttpServer } = await import("./http.js");
        const report = (event: HttpEvent) => this.#take(event, "http");
        const who = { addresses, clients, names, isKnown };
        const options = { ...http, ...who, report, net: this.#net };
        this.#http = await asked("http", http.port, HttpServer.start(source, options));
      }
      if (dhcp) {
        const network = this.#generations?.newest.network;
        if (!network) throw new StartError(NO_NETWORK);
        const started = answering(network.dhcp, dhcp, (news) => this.#heardDhcp(news));
        this.#dhcp = await asked("dhcp", ports.server, started);
      }
      if (metrics) {
        const { MetricsServer } = await import("./metrics-server.js");
        const page = () => this.#page();
        const started = MetricsServer.start(metrics, page, this.#net, names);
        this.#pages = await asked("metrics", metrics.port, started);
      }
    } catch (problem) {
      await this.close();
      throw problem;
    }
    this.#tell({ event: "listening", on: this.places.join(", ") });
    const tick = () => {
      for (const happening of this.boots.tick()) this.#tell(happening);
    };
    this.#timer = setInterval(this.#net.under("look for silent boards", tick), TICK_MS);
  }

  /** Where it listens: `tftp 192.168.0.250:69`. */
  get places(): readonly string[] {
    const all = [
      ...(this.#tftp?.addresses ?? []).map((each) => ({ protocol: "tftp", ...each })),
      ...(this.#http?.addresses ?? []).map((each) => ({ protocol: "http", ...each })),
      ...(this.#dhcp?.address === undefined
        ? []
        : [{ protocol: "dhcp", address: this.#dhcp.address, port: ports.server }]),
      ...(this.#pages ? [{ protocol: "metrics", ...this.#pages.address }] : []),
    ];
    return all.map(({ protocol, address, port }) => {
      return `${protocol} ${address.includes(":") ? `[${address}]` : address}:${port}`;
    });
  }

  /** Waits until no transfer is under way, at most `ms`; requests are answered meanwhile. */
  async drain(ms: number): Promise<void> {
    this.#tell({ event: "stopping", transfers: this.boots.transfers });
    const end = performance.now() + ms;
    while (this.boots.transfers > 0 && performance.now() < end) {
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** Ends all transfers and frees the ports. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#http?.close();
    this.#pages?.close();
    await Promise.all([this.#tftp?.close(), this.#dhcp?.close()]);
  }

  #source(): Source {
    const { root } = this.#options;
    const flow = this.#generations ? [this.#generations] : [];
    const trouble = (message: string) => this.#tell({ event: "trouble", message });
    try {
      const folder = root === undefined ? [] : [tellingOfKeys(buildFolder(root), trouble)];
      return firstOf(...flow, ...folder);
    } catch (problem) {
      throw new StartError([`${root}: ${failureOf(problem)}`]);
    }
  }

  /** The flow was built again: DHCP is answered by what it says now. */
  #follow({ network }: Snapshot): void {
    if (!this.#dhcp) return;
    const trouble = (message: string) => this.#tell({ event: "trouble", message });
    if (!network) trouble("the flow has no `network` any more: DHCP is answered as before");
    else this.#dhcp.replace(network.dhcp).catch(({ message }: Error) => trouble(message));
  }

  #heardDhcp(news: DhcpNews): void {
    this.#metrics.takeDhcp(news);
    // What is there from the beginning is said with everything else.
    if (news.type === "listening" && !this.#timer) return;
    const clientWith = (mac: string) => this.#generations?.newest.clientWith(mac);
    const isNews = (what: string) => this.#isNews(what);
    const watch = { boots: this.boots, clientWith, isNews };
    for (const happening of happeningsOf(news, watch)) this.#tell(happening);
  }

  #take(event: TftpEvent | HttpEvent, via: "tftp" | "http"): void {
    this.#metrics.take(event, via);
    switch (event.type) {
      case "dropped":
        this.#dropped(event.client.address, event.why);
        break;
      case "trouble":
        this.#tell({ event: "trouble", message: event.message });
        break;
      case "mishap": {
        const { type: _, ...mishap } = event;
        this.#tell({ event: "mishap", ...mishap });
        break;
      }
      case "reduced": {
        const { blksize, windowsize } = event;
        const board = this.boots.name(event.client.address);
        this.#tell({ event: "reduced", board, blksize, windowsize });
        break;
      }
      default:
        for (const happening of this.boots.take(event, via)) this.#tell(happening);
    }
  }

  /** Whether a board is one of the flow: its address is in it, or our DHCP gave it to it. */
  #isKnown(address: string): boolean {
    const newest = this.#generations?.newest;
    if (newest?.clientAt(address) !== undefined) return true;
    const leases = this.#dhcp?.leases?.view();
    const [, mac] = leases?.at(address)?.client.hardware.split("/") ?? [];
    return mac !== undefined && newest?.clientWith(mac) !== undefined;
  }

  /**
   * Takes what was caught outside, in `place`: for the process's last net. It is one more fault of the
   * server, and no reason to leave all boards alone.
   */
  caught(problem: unknown, place = "somewhere"): void {
    this.#net.caught(place, problem);
  }

  /** Once a minute and address: whoever is not answered asks again and again. */
  #dropped(address: string, why: string): void {
    // What is left of a transfer that has ended is no news.
    if (why === "no such transfer") return;
    if (this.#isNews(`${address} ${why}`)) this.#tell({ event: "dropped", address, why });
  }

  /** Whether `what` was not said in the last minute. */
  #isNews(what: string): boolean {
    const now = performance.now();
    if (now - (this.#drops.get(what) ?? -DROPS_MS) < DROPS_MS) return false;
    if (this.#drops.size >= MOST_NEWS) {
      // Whoever invents addresses is to fill neither memory nor the disk that a log is on.
      const old = [...this.#drops].filter(([, at]) => now - at >= DROPS_MS);
      for (const [one] of old) this.#drops.delete(one);
      if (old.length === 0) return false;
    }
    this.#drops.set(what, now);
    return true;
  }

  #tell(happening: Happening): void {
    this.#metrics.note(happening);
    // Counted each time, said once a minute: what one datagram did, a thousand can do in a second.
    const isSaid =
      happening.event !== "mishap" || this.#isNews(`${happening.place} ${happening.message}`);
    if (isSaid) this.#options.tell(happening);
  }

  #page(): string {
    const generations = this.#generations;
    const leases = this.#dhcp?.leases?.taken;
    return this.#metrics.text({
      transfers: this.boots.transfers,
      boards: this.boots.all.length,
      memory: process.memoryUsage.rss(),
      ...(leases && { leases }),
      ...(generations && { build: generations.newest.generation, builds: generations.count }),
    });
  }

  #lookup(): Lookup {
    const newest = () => this.#generations?.newest;
    return {
      find: (name, address) => this.#generations?.of(address).find(name),
      nearest: (name) => newest()?.nearest(name),
      identity: (client) => newest()?.identity(client) ?? {},
      clientAt: (address) => newest()?.clientAt(address),
      clientWith: (mac) => newest()?.clientWith(mac),
      build: (address) => this.#generations?.of(address).generation,
    };
  }
}
