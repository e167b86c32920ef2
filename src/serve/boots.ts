// Boots, not packets: what the server's events say about each board, as far as somebody watching
// wants to know. Pure: events in, a picture of all boards out. What is drawn of it is view.ts.
import type { TftpEvent } from "../tftp/index.js";
import type { Miss } from "./generations.js";
import type { Served } from "./snapshot.js";

/** A file a board is fetching, or has fetched. */
export interface Fetch {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly script: boolean;
  /** Bytes that the board has acknowledged. */
  done: number;
  /** ms of the clock: when it began, and when it ended. */
  readonly began: number;
  ended?: number;
  repeats: number;
  /** Why it ended early. */
  fault?: string;
}

/** One board, from its first request on. */
export interface Boot {
  /** IP address: what the board is known by here. */
  readonly address: string;
  /** The client's name, once it has fetched a script of its own. */
  client?: string;
  /** All it fetched since this boot began, in order. */
  readonly fetches: Fetch[];
  readonly misses: Miss[];
  readonly began: number;
  /** ms of the clock: when something was heard of it last. */
  heard: number;
}

/** What a server tells about the names that were asked for. */
export interface Lookup {
  find(name: string, address: string): Served | undefined;
  nearest(name: string): string | undefined;
  /** Names that a script for `client` fetches, in order; empty where that is not known. */
  expected(client: string): readonly string[];
}

/** Keeps the picture. `now` gives ms. */
export class Boots {
  readonly #boards = new Map<string, Boot>();
  readonly #transfers = new Map<number, { boot: Boot; fetch: Fetch }>();
  readonly #lookup: Lookup;
  readonly #now: () => number;

  /** So many boards are remembered; the one that was silent longest goes first. */
  static readonly MOST = 10_000;

  constructor(lookup: Lookup, now: () => number = () => performance.now()) {
    this.#lookup = lookup;
    this.#now = now;
  }

  /** All boards, in the order they were heard of first. */
  get all(): readonly Boot[] {
    return [...this.#boards.values()];
  }

  /** Takes an event in; returns the boot it belongs to, where it belongs to one. */
  take(event: TftpEvent): Boot | undefined {
    switch (event.type) {
      case "request":
        return this.#request(event);
      case "progress":
      case "repeated":
      case "ended":
        return this.#transfer(event);
      case "refused":
        return this.#refused(event);
      default:
        return undefined;
    }
  }

  #request({ client, name, size, transfer }: TftpEvent & { type: "request" }): Boot {
    const served = this.#lookup.find(name, client.address);
    const begins = served?.client !== undefined;
    const boot = this.#board(client.address, begins);
    if (served?.client !== undefined) boot.client = served.client;
    const now = this.#now();
    const script = served?.script ?? false;
    const fetch: Fetch = { name, size, script, done: 0, began: now, repeats: 0 };
    boot.fetches.push(fetch);
    boot.heard = now;
    this.#transfers.set(transfer, { boot, fetch });
    return boot;
  }

  #transfer(event: TftpEvent & { type: "progress" | "repeated" | "ended" }): Boot | undefined {
    const known = this.#transfers.get(event.transfer);
    if (!known) return undefined;
    const { boot, fetch } = known;
    boot.heard = this.#now();
    if (event.type === "progress") fetch.done = event.bytes;
    else if (event.type === "repeated") fetch.repeats += 1;
    else {
      fetch.ended = boot.heard;
      fetch.repeats = event.repeats;
      const { outcome } = event;
      if (outcome.how === "done") fetch.done = fetch.size;
      // A probe for the size, or the same request again, says nothing about the boot.
      else if (outcome.how === "probed" || outcome.why === "replaced") drop(boot, fetch);
      else fetch.fault = outcome.message;
      this.#transfers.delete(event.transfer);
    }
    return boot;
  }

  #refused({ client, name }: TftpEvent & { type: "refused" }): Boot {
    const boot = this.#board(client.address, false);
    const nearest = this.#lookup.nearest(name);
    boot.misses.push({
      address: client.address,
      name,
      ...(nearest === undefined ? {} : { nearest }),
    });
    boot.heard = this.#now();
    return boot;
  }

  #board(address: string, begins: boolean): Boot {
    const before = this.#boards.get(address);
    if (before && !(begins && before.fetches.length > 0)) return before;
    const now = this.#now();
    const boot: Boot = { address, fetches: [], misses: [], began: now, heard: now };
    // A miss just before the script is most likely of the same boot.
    this.#boards.delete(address);
    this.#boards.set(address, boot);
    if (this.#boards.size > Boots.MOST) {
      const [oldest] = [...this.#boards.values()].sort((a, b) => a.heard - b.heard);
      if (oldest) this.#boards.delete(oldest.address);
    }
    return boot;
  }

  /** What most likely became of a board that has been silent; undefined while all may be well. */
  verdict(boot: Boot): string | undefined {
    return verdictOf(boot, boot.client === undefined ? [] : this.#lookup.expected(boot.client));
  }
}

function drop(boot: Boot, fetch: Fetch): void {
  const index = boot.fetches.indexOf(fetch);
  if (index >= 0) boot.fetches.splice(index, 1);
}

/** The sentence for somebody who has to find out why a board did not come up. */
function verdictOf({ fetches, misses }: Boot, expected: readonly string[]): string | undefined {
  const last = fetches.at(-1);
  const miss = misses.at(-1);
  if (last?.fault) {
    const share = last.size > 0 ? Math.floor((100 * last.done) / last.size) : 0;
    return `stopped at ${share} % of ${last.name}: ${last.fault}`;
  }
  const fetched = new Set(fetches.map(({ name }) => name));
  const missing = expected.filter((name) => !fetched.has(name));
  if (miss && !fetched.has(miss.name)) {
    const hint = miss.nearest ? `; there is ${miss.nearest}` : "";
    return `asked for ${miss.name}, which is not here${hint}`;
  }
  if (missing.length > 0 && fetches.length > 0) {
    const got = fetches.map(({ name }) => name).join(" and ");
    return `fetched ${got}, not ${missing.join(" or ")}: power lost, memory overlap or time-out`;
  }
  return undefined;
}
