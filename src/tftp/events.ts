// What a server tells while it works, for a log or a live view: plain objects that cross threads.
// Leaves out how they are shown. Names and messages in them are safe to print.
import { type Mishap, oneLine } from "../ground/index.js";
import type { Option } from "./packet.js";
import type { Outcome } from "./transfer.js";

/** Who a transfer goes to. The port is the client's TID (RFC 1350 section 4). */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Why a request got no answer at all. */
export type Drop =
  | "not on-link"
  | "no port to answer"
  | "too many requests"
  | "too many transfers"
  | "no such transfer";

/** Everything a server reports. `transfer` numbers the transfers of a server from 1. */
export type TftpEvent =
  | {
      readonly type: "request";
      readonly transfer: number;
      readonly client: Endpoint;
      readonly name: string;
      readonly mode: string;
      /** In bytes, as it is sent. */
      readonly size: number;
      readonly blksize: number;
      readonly windowsize: number;
      readonly granted: readonly Option[];
    }
  /** At most a few times per second and transfer; `bytes` are acknowledged. */
  | { readonly type: "progress"; readonly transfer: number; readonly bytes: number }
  /** Blocks from `block` (without wrap) were sent again. */
  | {
      readonly type: "repeated";
      readonly transfer: number;
      readonly block: number;
      readonly cause: "timeout" | "gap" | "request";
    }
  | {
      readonly type: "ended";
      readonly transfer: number;
      readonly client: Endpoint;
      readonly name: string;
      readonly outcome: Outcome;
      readonly bytes: number;
      /** How long it took, in ms. */
      readonly ms: number;
      /** How many times blocks were sent again. */
      readonly repeats: number;
    }
  /** From now on the client is offered this. */
  | {
      readonly type: "reduced";
      readonly client: Endpoint;
      readonly blksize: number;
      readonly windowsize: number;
    }
  /** Answered with an ERROR. */
  | {
      readonly type: "refused";
      readonly client: Endpoint;
      readonly name: string;
      readonly code: number;
      readonly message: string;
    }
  | { readonly type: "dropped"; readonly client: Endpoint; readonly why: Drop }
  /** Something threw that nobody expected; it cost one datagram or one transfer. */
  | ({ readonly type: "mishap" } & Mishap)
  /** A socket of the server itself failed; it goes on where it can. */
  | { readonly type: "trouble"; readonly message: string };

/** The longest text from the network that is told, in characters: names are kept for each board. */
const SHOWN = 200;

/** `text` from the network, not too long and without anything that could steer a terminal. */
export function shown(text: string): string {
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
  // A copy: a part of a string keeps the whole of it in memory.
  return Buffer.from(oneLine(cut)).toString();
}
