// Which build a board gets: the one its boot began with. A board that fetched its script gets the
// kernel and the device tree of the same build, even when the flow was built again meanwhile; its
// next boot begins with the newest. A build that no board uses any more is closed.
import type { OpenFile, Source, Unavailable } from "../tftp/index.js";
import type { Served, Snapshot } from "./snapshot.js";

/** A board that asked for nothing for so long has booted, or was switched off; in ms. */
const FORGET = 5 * 60_000;

/** Something that was asked for and is not there. */
export interface Miss {
  readonly address: string;
  readonly name: string;
  readonly nearest?: string;
}

interface Use {
  readonly snapshot: Snapshot;
  at: number;
}

/** The builds that are in use, as a source for the TFTP server. */
export class Generations implements Source {
  #newest: Snapshot;
  readonly #boards = new Map<string, Use>();
  /** Transfers under way, by snapshot: a snapshot stays open until they end. */
  readonly #open = new Map<Snapshot, number>();
  readonly #now: () => number;

  /** `now` gives ms of a clock that never goes back. */
  constructor(newest: Snapshot, now: () => number = () => performance.now()) {
    this.#newest = newest;
    this.#now = now;
  }

  /** The build that boots begin with. */
  get newest(): Snapshot {
    return this.#newest;
  }

  /** Boots that begin from now on get `snapshot`. */
  replace(snapshot: Snapshot): void {
    const old = this.#newest;
    this.#newest = snapshot;
    this.#closeIfUnused(old);
  }

  /** The file that the board at `address` gets for `name`. */
  find(name: string, address: string): Served | undefined {
    this.#forget();
    const use = this.#boards.get(address);
    const asked = name.replace(/^\/+/, "");
    const newest = this.#newest.find(asked);
    // A script of one's own, or the first thing at all, begins a boot.
    const snapshot = !use || newest?.client !== undefined ? this.#newest : use.snapshot;
    const found = snapshot === this.#newest ? newest : (snapshot.find(asked) ?? newest);
    if (found) this.#note(address, snapshot);
    return found;
  }

  open(name: string, address: string): OpenFile | Unavailable {
    const found = this.find(name, address);
    const snapshot = this.#boards.get(address)?.snapshot;
    if (!found || !snapshot) return "not found";
    this.#open.set(snapshot, (this.#open.get(snapshot) ?? 0) + 1);
    let closed = false;
    return {
      content: found.content,
      close: () => {
        if (closed) return;
        closed = true;
        this.#open.set(snapshot, (this.#open.get(snapshot) ?? 1) - 1);
        this.#closeIfUnused(snapshot);
      },
    };
  }

  #note(address: string, snapshot: Snapshot): void {
    const before = this.#boards.get(address)?.snapshot;
    this.#boards.delete(address);
    this.#boards.set(address, { snapshot, at: this.#now() });
    if (before && before !== snapshot) this.#closeIfUnused(before);
  }

  /** The map is in the order of the last request: only its start can be old. */
  #forget(): void {
    for (const [address, { snapshot, at }] of this.#boards) {
      if (this.#now() - at < FORGET) return;
      this.#boards.delete(address);
      this.#closeIfUnused(snapshot);
    }
  }

  #closeIfUnused(snapshot: Snapshot): void {
    if (snapshot === this.#newest || (this.#open.get(snapshot) ?? 0) > 0) return;
    for (const use of this.#boards.values()) if (use.snapshot === snapshot) return;
    this.#open.delete(snapshot);
    snapshot.close();
  }
}
