// How long to wait before a repeat: from measured round trips, doubled at each repeat without
// progress. Leaves out what is repeated. RFC 6298, with the floor that boot ROMs need.

/** A Pi 4 that gets a block twice within a second acknowledges blocks it was never sent. */
export const FLOOR_MS = 1000;

/** lwIP gives up ten seconds after the last data, and never repeats an ACK itself. */
export const CEILING_MS = 4000;

/** The retransmission timer of one transfer. */
export class RoundTrip {
  #smoothed: number | undefined;
  #variation = 0;
  #doublings = 0;
  readonly #ceiling: number;

  /** @param ceiling the longest wait in ms. */
  constructor(ceiling: number) {
    this.#ceiling = Math.max(FLOOR_MS, ceiling);
  }

  /** How long to wait for an answer now, in ms. */
  get wait(): number {
    const measured = this.#smoothed === undefined ? 0 : this.#smoothed + 4 * this.#variation;
    return Math.min(this.#ceiling, Math.max(FLOOR_MS, measured) * 2 ** this.#doublings);
  }

  /** A repeat was sent. */
  backOff(): void {
    this.#doublings = Math.min(this.#doublings + 1, 16);
  }

  /**
   * An answer to something sent once took `ms`. Never call it for the answer to a repeat, which
   * may be one to the first sending (Karn): the wait stays doubled until an answer is certain.
   */
  measured(ms: number): void {
    this.#doublings = 0;
    if (this.#smoothed === undefined) {
      this.#smoothed = ms;
      this.#variation = ms / 2;
      return;
    }
    this.#variation += (Math.abs(this.#smoothed - ms) - this.#variation) / 4;
    this.#smoothed += (ms - this.#smoothed) / 8;
  }
}
