// Who may start a transfer: how many at once, in all and per address, and how fast requests may
// come. Leaves out who is near enough (network.ts). No document governs this.

/** What one server takes on. */
export interface Caps {
  /** Transfers at once. */
  readonly transfers: number;
  /** Transfers at once to one address. */
  readonly transfersPerAddress: number;
  /** Requests per second from one address, and how many may come in one go. */
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
}

/** A Pi asks for some thirty files in a second or two, and a whole lab may boot at once. */
export const defaultCaps: Caps = {
  transfers: 4096,
  transfersPerAddress: 16,
  requestsPerSecond: 50,
  requestBurst: 200,
};

/**
 * How many descriptors are kept for everything but transfers: inputs that stay open, listeners,
 * HTTP, threads. At least a quarter of what there is.
 */
const OTHERS = 512;

/**
 * The most transfers for a process that may have `descriptors` open: each has a socket, and so has
 * one that had to go until that is closed; a file may be open for each.
 */
export function transfersWithin(descriptors: number): number {
  const free = descriptors - Math.min(OTHERS, Math.ceil(descriptors / 4));
  return Math.max(1, Math.floor(free / 3));
}

/** How many addresses have a bucket; the one longest unseen goes first. */
const BUCKETS = 4096;

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in ms. */
  at: number;
}

/** A token bucket per address. */
export class RequestRate {
  readonly #buckets = new Map<string, Bucket>();
  readonly #caps: Caps;

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  /** Whether `address` may be answered once more at `now` (ms). */
  take(address: string, now: number): boolean {
    const { requestsPerSecond, requestBurst } = this.#caps;
    const bucket = this.#buckets.get(address) ?? { tokens: requestBurst, at: now };
    const earned = ((now - bucket.at) / 1000) * requestsPerSecond;
    const tokens = Math.min(requestBurst, bucket.tokens + earned);
    const allowed = tokens >= 1;
    this.#buckets.delete(address);
    this.#buckets.set(address, { tokens: allowed ? tokens - 1 : tokens, at: now });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > BUCKETS && oldest !== undefined) this.#buckets.delete(oldest);
    return allowed;
  }
}
