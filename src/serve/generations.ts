// Which build a board gets: the one its boot began with. A board that fetched its script gets the
// kernel and the device tree of the same build, even when the flow was built again meanwhile; its
// next boot begins with the newest. A build that no board uses any more is closed.
import { type OpenFile, type Source, type Unavailable, withoutSlash } from "../tftp/index.js";
import type { Served } from "./served.js";
import type { Snapshot } from "./snapshot.js";

/** A board that asked for nothing for so long has booted, or was switched off; in ms. */
const FORGET = 5 * 60_000;

/** How many boards have a build of their own; the one longest unheard goes first. */
const MOST_BOARDS = 10_000;

/** How many builds are held besides the newest; then boards of the oldest get the newest. */
const MOST_BUILDS = 8;

interface Use {
  readonly snapshot: Snapshot;
  readonly at: number;
}

/** A file, and the build it is of. */
interface Found {
  readonly served: Served;
  readonly snapshot: Snapshot;
}

/** The builds that are in use, as a source for a server. */
export class Generations implements Source {
  #newest: Snapshot;
  /** In the order of the last request. */
  readonly #boards = new Map<string, Use>();
  /** How many boards and transfers need each of the older builds; oldest first. */
  readonly #needs = new Map<Snapshot, number>();
  readonly #now: () => number;

  /** `now` gives ms of a clock that never goes back. */
  constructor(newest: Snapshot, now: () => number = () => performance.now()) {
    this.#newest = newest;
    this.#needs.set(newest, 0);
    this.#now = now;
  }

  /** The build that boots begin with. */
  get newest(): Snapshot {
    return this.#newest;
  }

  /** How many builds are held. */
  get count(): number {
    return this.#needs.size;
  }

  /** Boots that begin from now on get `snapshot`. */
  replace(snapshot: Snapshot): void {
    const old = this.#newest;
    this.#newest = snapshot;
    this.#needs.set(snapshot, 0);
    this.#need(old, 0);
    this.#forget();
    const [oldest] = this.#needs.keys();
    if (this.#needs.size > MOST_BUILDS + 1) {
      for (const [address, use] of this.#boards) if (use.snapshot === oldest) this.#drop(address);
    }
  }

  /** The build that the board at `address` uses. */
  of(address: string): Snapshot {
    return this.#boards.get(address)?.snapshot ?? this.#newest;
  }

  open(name: string, address: string): OpenFile | Unavailable {
    this.#forget();
    const found = this.#find(withoutSlash(name), address);
    if (!found) return "not found";
    const { served, snapshot } = found;
    // A name that only the newest build has does not move the board to it.
    this.#note(address, served.begins ? snapshot : this.of(address));
    this.#need(snapshot, 1);
    let closed = false;
    return {
      content: served.content,
      close: () => {
        if (!closed) this.#need(snapshot, -1);
        closed = true;
      },
    };
  }

  #find(name: string, address: string): Found | undefined {
    const used = this.of(address);
    const newest = this.#newest.find(name);
    const served = newest?.begins ? newest : (used.find(name) ?? newest);
    if (!served) return undefined;
    return { served, snapshot: served === newest ? this.#newest : used };
  }

  #note(address: string, snapshot: Snapshot): void {
    this.#need(snapshot, 1);
    this.#drop(address);
    this.#boards.set(address, { snapshot, at: this.#now() });
    const [oldest] = this.#boards.keys();
    if (this.#boards.size > MOST_BOARDS && oldest !== undefined) this.#drop(oldest);
  }

  #forget(): void {
    for (const [address, { at }] of this.#boards) {
      if (this.#now() - at < FORGET) return;
      this.#drop(address);
    }
  }

  #drop(address: string): void {
    const use = this.#boards.get(address);
    if (!use) return;
    this.#boards.delete(address);
    this.#need(use.snapshot, -1);
  }

  #need(snapshot: Snapshot, more: number): void {
    const needs = (this.#needs.get(snapshot) ?? 0) + more;
    this.#needs.set(snapshot, needs);
    if (needs > 0 || snapshot === this.#newest) return;
    this.#needs.delete(snapshot);
    snapshot.close();
  }
}
