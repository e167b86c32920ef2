// Transfers in virtual time: an event queue for a clock, a network that loses, copies and delays
// as told, and a reading client with the habits of real ones. Leaves out sockets.
import { Blocks, ChunkCache } from "../../src/tftp/blocks.js";
import {
  encodeAck,
  encodeError,
  encodeOack,
  encodeRequest,
  errors,
  parse,
} from "../../src/tftp/packet.js";
import { contentOf } from "../../src/tftp/source.js";
import { type Outcome, Transfer } from "../../src/tftp/transfer.js";

/** Events in the order of their time. */
class Clock {
  now = 0;
  readonly #events: { at: number; act: () => void }[] = [];

  after(ms: number, act: () => void): void {
    const at = this.now + ms;
    let place = this.#events.length;
    while (place > 0 && (this.#events[place - 1]?.at ?? 0) > at) place--;
    this.#events.splice(place, 0, { at, act });
  }

  /** Runs one event; false when there is none. */
  step(): boolean {
    const event = this.#events.shift();
    if (!event) return false;
    this.now = event.at;
    event.act();
    return true;
  }
}

/** Towards the client, or towards the server. */
export type Direction = "down" | "up";

/** After how many ms each copy of a packet arrives: `[]` loses it. `index` counts per direction. */
export type Fate = (direction: Direction, index: number) => readonly number[];

/** Half of an ordinary round trip, in ms. */
export const HOP = 0.25;

export const ordinary: Fate = () => [HOP];

/** How a client behaves. */
export interface Habits {
  /** When it says its last ACK again, in ms; never for lwIP. */
  readonly patience?: number;
  /** Acknowledges every block out of order and the last one again, not only a gap once. */
  readonly insistent?: boolean;
  /** Says nothing any more after this many packets received. */
  readonly vanishesAfter?: number;
  /** Sends ERROR 5 for a block it does not expect, and goes on (lwIP). */
  readonly complains?: boolean;
}

export interface Run {
  readonly size: number;
  readonly blksize?: number;
  readonly windowsize?: number;
  readonly oack?: boolean;
  readonly fate?: Fate;
  readonly habits?: Habits;
}

export interface Result {
  readonly outcome: Outcome | undefined;
  /** Whether the client has the file, every byte of it. */
  readonly identical: boolean;
  /** When the server was done, and when the client was, in ms. */
  readonly took: number;
  readonly received: number;
  /** Packets sent down and up. */
  readonly down: number;
  readonly up: number;
  /** The numbers of the DATA blocks sent (`oack` for an OACK, `error` for an ERROR), in order. */
  readonly sent: readonly (number | "oack" | "error")[];
  readonly repeats: readonly string[];
}

const bytesOf = (size: number) => {
  const bytes = new Uint8Array(size);
  for (let at = 0, state = 1; at < size; at++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    bytes[at] = state >> 16;
  }
  return bytes;
};

/** What a client has received, and what it says about it. */
class Client {
  done = false;
  identical = true;
  doneAt = Number.POSITIVE_INFINITY;
  #next = 1;
  #inWindow = 0;
  #received = 0;
  #offset = 0;
  #gapTold = false;
  #spokeAt = 0;

  constructor(
    private readonly file: Uint8Array,
    private readonly run: Required<Omit<Run, "fate" | "size">>,
    private readonly clock: Clock,
    private readonly send: (packet: Uint8Array) => void,
  ) {}

  /** Asks for the file, and says its last word again whenever it hears nothing. */
  start(): void {
    this.#say(request);
    this.#listen();
  }

  #listen(): void {
    const { patience = Number.POSITIVE_INFINITY } = this.run.habits;
    // lwIP repeats its request, but never an ACK.
    const wait = this.#received === 0 ? Math.min(patience, 1000) : patience;
    if (this.done || this.#gone || wait === Number.POSITIVE_INFINITY) return;
    const silence = this.clock.now - this.#spokeAt;
    if (silence < wait) {
      this.clock.after(wait - silence, () => this.#listen());
      return;
    }
    if (this.#received === 0) this.#say(request);
    else this.#acknowledge();
    this.clock.after(wait, () => this.#listen());
  }

  get #gone(): boolean {
    const { vanishesAfter = Number.POSITIVE_INFINITY } = this.run.habits;
    return this.#received > vanishesAfter || vanishesAfter === 0;
  }

  receive(datagram: Uint8Array): void {
    const { complains = false, insistent = false } = this.run.habits;
    this.#received++;
    if (this.done || this.#gone) return;
    const packet = parse(datagram);
    if (packet.kind === "OACK" && this.#next === 1) this.#acknowledge();
    if (packet.kind === "ERROR") this.done = true;
    if (packet.kind !== "DATA") return;
    const ahead = (packet.block - this.#next) & 0xffff;
    if (ahead === 0) this.#accept(packet.data);
    else if (ahead === 0xffff && insistent) this.#acknowledge();
    else if (complains) this.#say(complaint);
    else if (ahead < 0x8000 && (insistent || !this.#gapTold)) {
      this.#gapTold = true;
      this.#acknowledge();
    }
  }

  #accept(data: Uint8Array): void {
    const { blksize, windowsize } = this.run;
    const expected = this.file.subarray(this.#offset, this.#offset + blksize);
    if (Buffer.compare(data, expected) !== 0) this.identical = false;
    this.#offset += data.length;
    this.#next++;
    this.#gapTold = false;
    this.done = data.length < blksize;
    if (++this.#inWindow === windowsize || this.done) this.#acknowledge();
    if (this.done) this.doneAt = this.clock.now;
    if (this.done && this.#offset !== this.file.length) this.identical = false;
  }

  #acknowledge(): void {
    this.#inWindow = 0;
    this.#say(encodeAck(this.#next - 1));
  }

  #say(packet: Uint8Array): void {
    this.#spokeAt = this.clock.now;
    this.send(packet);
  }

  get complete(): boolean {
    return this.done && this.identical;
  }
}

const request = encodeRequest("RRQ", "file", "octet");
const complaint = encodeError(errors.unknownTid, "unexpected block");

/** Runs one transfer to its end. */
export function simulate(run: Run): Result {
  const { size, blksize = 512, windowsize = 1, oack = windowsize > 1 || blksize !== 512 } = run;
  const { fate = ordinary, habits = { patience: 5000 } } = run;
  const file = bytesOf(size);
  const clock = new Clock();
  const sent: (number | "oack" | "error")[] = [];
  const repeats: string[] = [];
  const counts = { down: 0, up: 0 };
  let outcome: Outcome | undefined;
  let transfer: Transfer | undefined;
  const carry = (direction: Direction, arrive: () => void) => {
    for (const ms of fate(direction, counts[direction]++)) clock.after(ms, arrive);
  };
  const client = new Client(file, { blksize, windowsize, oack, habits }, clock, (packet) =>
    carry("up", () => {
      if (packet !== request) transfer?.take(packet);
      else if (outcome?.how === "aborted" || !transfer) begin();
      else transfer.again();
    }),
  );
  const send = (packet: Uint8Array) => {
    const { kind, ...rest } = parse(packet);
    sent.push(kind === "OACK" ? "oack" : "block" in rest ? rest.block : "error");
    carry("down", () => client.receive(packet));
  };
  const blocks = new Blocks(contentOf(file), blksize, new ChunkCache(1 << 20));
  const granted = [
    { name: "blksize", value: String(blksize) },
    { name: "windowsize", value: String(windowsize) },
  ];
  const plan = {
    ...{ windowsize, timeout: undefined, asked: 60 },
    oack: oack ? encodeOack(granted) : undefined,
  };
  const begin = () => {
    outcome = undefined;
    transfer = new Transfer(
      blocks,
      plan,
      { send, now: () => clock.now },
      {
        begun: () => {},
        repeated: (block, cause) => repeats.push(`${block} ${cause}`),
        ended: (how) => {
          outcome = how;
        },
      },
    );
    transfer.start();
  };
  client.start();
  const tick = () => {
    transfer?.expire();
    if (!outcome) clock.after(100, tick);
  };
  tick();
  while (!outcome && clock.step());
  const took = clock.now;
  // What is still on its way reaches the client, which may go on asking for ever.
  while (clock.now < took + 5000 && clock.step());
  const { complete: identical, doneAt: received } = client;
  return { outcome, identical, took, received, ...counts, sent, repeats };
}

/** Random numbers from 0 to 1, the same each time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
