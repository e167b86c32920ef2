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
  readonly name: string;
  readonly file: OpenFile;
  /** The request as it came. */
  readonly request: Uint8Array;
  /** In ms of the monotonic clock. */
  readonly startedAt: number;
  /** Whether a valid ACK came. */
  begun: boolean;
  repeats: number;
  /** Repeats since the client last went on. */
  stuck: number;
}

/**
 * Whether a client seems to have given a transfer up: it has not gone on for two repeats in a row.
 * One is no more than a lost packet.
 */
export const standsStill = ({ begun, stuck }: Active): boolean => begun && stuck >= 2;

/** All transfers under way. */
export class Ledger {
  readonly #byNumber = new Map<number, Active>();
  readonly #byKey = new Map<string, Active>();
  readonly #byAddress = new Map<string, Set<Active>>();
  /** Those whose client has not answered, oldest first. */
  readonly #unanswered = new Set<Active>();
  readonly #caps: Caps;

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  get(transfer: number): Active | undefined {
    return this.#byNumber.get(transfer);
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

  remove(active: Active): void {
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

  /** A new transfer may take `key`. */
  release(key: string): void {
    this.#byKey.delete(key);
  }

  /**
   * Whether one more transfer to `address` fits: `yes`, `no`, or the transfer that has to end for
   * it, one whose client is silent.
   */
  room(address: string): "yes" | "no" | Active {
    const same = this.#byAddress.get(address);
    if (same && same.size >= this.#caps.transfersPerAddress) {
      return [...same].find(({ begun, stuck }) => !begun || stuck > 0) ?? "no";
    }
    if (this.#byNumber.size < this.#caps.transfers) return "yes";
    const [oldest] = this.#unanswered;
    return oldest ?? "no";
  }
}
