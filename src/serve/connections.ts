// Who may be connected over HTTP: how many at once, in all and from one address, and who has to go
// when there is no room. Leaves out what is asked. The same rules as for TFTP (src/tftp/ledger.ts).
import type { Socket } from "node:net";

/** The most connections at once, in all and from one address. */
const MOST = 1024;
const MOST_PER_ADDRESS = 16;

/** One in so many of the descriptors that the process may open is for connections. */
const SHARE = 16;

/** The part that is kept free for clients that are known. */
const RESERVED = 1 / 8;

/** How long a connection may take to show how fast it is, in ms. */
const TRIAL_MS = 2000;

/** One connection. */
export interface Connection {
  readonly address: string;
  readonly isKnown: boolean;
  readonly socket: Pick<Socket, "bytesWritten" | "destroy">;
  /** In ms of the monotonic clock. */
  readonly since: number;
  /** Answers under way. */
  busy: number;
}

/** All connections, the oldest first. */
export class Connections {
  readonly #all = new Set<Connection>();
  readonly #most: number;

  /** @param descriptors how many this process may have open. */
  constructor(descriptors: number) {
    this.#most = Math.max(2, Math.min(MOST, Math.floor(descriptors / SHARE)));
  }

  get size(): number {
    return this.#all.size;
  }

  /**
   * Takes a connection in, for which another may be destroyed: one that asks for nothing, or else the
   * one with the least progress. Undefined when there is no room.
   */
  enter(address: string, isKnown: boolean, socket: Connection["socket"], now: number) {
    // A stranger pushes out strangers only.
    const all = [...this.#all].filter((one) => isKnown || !one.isKnown);
    const same = all.filter((one) => one.address === address);
    const most = isKnown ? this.#most : Math.max(1, Math.floor(this.#most * (1 - RESERVED)));
    if (same.length >= MOST_PER_ADDRESS) {
      if (!this.#makeRoom(same, now)) return undefined;
    } else if (this.#all.size >= most && !this.#makeRoom(all, now)) return undefined;
    const connection: Connection = { address, isKnown, socket, since: now, busy: 0 };
    this.#all.add(connection);
    return connection;
  }

  /** The connection is closed. */
  leave(connection: Connection): void {
    this.#all.delete(connection);
  }

  #makeRoom(among: readonly Connection[], now: number): boolean {
    const tried = among.filter(({ since }) => now - since >= TRIAL_MS);
    const pace = ({ socket, since }: Connection) => socket.bytesWritten / (now - since);
    const [gone] = [
      ...tried.filter(({ busy }) => busy === 0),
      ...tried.filter(({ busy }) => busy > 0).sort((one, other) => pace(one) - pace(other)),
    ];
    if (!gone) return false;
    // It leaves the books at once, whenever its socket gets to that.
    this.#all.delete(gone);
    gone.socket.destroy();
    return true;
  }
}
