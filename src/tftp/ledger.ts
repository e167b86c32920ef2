// The transfers a server has under way, by number, by client port and by address, and who has to
// go when there is no room. Leaves out what a transfer does. No document governs this.
import type { Caps } from "./admission.js";
import type { Endpoint } from "./events.js";
import type { Order } from "./host.js";
import type { OpenFile } from "./source.js";

/** A transfer as the server sees it. */
export interface Active {
  readonly order: Order;
  /** The client's port and ours that it asked: one transfer at a time for each pair. */
  readonly key: string;
  readonly client: Endpoint;
  /** Whether the client is one that is expected. */
  readonly isKnown: boolean;
  readonly name: string;
  readonly file: OpenFile;
  /** The request as it came. */
  readonly request: Uint8Array;
  /** In ms of the monotonic clock. */
  readonly startedAt: number;
  /** Whether a valid ACK came. */
  begun: boolean;
  repeats: number;
  /** Bytes acknowledged so far. */
  done: number;
  /** Repeats since the client last went on. */
  stuck: number;
}

/**
 * Whether a client seems to have given a transfer up: it has not gone on for two repeats in a row.
 * One is no more than a lost packet.
 */
export const standsStill = ({ begun, stuck }: Active): boolean => begun && stuck >= 2;

/** How long a transfer may take to show how fast it is, and how often that is looked at, in ms. */
const TRIAL_MS = 2000;
const LOOK_MS = 250;

/**
 * The part of all transfers that is kept free for clients that are known: strangers cannot lock
 * those out.
 */
const RESERVED = 1 / 8;

/** All transfers under way. */
export class Ledger {
  readonly #byNumber = new Map<number, Active>();
  readonly #byKey = new Map<string, Active>();
  readonly #byAddress = new Map<string, Set<Active>>();
  /** Those whose client has not answered, oldest first. */
  readonly #unanswered = new Set<Active>();
  /** Those that have to go; they hold a socket until their host says that they have ended. */
  readonly #leaving = new Map<number, Active>();
  /** Begun ones that are on trial no more, the one with the least progress a second first. */
  #slowest: Active[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  readonly #caps: Caps;

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  /** The transfer of this number, also one that has to go. */
  get(transfer: number): Active | undefined {
    return this.#byNumber.get(transfer) ?? this.#leaving.get(transfer);
  }

  find(key: string): Active | undefined {
    return this.#byKey.get(key);
  }

  add(active: Active): void {
    const { address } = active.client;
    const same = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, same.add(active));
    this.#byNumber.set(active.order.transfer, active);
    this.#byKey.set(active.key, active);
    this.#unanswered.add(active);
  }

  /** The client of `active` is who it says. */
  begun(active: Active): void {
    active.begun = true;
    this.#unanswered.delete(active);
  }

  /** The transfer has ended. */
  remove(active: Active): void {
    this.#strike(active);
    this.#leaving.delete(active.order.transfer);
  }

  /** The transfer has to end, and its place is free from now on, whenever its host gets to it. */
  leave(active: Active): void {
    this.#strike(active);
    this.#leaving.set(active.order.transfer, active);
  }

  #strike(active: Active): void {
    const { address } = active.client;
    const same = this.#byAddress.get(address);
    same?.delete(active);
    if (same?.size === 0) this.#byAddress.delete(address);
    this.#byNumber.delete(active.order.transfer);
    if (this.#byKey.get(active.key) === active) this.#byKey.delete(active.key);
    this.#unanswered.delete(active);
  }

  /**
   * Transfers of `name` to `address` that were given up, when all that are under way to it were: a
   * board has one at a time, and what stands still beside others is a matter of luck.
   */
  givenUp(address: string, name: string): Active[] {
    const begun = [...(this.#byAddress.get(address) ?? [])].filter((one) => one.begun);
    return begun.every(standsStill) ? begun.filter((one) => one.name === name) : [];
  }

  /**
   * Whether one more transfer to `address` fits at `now` (ms): `yes`, `no`, or the transfer that has
   * to end for it: one whose client is silent, or else the one with the least progress.
   */
  room(address: string, isKnown: boolean, now: number): "yes" | "no" | Active {
    const { transfers, transfersPerAddress } = this.#caps;
    const same = this.#byAddress.get(address);
    if (same && same.size >= transfersPerAddress) {
      return [...same].find(({ begun, stuck }) => !begun || stuck > 0) ?? "no";
    }
    // What has to go still holds its socket: no more than as many again.
    if (this.#leaving.size >= transfers) return "no";
    const most = isKnown ? transfers : Math.max(1, Math.floor(transfers * (1 - RESERVED)));
    if (this.#byNumber.size < most) return "yes";
    // A stranger pushes out strangers only.
    const mayGo = (one: Active) => isKnown || !one.isKnown;
    return first(this.#unanswered, mayGo) ?? this.#slow(now, mayGo) ?? "no";
  }

  #slow(now: number, mayGo: (active: Active) => boolean): Active | undefined {
    if (now - this.#lookedAt >= LOOK_MS) {
      const pace = ({ done, startedAt }: Active) => done / (now - startedAt);
      this.#lookedAt = now;
      this.#slowest = [...this.#byNumber.values()]
        .filter(({ begun, startedAt }) => begun && now - startedAt >= TRIAL_MS)
        .sort((one, other) => pace(one) - pace(other));
    }
    const slow = first(
      this.#slowest,
      (one) => this.#byNumber.has(one.order.transfer) && mayGo(one),
    );
    this.#slowest = this.#slowest.filter((one) => one !== slow);
    return slow;
  }
}

function first<T>(all: Iterable<T>, fits: (one: T) => boolean): T | undefined {
  for (const one of all) if (fits(one)) return one;
  return undefined;
}
