// One read transfer: a state machine between datagrams, a clock and `send`, without sockets or
// timers of its own. Leaves out requests and negotiation. RFC 1350, 1123 section 4.2.3.1
// (no answer to a duplicate ACK), 2347 (OACK), 7440 (windows).
import type { Blocks } from "./blocks.js";
import { encodeError, errors, parse } from "./packet.js";
import { CEILING_MS, FLOOR_MS, RoundTrip } from "./round-trip.js";

/** The world as a transfer sees it. */
export interface Wire {
  /** Sends to the client. */
  send(packet: Uint8Array): void;
  /** A clock that never goes back, in ms. */
  now(): number;
}

/** How a transfer ended. */
export type Outcome =
  /** All blocks were sent; `acknowledged` is false when the last ACK never came. */
  | { readonly how: "done"; readonly acknowledged: boolean }
  /** The client only wanted to know the size. */
  | { readonly how: "probed" }
  | {
      readonly how: "aborted";
      readonly why: Abort;
      readonly message: string;
      /** The code of the client's ERROR, when that was why. */
      readonly code?: number;
    };

/**
 * `unanswered`: not one valid ACK; `vanished`: silent later; `refused`: an ERROR from the client;
 * `unreadable`: the file changed; `replaced`: a new request from the same port, or a newer one
 * when there was no room; `closed`: the server stopped; `mishap`: something threw that nobody
 * expected; `blind`: the client acknowledged what it cannot have got.
 */
export type Abort =
  | "unanswered"
  | "vanished"
  | "refused"
  | "unreadable"
  | "replaced"
  | "closed"
  | "mishap"
  | "blind"
  | "no socket";

/** What a transfer tells while it runs. */
export interface Listener {
  /** The first valid ACK came: the client is who it says. */
  begun(): void;
  /** Blocks from `block` are sent again. */
  repeated(block: number, cause: "timeout" | "gap" | "request"): void;
  ended(outcome: Outcome): void;
}

/** What a transfer runs with: negotiated terms, and the OACK that tells the client. */
export interface Plan {
  readonly windowsize: number;
  /** The client's longest wait in seconds, when it asked for one. */
  readonly timeout: number | undefined;
  /** The OACK as bytes; undefined: DATA 1 is the answer. */
  readonly oack: Uint8Array | undefined;
  /** How long the request was, in bytes. */
  readonly asked: number;
  /**
   * Whether whoever does not hear us can know where to send ACKs: the port is the one that requests
   * come to. Then the client is given a chance to show that it only guesses.
   */
  readonly guessable?: boolean;
}

/**
 * How often the first packet is sent to an address that has not answered, and how many times as much
 * as came from there: the address of a request can be forged, and then somebody else gets what we
 * send. One answer to each request has to leave. RFC 9000 section 8 has the same limit for QUIC.
 */
const FIRST_SENDS = 3;
const MOST_TIMES = 3;

/** IP and UDP headers: what the other side paid for its packet besides what is in it, in bytes. */
const HEADERS = 28;

/** The longest that the first block is held back from a client that may only guess, in ms. */
const HOLD_MS = 40;

/** How long a client may say nothing, in ms. */
const PATIENCE_MS = 60_000;

/** How long a client may say something but acknowledge nothing new, in ms. */
const STALL_MS = 120_000;

/**
 * After so many timeouts in a row only the first block is sent again: a window that overflowed the
 * client's receive ring would do the same to the board that it is after its reset.
 */
const WHOLE_REPEATS = 2;

/** A request that comes again within this time is a copy of the first one, in ms. */
const COPY_MS = FLOOR_MS / 2;

/** The block number that stands for the OACK: it is acknowledged like one, with 0. */
const OACK = 0;

/** One transfer. Feed it datagrams with `take`, and call `expire` when `deadline` has come. */
export class Transfer {
  /** When `expire` is due, in ms of the wire's clock. */
  deadline = Number.POSITIVE_INFINITY;

  readonly #blocks: Blocks;
  readonly #plan: Plan;
  readonly #wire: Wire;
  readonly #listener: Listener;
  readonly #roundTrip: RoundTrip;

