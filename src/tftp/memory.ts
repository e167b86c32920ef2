// What each client has shown it can take: after a transfer that died, the next negotiation offers
// less. Leaves out why it died. No document governs this; the cases are receive rings that
// overflow (U-Boot with a window of 64) and paths that lose large packets.
import { DEFAULT_BLKSIZE } from "./negotiate.js";

/** The largest terms a client is offered. */
export interface Offer {
  readonly blksize: number;
  readonly windowsize: number;
}

/** Windows first: they die more often, and cost less to give up. */
const windowSteps = [4, 1] as const;

/** What fits an Ethernet frame, then what old ROMs ask for, then RFC 1350. */
const FRAME = 1468;
const blockSteps = [FRAME, 1024, DEFAULT_BLKSIZE] as const;

/** After this long a client is believed again, in ms. */
const FORGET_MS = 3_600_000;

/** How many clients are remembered; the longest unseen is forgotten first. */
const CLIENTS = 4096;

/** Offers by client address. */
export class ClientMemory {
  readonly #clients = new Map<string, Offer & { until: number }>();
  readonly #best: Offer;

  /** @param best what a client with no history is offered. */
  constructor(best: Offer) {
    this.#best = best;
  }

  /** What `address` is offered at `now` (ms). */
  offer(address: string, now: number): Offer {
    const known = this.#clients.get(address);
    if (known && known.until > now) return known;
    this.#clients.delete(address);
    return this.#best;
  }

  /**
   * Notes that a transfer to `address` died; returns the new offer when it is a smaller one.
   * @param blocks how many blocks had been acknowledged.
   */
  died(address: string, terms: Offer, blocks: number, now: number): Offer | undefined {
    const offer = this.offer(address, now);
    const smaller = less(terms, blocks);
    if (!smaller) return undefined;
    const next = {
      blksize: Math.min(offer.blksize, smaller.blksize),
      windowsize: Math.min(offer.windowsize, smaller.windowsize),
    };
    this.#clients.delete(address);
    this.#clients.set(address, { ...next, until: now + FORGET_MS });
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > CLIENTS && oldest !== undefined) this.#clients.delete(oldest);
    const same = next.blksize === offer.blksize && next.windowsize === offer.windowsize;
    return same ? undefined : next;
  }
}

function less({ blksize, windowsize }: Offer, blocks: number): Offer | undefined {
  const window = windowSteps.find((step) => step < windowsize);
  if (window !== undefined) return { blksize, windowsize: window };
  // A block that fits a frame and once got through is not what killed the transfer: more likely
  // somebody pressed reset.
  if (blksize <= FRAME && blocks > 0) return undefined;
  const block = blockSteps.find((step) => step < blksize);
  return block === undefined ? undefined : { blksize: block, windowsize };
}
