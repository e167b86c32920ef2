// Numbers that look like chance and are the same for the same seed: a case is found again by its own.

export interface Random {
  /** Below `limit`. */
  below(limit: number): number;
  /** One of them. */
  pick<T>(of: readonly [T, ...T[]] | readonly T[]): T;
  /** True in so many of a hundred. */
  chance(percent: number): boolean;
  /** `least` to `most` of what `make` makes. */
  some<T>(least: number, most: number, make: () => T): T[];
}

/** @param seed - any whole number. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick(of) {
      if (of.length === 0) throw new Error("nothing to pick from");
      return of[below(of.length)] as (typeof of)[number];
    },
    chance: (percent) => next() * 100 < percent,
    some: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
}
