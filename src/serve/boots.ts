// Boots, not packets: what the servers' events say about each board, as far as somebody watching
// wants to know. Pure: events in, happenings and a picture of all boards out. What is drawn of it
// is view.ts; why a board did not come up is verdict.ts.
import { withoutSlash } from "../tftp/index.js";
import {
  amountOf,
  type Boot,
  type Fetch,
  isFirst,
  isWhole,
  MOST_FETCHES,
  MOST_MISSES,
} from "./boot.js";
import { expectedMiss } from "./firmware-requests.js";
import type { BoardHappening, BoardName, DhcpExchange, Protocol } from "./happenings.js";
import type { Lookup, TransferEvent } from "./transfers.js";
import { isComplete, verdictOf } from "./verdict.js";

/** So long without a request means that a board is not on its way any more, in ms. */
const SILENT = 10_000;

/** How many boards are remembered; what was silent longest goes first. */
const MOST_BOARDS = 4096;

interface Running {
  readonly boot: Boot;
  readonly fetch: Fetch;
}

/** Keeps the picture. */
export class Boots {
  /** In the order they were heard of last. */
  readonly #boards = new Map<string, Boot>();
  readonly #running = new Map<string, Running>();
  readonly #lookup: Lookup;
  readonly #now: () => number;

  /** `now` gives ms of a clock that never goes back. */
  constructor(lookup: Lookup, now: () => number = () => performance.now()) {
    this.#lookup = lookup;
    this.#now = now;
  }

  /** The boards that were heard of, the latest first. */
  get all(): readonly Boot[] {
    return [...this.#boards.values()].reverse();
  }

  /** How many transfers are under way. */
  get transfers(): number {
    return this.#running.size;
  }

  /** By what the board at `address` is known. */
  name(address: string): BoardName {
    return this.#boards.get(address)?.board ?? this.#named(address, undefined);
  }

  /** Takes an event in; returns what it means. */
  take(event: TransferEvent, via: Protocol): readonly BoardHappening[] {
    switch (event.type) {
      case "request":
        return this.#request(event, via);
      case "refused":
        return this.#refused(event);
      default:
        return this.#transfer(event, via);
    }
  }

  /** Notes that DHCP gave or offered `address`; returns what it means. */
  leased(address: string, mac: string, exchange: DhcpExchange): readonly BoardHappening[] {
    const client = this.#lookup.clientWith(mac);
    const boot = this.#boards.get(address) ?? this.#begin(address, client, undefined);
    boot.board = { mac, ...this.#named(address, client) };
    if (exchange.said !== undefined) boot.lease = exchange.said;
    this.#heard(boot);
    return [{ event: "lease", board: boot.board, ...exchange }];
  }

  /** Looks for boards that went silent on their way. */
  tick(): readonly BoardHappening[] {
    const late = this.#now() - SILENT;
    return [...this.#boards.values()]
      .filter(({ heard, judged }) => !judged && heard < late)
      .flatMap((boot) => this.#silent(boot));
  }

  #request(
    { client, name: asked, size, transfer }: Extract<TransferEvent, { type: "request" }>,
    via: Protocol,
  ): readonly BoardHappening[] {
    const { address } = client;
    const name = withoutSlash(asked);
    const served = this.#lookup.find(name, address);
    const before = this.#boards.get(address);
    // So far only DHCP has heard of it, or it looked for what it does without.
    const isNew = before?.begun === false && before.misses.length === 0;
    // A board's firmware asks for its first files more than once.
    const renews = served?.begins === true && (served.kind === "script" || before?.judged === true);
    const begins = !before || isNew || (renews && before.fetches.length > 0);
    const earlier = begins && before ? this.#abandoned(before) : [];
    const boot = begins ? this.#begin(address, served?.client, before) : before;
    boot.begun = true;
    if (served?.client !== undefined) boot.board = this.#named(address, served.client);
    this.#heard(boot);
    boot.judged &&= isComplete(boot);
    const now = boot.heard;
    const { kind = "file", ways = [] } = served ?? {};
    const fetch: Fetch = {
      name,
      kind,
      ways,
      via,
      size,
      done: 0,
      began: now,
      moved: now,
      repeats: 0,
    };
    boot.fetches.push(fetch);
    if (boot.fetches.length > MOST_FETCHES) boot.fetches.shift();
    this.#running.set(`${via} ${transfer}`, { boot, fetch });
    if (!begins) return earlier;
    const { board, build } = boot;
    return [
      ...earlier,
      { event: "boot", board, file: name, ...(build !== undefined && { build }) },
    ];
  }

  #transfer(
    event: Exclude<TransferEvent, { type: "request" | "refused" }>,
    via: Protocol,
  ): readonly BoardHappening[] {
    const key = `${via} ${event.transfer}`;
    const running = this.#running.get(key);
    if (!running) return [];
    const { boot, fetch } = running;
    if (event.type === "repeated") fetch.repeats++;
    else if (event.type === "progress") {
      fetch.done = event.bytes;
      fetch.moved = this.#now();
      boot.heard = fetch.moved;
    } else {
      this.#running.delete(key);
      return this.#ended(boot, fetch, event);
    }
    return [];
  }

  #ended(
    boot: Boot,
    fetch: Fetch,
    { outcome, bytes, repeats }: Extract<TransferEvent, { type: "ended" }>,
  ): readonly BoardHappening[] {
    const { board } = boot;
    const { name: file, size, kind, via } = fetch;
    this.#heard(boot);
    fetch.ended = boot.heard;
    fetch.repeats = repeats;
    fetch.done = outcome.how === "done" ? size : bytes;
    if (outcome.how === "done") {
      // Another script needs other files.
      if (kind === "script") boot.judged = false;
      const ms = fetch.ended - fetch.began;
      const again = boot.fetches.some(
        (each) => each !== fetch && each.name === file && isWhole(each),
      );
      return [
        { event: "fetched", board, file, kind, via, size, ms, repeats, ...(again && { again }) },
        ...this.#complete(boot),
      ];
    }
    // A question for the size, or a newer request for the same, says nothing about the boot.
    if (outcome.how === "probed" || outcome.why === "replaced") {
      boot.fetches.splice(boot.fetches.indexOf(fetch), 1);
      const isMeasured = outcome.how === "probed" && isFirst(boot, `size ${file}`);
      return isMeasured ? [{ event: "measured", board, file, size }] : [];
    }
    fetch.fault = outcome.message;
    return [{ event: "failed", board, file, done: fetch.done, size, why: outcome.message }];
  }

  #complete(boot: Boot): readonly BoardHappening[] {
    if (boot.judged || !isComplete(boot)) return [];
    boot.judged = true;
    const { board, heard, began } = boot;
    return [{ event: "complete", board, ...amountOf(boot), ms: heard - began }];
  }

