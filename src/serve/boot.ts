// One board's boot: what it fetched, what it asked for in vain, and when. Plain data, which boots.ts
// keeps, verdict.ts judges and view.ts draws.
import type { BoardName, Protocol } from "./happenings.js";
import type { Served } from "./served.js";

/** A file a board is fetching, or has fetched. */
export interface Fetch {
  readonly name: string;
  readonly kind: Served["kind"];
  /** What has to be fetched after it, when it is a script. */
  readonly ways: Served["ways"];
  readonly via: Protocol;
  /** Bytes. */
  readonly size: number;
  /** Bytes that the board has acknowledged. */
  done: number;
  /** ms of the clock: when it began, when it last went on, and when it ended. */
  readonly began: number;
  moved: number;
  ended?: number;
  repeats: number;
  /** Why it ended early. */
  fault?: string;
}

/** Something that was asked for and not given. */
export interface Miss {
  readonly name: string;
  readonly why: string;
  readonly nearest?: string;
  /** ms of the clock. */
  readonly at: number;
}

/** One board's boot, from its first request on. */
export interface Boot {
  board: BoardName;
  /** The build it gets. */
  readonly build: number | undefined;
  /** All it fetched since this boot began, in order. */
  readonly fetches: Fetch[];
  readonly misses: Miss[];
  /** ms of the clock: when the board was heard of first, and when this boot began. */
  readonly since: number;
  readonly began: number;
  /** ms of the clock: when something was heard of it last. */
  heard: number;
  /** Whether a file was given to it: what it does without it asks for before. */
  begun: boolean;
  /** Whether it was said that it is complete, or silent. */
  judged: boolean;
  /** What was said of it once, and is not said again: names it does without, or only measured. */
  readonly said: Set<string>;
  /** What DHCP answered last. */
  lease?: string;
}

/** How many files a board has fetched, and how much they are; each once, however often it asked. */
export function amountOf({ fetches }: Pick<Boot, "fetches">): {
  readonly files: number;
  readonly size: number;
} {
  const sizes = new Map(fetches.map(({ name, done }) => [name, done]));
  return { files: sizes.size, size: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

/** How much is remembered of a boot. */
export const MOST_FETCHES = 64;
export const MOST_MISSES = 16;

/** Whether all of a file came. */
export const isWhole = ({ ended, fault }: Fetch): boolean =>
  ended !== undefined && fault === undefined;

/** Whether `what` was not said in this boot; from now on it was. */
export function isFirst({ said }: Pick<Boot, "said">, what: string): boolean {
  const isNew = said.size < MOST_FETCHES && !said.has(what);
  if (isNew) said.add(what);
  return isNew;
}