  // Blocks are counted without wrap. Between `acked` and `sent` is the flight.
  #acked: number;
  #sent: number;
  #highest: number;
  #flightAt = 0;
  #flightRepeats = false;
  /** How many flights, this one included, ignore a duplicate ACK. */
  #deaf = 0;
  /** Whether the flight may repeat blocks that the client has. */
  #unsure = false;
  #sends = 0;
  /** Bytes that came from the client's address before its first ACK, and that went there. */
  #heard = 0;
  #said = 0;
  /** While the first block is held back: until when. */
  #held = 0;
  /** Timeouts since the client last went on. */
  #timeouts = 0;
  #begun = false;
  #ended = false;
  #heardAt = 0;
  #progressAt = 0;

  constructor(blocks: Blocks, plan: Plan, wire: Wire, listener: Listener) {
    this.#blocks = blocks;
    this.#plan = plan;
    this.#wire = wire;
    this.#listener = listener;
    this.#roundTrip = new RoundTrip(plan.timeout === undefined ? CEILING_MS : plan.timeout * 1000);
    this.#acked = plan.oack ? OACK - 1 : OACK;
    this.#sent = this.#highest = this.#acked;
  }

  /** Blocks acknowledged so far. */
  get acknowledged(): number {
    return Math.max(0, this.#acked);
  }

  /** Sends the OACK or DATA 1. */
  start(): void {
    this.#heardAt = this.#progressAt = this.#wire.now();
    this.#sends = 1;
    this.#heard = HEADERS + this.#plan.asked;
    this.#fly();
  }

  /** The client repeated its request: what answers it may have been lost. */
  again(): void {
    if (this.#begun || this.#ended) return;
    const now = this.#wire.now();
    this.#heardAt = now;
    // So soon it is no client's repeat but a copy that the network made.
    if (now - this.#flightAt < COPY_MS) return;
    this.#listener.repeated(this.#acked + 1, "request");
    this.#heard += HEADERS + this.#plan.asked;
    this.#fly();
  }

  /** Takes a datagram from the client's own port. Never throws. */
  take(datagram: Uint8Array): void {
    if (this.#ended) return;
    const packet = parse(datagram);
    if (packet.kind === "ACK") this.#acknowledge(packet.block);
    else if (packet.kind === "ERROR") this.#refused(packet.code, packet.message);
    // Anything else is noise: an answer could only feed a loop.
  }

  /** What to do when nothing came until `deadline`. */
  expire(): void {
    if (this.#ended) return;
    const now = this.#wire.now();
    if (now < this.deadline) return;
    if (this.#held > 0) {
      this.#held = 0;
      this.#fly();
      return;
    }
    const silent = now - this.#heardAt > PATIENCE_MS || now - this.#progressAt > STALL_MS;
    if (silent) this.#giveUp();
    else if (this.#begun || this.#mayRepeat()) this.#repeat();
    // Only listening: the ACK may have been lost, and the client will say it again.
    else this.deadline = now + FLOOR_MS;
  }

  /** Whether the first packet may leave once more though nothing came. */
  #mayRepeat(): boolean {
    const next = this.#said + this.#said / Math.max(1, this.#sends);
    return this.#sends < FIRST_SENDS && next <= this.#heard * MOST_TIMES;
  }

  #giveUp(): void {
    if (!this.#begun) this.abort("unanswered", "the client never answered");
    // Boot loaders do not dally: the last ACK is sent once, and may be lost.
    else if (this.#highest === this.#blocks.last) this.#end({ how: "done", acknowledged: false });
    else this.abort("vanished", `no progress after block ${this.acknowledged}`);
  }

  #repeat(): void {
    this.#sends++;
    this.#timeouts++;
    this.#roundTrip.backOff();
    this.#doubt();
    this.#listener.repeated(this.#acked + 1, "timeout");
    this.#fly();
  }

  /** Ends the transfer; the client is told when `code` is given. */
  abort(why: Abort, message: string, code?: number): void {
    if (this.#ended) return;
    if (code !== undefined) this.#wire.send(encodeError(code, message));
    this.#end({ how: "aborted", why, message });
  }

  #acknowledge(number: number): void {
    const now = this.#wire.now();
    this.#heardAt = now;
    const ahead = (number - this.#acked) & 0xffff;
    if (this.#held > 0) {
      // What was never sent cannot have been heard.
      if (ahead > 0) this.abort("blind", "it acknowledged what was not sent");
      return;
    }
    const flight = this.#sent - this.#acked;
    if (ahead === 0) this.#duplicate(flight);
    // Beyond all flights it is an old block, or one that was never sent.
    else if (ahead <= this.#highest - this.#acked) this.#advance(ahead, ahead >= flight, now);
  }

  #advance(ahead: number, whole: boolean, now: number): void {
    if (whole && !this.#flightRepeats) this.#roundTrip.measured(now - this.#flightAt);
    this.#progressAt = now;
    this.#timeouts = 0;
    this.#acked += ahead;
    const first = !this.#begun;
    if (first) {
      this.#begun = true;
      this.#listener.begun();
    }
    if (this.#acked === this.#blocks.last) {
      this.#end({ how: "done", acknowledged: true });
      return;
    }
    if (this.#plan.guessable && first) {
      this.#held = now + 1 + Math.random() * HOLD_MS;
      this.deadline = this.#held;
      return;
    }
    if (whole) {
      this.#unsure = false;
      if (this.#deaf > 0) this.#deaf--;
      this.#fly();
    } else if (this.#unsure) {
      // As likely a second ACK of a block that was sent twice as a gap: starting the window again
      // could go on until the end of the file. If it was a gap, the timer knows.
      this.#fly(this.#sent + 1);
    } else {
      // RFC 7440: the window starts again after the block acknowledged. What is still on its way
      // from the old one makes the client repeat this ACK.
      this.#deaf = 1;
      this.#listener.repeated(this.#acked + 1, "gap");
      this.#fly();
    }
  }

  /**
   * In lockstep a duplicate ACK is never answered (RFC 1123: the Sorcerer's Apprentice). With a
   * window it is how a client says that the first block of it was lost; it is believed once, and
   * not again until a flight has passed that no repeat can have disturbed.
   */
  #duplicate(flight: number): void {
    if (flight < 2 || this.#deaf > 0) return;
    this.#doubt();
    this.#listener.repeated(this.#acked + 1, "gap");
    this.#fly();
  }

  /** The next flight may repeat what the client has, and its ACKs must not start another. */
  #doubt(): void {
    this.#unsure = true;
    this.#deaf = 2;
  }

  #refused(code: number, message: string): void {
    // RFC 1350: the one error that ends nothing. Sent to a transfer that has not begun it means
    // that a copy of the request got another port, which the client took.
    if (code === errors.unknownTid && this.#begun) return;
    // Some clients read the size from the OACK, or from DATA 1, and go away: no fault.
    const probe =
      this.acknowledged === 0 && (code === errors.undefined || code === errors.optionRefused);
    this.#end(probe ? { how: "probed" } : { how: "aborted", why: "refused", message, code });
  }

  /** Sends from block `from` to the end of the window that follows the block acknowledged. */
  #fly(from = this.#acked + 1): void {
    const { oack, windowsize } = this.#plan;
    const most = this.#timeouts > WHOLE_REPEATS ? 1 : windowsize;
    const to = from === OACK ? OACK : Math.min(this.#acked + most, this.#blocks.last);
    this.#flightRepeats = this.#unsure || from <= this.#highest;
    this.#sent = to;
    if (to > this.#highest) this.#highest = to;
    try {
      if (from === OACK && oack) this.#send(oack);
      else for (let block = from; block <= to; block++) this.#send(this.#blocks.packet(block));
    } catch (problem) {
      const message = problem instanceof Error ? problem.message : "the file cannot be read";
      // What the system says may name places of this machine: that is for us, not for the client.
      this.#wire.send(encodeError(errors.undefined, "the file was changed, or cannot be read"));
      this.#end({ how: "aborted", why: "unreadable", message });
      return;
    }
    this.#flightAt = this.#wire.now();
    this.deadline = this.#flightAt + this.#roundTrip.wait;
  }

  #send(packet: Uint8Array): void {
    if (!this.#begun) this.#said += HEADERS + packet.length;
    this.#wire.send(packet);
  }

  #end(outcome: Outcome): void {
    this.#ended = true;
    this.deadline = Number.POSITIVE_INFINITY;
    this.#listener.ended(outcome);
  }
}
