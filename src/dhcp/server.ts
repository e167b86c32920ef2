// A DHCP server on sockets: hears broadcasts, asks answer.ts, sends what that says. Leaves out every
// decision. RFC 2131 section 4.1.
//
// Nothing tells Node which interface a broadcast came in by (it has no IP_PKTINFO), so all sockets are
// tied to the one that our address in the subnet is on (device.ts). Node cannot send to an Ethernet
// address without ARP either: such answers are broadcast.
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { SafetyNet } from "../ground/index.js";
import { answer } from "./answer.js";
import { clientOf } from "./client.js";
import { othersThan, type Place, placeIn, tieTo } from "./device.js";
import type { DhcpEvent } from "./events.js";
import { NONE, subnetOf } from "./ipv4.js";
import { Leases } from "./leases.js";
import { type DhcpNetwork, problemsOf } from "./network.js";
import { optionIn, options } from "./options.js";
import { type DhcpMessage, decode, encode, messages } from "./packet.js";
import { type Answer, type Decision, ports as standard } from "./reply.js";

/** How to serve; everything has a safe default. */
export interface DhcpServerOptions {
  /** What is known of leases, from a former run; the server changes it. */
  readonly leases?: Leases;
  /**
   * Keeps what is known of leases where it outlives the process. What an answer says of a lease is
   * kept before it leaves (RFC 2131 section 3.1, item 4); where that fails, nothing is answered.
   */
  readonly keep?: () => Promise<void>;
  /** Other ports than those of the RFCs, for tests. */
  readonly ports?: Partial<typeof standard>;
  /** Called with everything that happens. */
  readonly report?: (event: DhcpEvent) => void;
}

/** How often an address is looked for: a cable that is plugged in brings one. In ms. */
const LOOK_MS = 2000;

/** How long new sockets are not listened to, in ms: they may hold what came in by another link. */
const DEAF_MS = 50;

/** How many answers wait for their leases to be kept; who is beyond that asks again. */
const MOST_WAITING = 1024;

const BROADCAST = "255.255.255.255";

/** A running server. */
export class DhcpServer {
  readonly #leases: Leases;
  readonly #ports: Record<keyof typeof standard, number>;
  readonly #report: (event: DhcpEvent) => void;
  readonly #keep: (() => Promise<void>) | undefined;
  #waiting = 0;
  readonly #net: SafetyNet;
  #network: DhcpNetwork;
  /** Where we listen. */
  #place: Place | undefined;
  #sockets: Socket[] = [];
  /** The one that is bound to our address and the server's port: all answers leave from it. */
  #voice: Socket | undefined;
  #looking: NodeJS.Timeout | undefined;
  /** What was said of sockets that could not be had: said once. */
  readonly #said = new Set<string>();
  #closed = false;

  private constructor(network: DhcpNetwork, { leases, keep, ports, report }: DhcpServerOptions) {
    this.#network = network;
    this.#leases = leases ?? new Leases();
    this.#keep = keep;
    this.#ports = { ...standard, ...ports };
    const told = report ?? (() => {});
    this.#net = new SafetyNet((mishap) => told({ type: "mishap", ...mishap }));
    this.#report = this.#net.under("dhcp report", told);
  }

  /**
   * Starts a server. While no address of this machine is in the subnet it waits for one.
   * @throws when the configuration makes no sense, or a port cannot be had.
   */
  static async start(network: DhcpNetwork, options: DhcpServerOptions = {}): Promise<DhcpServer> {
    const [problem] = problemsOf(network);
    if (problem !== undefined) throw new Error(problem);
    const server = new DhcpServer(network, options);
    await server.#begin();
    return server;
  }

  /** Our address in the subnet; undefined while there is none. */
  get address(): string | undefined {
    return this.#place?.address;
  }

  /** What is known of leases, for keeping it. */
  get leases(): Leases {
    return this.#leases;
  }

  /**
   * Answers by another configuration from now on.
   * @throws as `start` does; then nothing has changed, unless a port of another subnet is taken.
   */
  async replace(network: DhcpNetwork): Promise<void> {
    const [problem] = problemsOf(network);
    if (problem !== undefined) throw new Error(problem);
    const before = this.#network;
    this.#network = network;
    const subnet = subnetOf(network.subnet);
    this.#leases.retain((address) => subnet?.holds(address) === true);
    const isSame = (["subnet", "interface", "kind"] as const).every(
      (key) => before[key] === network[key],
    );
    if (isSame) return;
    await this.#end();
    await this.#begin();
  }

  /** Frees the ports. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #begin(): Promise<void> {
    const place = placeIn(this.#network);
    if (place) await this.#listen(place);
    else this.#report({ type: "waiting", subnet: this.#network.subnet });
    let busy = false;
    const look = async () => {
      if (busy) return;
      busy = true;
      await this.#look().finally(() => {
        busy = false;
      });
    };
    this.#looking = setInterval(this.#net.under("dhcp look for an address", look), LOOK_MS);
  }

  /** Listens where our address is now. Who was unplugged may come back. */
  async #look(): Promise<void> {
    const place = placeIn(this.#network);
    const isSame = (["address", "device", "index"] as const).every(
      (key) => place?.[key] === this.#place?.[key],
    );
    if (!place || isSame) return;
    await this.#shut();
    try {
      await this.#listen(place);
    } catch (problem) {
      this.#trouble(problem instanceof Error ? problem.message : String(problem));
    }
  }

