// What happens at a server, as plain objects: one for each thing somebody watching wants to know.
// They are what `--json` prints, so their shape is part of the interface.
import type { Mishap } from "../ground/index.js";
import type { Identity } from "./snapshot.js";

/** A board, as far as it is known. */
export interface BoardName extends Identity {
  readonly address: string;
  /** The client's name in the flow. */
  readonly client?: string;
}

/** How files travel. */
export type Protocol = "tftp" | "http";

/** A message of a board and what was answered. */
export interface DhcpExchange {
  /** The message that came: `DISCOVER`. */
  readonly asked: string;
  /** The answer: `OFFER`; undefined when there was none. */
  readonly said?: string;
  /** What the board seems to be. */
  readonly kind?: string;
  /** The first file it is to fetch. */
  readonly file?: string;
  /** Why it is refused, or not answered. */
  readonly why?: string;
}

/** Something that happened to one board. Sizes in bytes, times in ms. */
export type BoardHappening = { readonly board: BoardName } & (
  | { readonly event: "boot"; readonly file: string; readonly build?: number }
  | {
      readonly event: "fetched";
      readonly file: string;
      readonly kind: string;
      readonly via: Protocol;
      readonly size: number;
      readonly ms: number;
      /** How often blocks were sent again. */
      readonly repeats: number;
      /** It has fetched the same file before, in this boot. */
      readonly again?: true;
    }
  | {
      readonly event: "failed";
      readonly file: string;
      readonly done: number;
      readonly size: number;
      readonly why: string;
    }
  | {
      readonly event: "refused";
      readonly file: string;
      readonly why: string;
      readonly nearest?: string;
    }
  /** It only asked how large a file is; said once in a boot. */
  | { readonly event: "measured"; readonly file: string; readonly size: number }
  /** It asked for what was not to be there, and goes on; said once in a boot. */
  | { readonly event: "passed-over"; readonly file: string; readonly why: string }
  /** It has all that its script asks for, or its firmware: files counted once. */
  | {
      readonly event: "complete";
      readonly files: number;
      readonly size: number;
      readonly ms: number;
    }
  /** It went silent on the way. */
  | { readonly event: "silent"; readonly why: string }
  /** DHCP gave it its address, or offered it. */
  | ({ readonly event: "lease" } & DhcpExchange)
  | { readonly event: "reduced"; readonly blksize: number; readonly windowsize: number }
);

/** Something that happened to the server. */
export type ServerHappening =
  | { readonly event: "listening"; readonly on: string; readonly files?: number }
  | {
      readonly event: "built";
      readonly build: number;
      readonly files: number;
      readonly ms: number;
    }
  /** The flow has errors: the last good build stays. */
  | { readonly event: "broken"; readonly errors: number; readonly build: number }
  | { readonly event: "dropped"; readonly address: string; readonly why: string }
  | { readonly event: "trouble"; readonly message: string }
  /** Something threw that nobody expected: a fault of the server, which goes on. */
  | ({ readonly event: "mishap" } & Mishap)
  /** An exchange with a board that has no address of ours. */
  | ({ readonly event: "dhcp"; readonly mac: string; readonly client?: string } & DhcpExchange)
  /** A line that dnsmasq printed. */
  | { readonly event: "dnsmasq"; readonly line: string }
  | { readonly event: "stopping"; readonly transfers: number };

export type Happening = BoardHappening | ServerHappening;
