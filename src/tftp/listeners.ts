// Where a server listens: a socket for each local address, of links that come up later too, or the
// sockets that another program opened for it. Leaves out what is said through them.
import type { Socket } from "node:dgram";
import { isIPv4 } from "node:net";
import type { SafetyNet } from "../ground/index.js";
import type { Endpoint } from "./events.js";
import { type LocalAddress, localAddress, localAddresses } from "./network.js";
import type { ServerOptions } from "./options.js";
import { adopted, bound, type Route } from "./sockets.js";

/** A socket that requests come to. */
export interface Listener {
  readonly socket: Socket;
  readonly local: LocalAddress;
}

/** Who is told what comes, and what goes wrong with a socket. */
export interface Ear {
  heard(listener: Listener, datagram: Uint8Array, client: Endpoint): void;
  trouble(message: string): void;
  readonly net: SafetyNet;
}

/** How often the machine is asked for new addresses: a cable that is plugged in brings one. In ms. */
const LOOK_MS = 2000;

const PORT = 69;

/** The sockets of one server. */
export class Listeners {
  readonly #port: number;
  readonly #ear: Ear;
  readonly #all: Listener[] = [];
  #looking: NodeJS.Timeout | undefined;
  /** Addresses that could not be listened on, and were told of. */
  readonly #unheard = new Set<string>();
  #closed = false;

  private constructor(port: number, ear: Ear) {
    this.#port = port;
    this.#ear = ear;
  }

  /** @throws when none of the addresses can be listened on, or one that was asked for. */
  static async open(
    { port = PORT, addresses, inherited = [] }: ServerOptions,
    ear: Ear,
  ): Promise<Listeners> {
    const listeners = new Listeners(port, ear);
    const few = inherited.length > 0 ? [] : addresses;
    const wanted = few?.map(localAddress) ?? localAddresses();
    const tried = await Promise.allSettled([
      ...inherited.map(async (one) => listeners.#add(await adopted(one))),
      ...wanted.map((local) => listeners.#listen(local)),
    ]);
    const problems = tried.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    const enough = few === undefined ? listeners.#all.length > 0 : problems.length === 0;
    if (!enough) {
      await listeners.close();
      throw problems[0] ?? new Error("no address to listen on");
    }
    const look = ear.net.under("tftp look for addresses", () => listeners.#look());
    if (!few) listeners.#looking = setInterval(look, LOOK_MS);
    for (const { message } of problems) ear.trouble(message);
    return listeners;
  }

  /** Where they listen. */
  get addresses(): Endpoint[] {
    return this.#all.map(({ socket }) => {
      const { address, port } = socket.address();
      return { address, port };
    });
  }

  /** Frees the ports. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    await Promise.all(
      this.#all.splice(0).map(({ socket }) => new Promise<void>((done) => socket.close(done))),
    );
  }

  /** Listens on addresses that came since; those that went keep their sockets, and may come back. */
  #look(): void {
    const known = new Set(this.#all.map(({ local }) => local.address));
    for (const local of localAddresses().filter(({ address }) => !known.has(address))) {
      this.#listen(local).catch(({ message }: Error) => {
        if (!this.#unheard.has(local.address)) this.#ear.trouble(message);
        this.#unheard.add(local.address);
      });
    }
  }

  async #listen(local: LocalAddress): Promise<void> {
    this.#add(await bound(local.family, local.address, this.#port), local);
  }

  #add(socket: Socket, local = localAddress(socket.address().address)): void {
    if (this.#closed) {
      socket.close();
      return;
    }
    const listener = { socket, local };
    const { net } = this.#ear;
    const failed = ({ message }: Error) => this.#ear.trouble(message);
    const heard = (datagram: Uint8Array, { address, port }: Endpoint) =>
      this.#ear.heard(listener, datagram, { address: plain(address), port });
    socket.on("error", net.under("tftp socket", failed));
    socket.on("message", net.under("tftp datagram", heard));
    this.#all.push(listener);
  }
}

/** An address of IPv4 as such, when it came through a socket for both families. */
function plain(address: string): string {
  const four = address.startsWith("::ffff:") ? address.slice(7) : "";
  return isIPv4(four) ? four : address;
}

/** How answers go to a client who asked at `local`, which may stand for addresses of both families. */
export function routeTo({ address, family }: LocalAddress, client: Endpoint): Route {
  if (family === 6 && isIPv4(client.address)) return { client, local: "0.0.0.0", family: 4 };
  return { client, local: address, family };
}
