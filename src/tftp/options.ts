// How a server serves. Leaves out what is served (source.ts), and how much at once (admission.ts).
import type { Caps } from "./admission.js";
import type { TftpEvent } from "./events.js";
import type { Inherited, PortRange } from "./sockets.js";

/** How to serve; everything has a safe default. */
export interface ServerOptions {
  /** Local addresses to listen on; all of the machine's by default, a socket for each. */
  readonly addresses?: readonly string[] | undefined;
  /** 69 by default; 0 lets the system choose. */
  readonly port?: number;
  /** Sockets that are bound already, instead of `addresses` and `port`. */
  readonly inherited?: readonly Inherited[];
  /** Ports of the transfers; any by default. */
  readonly ports?: PortRange;
  /** Everything through the port that requests come to. */
  readonly singlePort?: boolean;
  /** Who is answered: only clients that need no router, or any. */
  readonly clients?: "on-link" | "any";
  /** As many transfers as descriptors allow, at most. */
  readonly caps?: Partial<Caps>;
  /** Whether a client is one that is expected: room is kept for those. Nobody by default. */
  readonly isKnown?: (address: string) => boolean;
  /** The largest window, in blocks; U-Boot on a slow receive ring fails with 64. */
  readonly windowsize?: number;
  /** The largest block, in bytes, besides what the MTU allows. */
  readonly blksize?: number;
  /** Threads for transfers when there are many; none by default. A single port has no use for them. */
  readonly workers?: number;
  /** Called with everything that happens. */
  readonly report?: (event: TftpEvent) => void;
}