  #refused({
    client,
    name,
    message,
  }: Extract<TransferEvent, { type: "refused" }>): readonly BoardHappening[] {
    const { address } = client;
    const boot = this.#boards.get(address) ?? this.#begin(address, undefined, undefined);
    const nearest = this.#lookup.nearest(withoutSlash(name));
    const hint = nearest === undefined ? {} : { nearest };
    this.#heard(boot);
    const isServed = (other: string) => this.#lookup.find(other, address) !== undefined;
    const expected = expectedMiss(withoutSlash(name), isServed);
    if (expected !== undefined) {
      if (!isFirst(boot, `without ${name}`)) return [];
      return [{ event: "passed-over", board: boot.board, file: name, why: expected }];
    }
    boot.judged &&= isComplete(boot);
    boot.misses.push({ name, why: message, at: boot.heard, ...hint });
    if (boot.misses.length > MOST_MISSES) boot.misses.shift();
    return [{ event: "refused", board: boot.board, file: name, why: message, ...hint }];
  }

  /** A board that begins again has not come up before. */
  #abandoned(boot: Boot): readonly BoardHappening[] {
    if (boot.judged) return [];
    const why = "the board began again";
    const cut = [...this.#running].filter(([, running]) => running.boot === boot);
    for (const [key, { fetch }] of cut) {
      this.#running.delete(key);
      fetch.ended = this.#now();
      fetch.fault = why;
    }
    if (cut.length === 0) return this.#silent(boot);
    return cut.map(
      ([
        ,
        {
          fetch: { name: file, done, size },
        },
      ]) => {
        return { event: "failed", board: boot.board, file, done, size, why };
      },
    );
  }

  #silent(boot: Boot): readonly BoardHappening[] {
    if (boot.fetches.some(({ ended }) => ended === undefined)) return [];
    boot.judged = true;
    const why = verdictOf(boot);
    return why === undefined ? [] : [{ event: "silent", board: boot.board, why }];
  }

  #begin(address: string, client: string | undefined, before: Boot | undefined): Boot {
    const now = this.#now();
    const mac = before?.board.mac;
    const boot: Boot = {
      board: {
        ...(mac !== undefined && { mac }),
        ...this.#named(address, client ?? before?.board.client),
      },
      ...(before?.lease !== undefined && { lease: before.lease }),
      build: this.#lookup.build(address),
      since: before?.since ?? now,
      began: now,
      heard: now,
      fetches: [],
      misses: [],
      judged: false,
      begun: false,
      said: new Set<string>(),
    };
    this.#heard(boot);
    const [oldest] = this.#boards.keys();
    if (this.#boards.size > MOST_BOARDS && oldest !== undefined) this.#boards.delete(oldest);
    return boot;
  }

  #named(address: string, client = this.#lookup.clientAt(address)): BoardName {
    if (client === undefined) return { address };
    return { client, ...this.#lookup.identity(client), address };
  }

  #heard(boot: Boot): void {
    boot.heard = this.#now();
    this.#boards.delete(boot.board.address);
    this.#boards.set(boot.board.address, boot);
  }
}