  async #listen(place: Place): Promise<void> {
    const { address, device } = place;
    const { server, pxe } = this.#ports;
    const { kind, subnet } = this.#network;
    try {
      this.#voice = await this.#open(address, server);
      await this.#open(EVERYWHERE, server);
      if (kind === "proxy") await this.#open(address, pxe);
      if (othersThan(device).length > 0) await this.#tie(place);
    } catch (problem) {
      await this.#shut();
      throw problem;
    }
    this.#place = place;
    this.#report({ type: "listening", address, subnet });
  }

  /** Has the sockets hear the device of `place` only; says so where that cannot be done. */
  async #tie({ address, device }: Place): Promise<void> {
    const { server, pxe } = this.#ports;
    try {
      tieTo(device, EVERYWHERE, server);
      tieTo(device, address, server);
      if (this.#network.kind === "proxy") tieTo(device, address, pxe);
      // What came in before is heard now, when it is of no use yet.
      await new Promise((done) => setTimeout(done, DEAF_MS));
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      this.#trouble(`DHCP hears all links of this machine, not only ${device}: ${why}`);
    }
  }

  #trouble(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#report({ type: "trouble", message });
  }

  async #end(): Promise<void> {
    clearInterval(this.#looking);
    await this.#shut();
  }

  async #shut(): Promise<void> {
    this.#place = undefined;
    this.#voice = undefined;
    const open = this.#sockets.splice(0);
    await Promise.all(open.map((socket) => new Promise<void>((done) => socket.close(done))));
  }

  /** Opens a socket that hears what comes to `address` and `port`. */
  #open(address: string, port: number): Promise<Socket> {
    const socket = createSocket({
      type: "udp4",
      reuseAddr: EVERYWHERE !== BROADCAST,
      // Numeric addresses only: a send waits for no resolver.
      lookup: (name, _options, done) => done(null, name, 4),
    });
    return new Promise((done, failed) => {
      socket.once("error", (problem) => {
        socket.close();
        failed(problem);
      });
      socket.bind({ address, port }, () => {
        socket.removeAllListeners("error");
        socket.on("error", ({ message }) => this.#report({ type: "trouble", message }));
        // Elsewhere than on Linux the socket for broadcasts may hear both.
        const direct = address !== EVERYWHERE;
        const heard = (datagram: Uint8Array, from: RemoteInfo) =>
          this.#receive(datagram, from, port, direct);
        socket.on("message", this.#net.under("dhcp datagram", heard));
        socket.setBroadcast(true);
        this.#sockets.push(socket);
        done(socket);
      });
    });
  }

  #receive(datagram: Uint8Array, from: RemoteInfo, port: number, direct: boolean): void {
    const local = this.#place?.address;
    if (this.#closed || local === undefined) return;
    // RFC 768: nobody can be answered who does not say where.
    if (from.port === 0) {
      this.#report({ type: "malformed", from: from.address, problem: "it came from no port" });
      return;
    }
    const message = decode(datagram);
    if ("problem" in message) {
      this.#report({ type: "malformed", from: from.address, problem: message.problem });
      return;
    }
    const role = port === this.#ports.pxe ? standard.pxe : standard.server;
    const received = { message, from, port: role, local, direct };
    const decision = answer(this.#network, this.#leases.view(), received);
    this.#leases.apply(decision.changes);
    if (this.#keep && decision.changes.length > 0)
      void this.#sendKept(message, decision, this.#keep);
    else this.#finish(message, decision);
  }

  /** Answers when the lease is kept. */
  async #sendKept(message: DhcpMessage, decision: Decision, keep: () => Promise<void>) {
    if (this.#waiting >= MOST_WAITING) {
      this.#told(message, { changes: [], silence: "too many wait for their leases to be written" });
      return;
    }
    this.#waiting++;
    try {
      await keep();
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      this.#told(message, { changes: [], silence: `its lease cannot be kept: ${why}` });
      return;
    } finally {
      this.#waiting--;
    }
    if (!this.#closed) this.#finish(message, decision);
  }

  #finish(message: DhcpMessage, decision: Decision): void {
    if (decision.answer) this.#send(decision.answer);
    this.#told(message, decision);
  }

  #send({ message, to, longest }: Answer): void {
    const { bytes } = encode(message, longest);
    const address = to.by === "unicast" ? to.address : BROADCAST;
    this.#voice?.send(bytes, this.#portOf(to.port), address, (problem) => {
      if (problem) this.#report({ type: "trouble", message: problem.message });
    });
  }

  /** The port in use that `port` of the RFCs stands for. */
  #portOf(port: number): number {
    if (port === standard.client) return this.#ports.client;
    return port === standard.server ? this.#ports.server : port;
  }

  #told(message: DhcpMessage, { answer: given, silence = "", refusal }: Decision): void {
    const client = clientOf(message);
    const asked = messageName(message);
    if (!given) {
      this.#report({ type: "silent", client, asked, why: silence });
      return;
    }
    const { yiaddr, ciaddr, file, options: sent } = given.message;
    const address = [yiaddr, ciaddr].find((each) => each !== NONE);
    const first = file === "" ? optionIn(sent, options.bootFile) : file;
    this.#report({
      type: "answered",
      client,
      asked,
      said: messageName(given.message),
      ...(address !== undefined && { address }),
      ...(first !== undefined && { file: first }),
      ...(refusal !== undefined && { why: refusal }),
    });
  }
}

/**
 * What a socket for broadcasts is bound to. Linux lets it hear nothing but those; elsewhere it has
 * to share the port with the socket of our address.
 */
const EVERYWHERE = process.platform === "linux" ? BROADCAST : NONE;

/** The type of a message in words. */
export function messageName(message: DhcpMessage): string {
  const type = optionIn(message.options, options.messageType);
  const [name] = Object.entries(messages).find(([, number]) => number === type) ?? [];
  return name?.toUpperCase() ?? "BOOTP";
}
