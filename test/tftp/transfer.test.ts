// One transfer under every misfortune of a network, in virtual time. RFC 1350, 1123, 7440.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs, some } from "../tools/runs.js";
import { type Fate, HOP, ordinary, type Run, random, simulate } from "./virtual.js";

const shapes: [string, Run][] = [
  ["lockstep", { size: 5 * 512 + 100 }],
  ["lockstep with OACK", { size: 5 * 512 + 100, oack: true }],
  ["lockstep, last block empty", { size: 4 * 512 }],
  ["an empty file", { size: 0 }],
  ["a window of 4", { size: 13 * 64 + 5, blksize: 64, windowsize: 4 }],
  ["a window of 4, full at the end", { size: 12 * 64 - 1, blksize: 64, windowsize: 4 }],
  ["a window larger than the file", { size: 5 * 64, blksize: 64, windowsize: 16 }],
];

/** Something that happens to the packet `at` in one direction, and to no other. */
const once =
  (where: "down" | "up", at: number, what: readonly number[]): Fate =>
  (direction, index) =>
    direction === where && index === at ? what : [HOP];

/** lwIP never repeats an ACK, but answers a block it has seen. */
const mute = { insistent: true };

const misfortunes: [string, readonly number[]][] = [
  ["lost", []],
  ["doubled", [HOP, HOP]],
  ["doubled late", [HOP, 1500]],
  ["delayed past its followers", [HOP * 5]],
  ["delayed past a repeat", [1700]],
];

describe("without misfortune", () => {
  it.each(shapes)("%s", (_name, run) => {
    const { outcome, identical, sent, repeats } = simulate(run);
    expect({ outcome, identical, repeats }).toEqual({
      outcome: { how: "done", acknowledged: true },
      identical: true,
      repeats: [],
    });
    const blocks = Math.floor(run.size / (run.blksize ?? 512)) + 1;
    const numbers = Array.from({ length: blocks }, (_, index) => index + 1);
    expect(sent).toEqual(sent[0] === "oack" ? ["oack", ...numbers] : numbers);
  });
});

describe.each(shapes)("%s: one packet", (_name, run) => {
  const { down, up } = simulate(run);
  const places = [
    ...Array.from({ length: down }, (_, at) => ["down", at] as const),
    ...Array.from({ length: up }, (_, at) => ["up", at] as const),
  ];
  it.each(misfortunes)("%s, whichever it is", (_what, fate) => {
    for (const [direction, at] of places) {
      const result = simulate({ ...run, fate: once(direction, at, fate) });
      expect(result.identical, `${direction} ${at}`).toBe(true);
      // Of an empty file the only ACK is the first and the last: nobody knows.
      if (run.size > 0) expect(result.outcome?.how).toBe("done");
    }
  });
  // Without an OACK only the client repeats what is lost: DATA 1 is too large for somebody who may
  // never have asked.
  it.runIf(run.oack)("lost, with a client that only answers", () => {
    for (const [direction, at] of places) {
      const result = simulate({ ...run, habits: mute, fate: once(direction, at, []) });
      expect(result.identical, `${direction} ${at}`).toBe(true);
      // lwIP gives up ten seconds after the last packet.
      expect(result.received).toBeLessThan(10_000);
    }
  });
});

describe("the Sorcerer's Apprentice", () => {
  const size = 20 * 512 + 1;
  it.each([
    ["every ACK twice", (direction) => (direction === "up" ? [HOP, HOP] : [HOP])],
    ["every DATA twice", (direction) => (direction === "down" ? [HOP, HOP] : [HOP])],
    ["everything twice", () => [HOP, HOP]],
    ["every ACK again a little later", (direction) => (direction === "up" ? [HOP, 3] : [HOP])],
  ] as [string, Fate][])("%s: no block is sent twice in lockstep", (_name, fate) => {
    for (const insistent of [false, true]) {
      const { sent, identical } = simulate({ size, fate, habits: { patience: 5000, insistent } });
      expect(sent).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
      expect(identical).toBe(true);
    }
  });

  it.each([2, 4, 16])("with a window of %i one copied ACK costs one window", (windowsize) => {
    const run = { size: 100 * 64 + 1, blksize: 64, windowsize };
    for (const insistent of [false, true]) {
      const habits = { patience: 5000, insistent };
      const clean = simulate({ ...run, habits });
      for (let at = 0; at < clean.up; at++) {
        const { sent, identical } = simulate({ ...run, habits, fate: once("up", at, [HOP, HOP]) });
        expect(identical).toBe(true);
        expect(sent.length - clean.sent.length).toBeLessThanOrEqual(windowsize);
      }
    }
  });

  it.each([2, 4, 16])(
    "with a window of %i one lost block ends in bounded repeats",
    (windowsize) => {
      const run = { size: 100 * 64 + 1, blksize: 64, windowsize };
      for (const insistent of [false, true]) {
        const habits = { patience: 5000, insistent };
        const clean = simulate({ ...run, habits });
        for (let at = 0; at < clean.down; at++) {
          const { sent, identical } = simulate({ ...run, habits, fate: once("down", at, []) });
          expect(identical).toBe(true);
          expect(sent.length - clean.sent.length).toBeLessThanOrEqual(2 * windowsize);
        }
      }
    },
  );

  it("a lost block within a window is repeated at once, not after a timeout", () => {
    const run = { size: 64 * 64 + 1, blksize: 64, windowsize: 16 };
    for (let at = 1; at < 65; at++) {
      const { took, sent } = simulate({ ...run, fate: once("down", at, []) });
      // The last block of a window leaves the client waiting: only the timer can tell.
      if (sent[at] === 65 || Number(sent[at]) % 16 === 0) continue;
      expect(took, `block ${sent[at]}`).toBeLessThan(100);
    }
  });
});

describe("the timer", () => {
  it("sends an OACK at most three times before the first ACK, the first block once", () => {
    for (const oack of [false, true]) {
      const run = { size: 100_000, windowsize: oack ? 16 : 1, oack };
      const { outcome, sent, took } = simulate({ ...run, habits: { vanishesAfter: 0 } });
      expect(outcome).toMatchObject({ how: "aborted", why: "unanswered" });
      expect(sent).toEqual(oack ? ["oack", "oack", "oack"] : [1]);
      expect(took).toBeLessThan(65_000);
    }
  });

  it("backs off, and gives up on a client that is silent", () => {
    const { outcome, sent, took } = simulate({ size: 10_000, habits: { vanishesAfter: 2 } });
    expect(outcome).toMatchObject({ how: "aborted", why: "vanished" });
    // After 1, 2, 4, 4 ... seconds.
    expect(sent).toEqual([1, 2, ...Array(17).fill(3)]);
    expect(took).toBeGreaterThan(60_000);
    expect(took).toBeLessThan(65_000);
  });

  it("never repeats within a second of the last sending: a Pi 4 hangs on that", () => {
    const fate: Fate = (direction, index) =>
      direction === "down" && index === 3 ? [] : ordinary(direction, index);
    const { took } = simulate({ size: 10 * 512, fate });
    expect(took).toBeGreaterThan(1000);
    expect(took).toBeLessThan(1200);
  });

  it("waits longer for a client that is always slow", () => {
    const { repeats, identical } = simulate({ size: 20 * 512, fate: () => [900] });
    expect(identical).toBe(true);
    // The first block goes out again, then the round trip of 1.8 s is known.
    expect(repeats.length).toBeLessThanOrEqual(4);
  });

  it("counts the last block as sent when nobody acknowledges it", () => {
    const { outcome, identical } = simulate({
      size: 3 * 512,
      fate: (direction, index) => (direction === "up" && index > 3 ? [] : [HOP]),
    });
    expect(outcome).toEqual({ how: "done", acknowledged: false });
    expect(identical).toBe(true);
  });
});

describe("a window that a client cannot take", () => {
  const run = { size: 100 * 64, blksize: 64, windowsize: 16 };

  it("is sent again twice, and then only its first block", () => {
    const { sent } = simulate({ ...run, habits: { vanishesAfter: 17 } });
    const flights = sent.slice(sent.indexOf(17)).filter((block) => block !== "error");
    const window = Array.from({ length: 16 }, (_, at) => 17 + at);
    expect(flights.slice(0, 48)).toEqual([...window, ...window, ...window]);
    expect(new Set(flights.slice(48))).toEqual(new Set([17]));
  });

  it("goes on where the client says it is, however far that was", () => {
    for (const silent of [4, 8, 20]) {
      // The client has all of the second window, and nobody hears it for a while.
      const fate: Fate = (direction, index) =>
        direction === "up" && index >= 3 && index < 3 + silent ? [] : [HOP];
      const { outcome, identical } = simulate({ ...run, habits: { patience: 1500 }, fate });
      expect({ outcome, identical }).toEqual({
        outcome: { how: "done", acknowledged: true },
        identical: true,
      });
    }
  });
});

describe("a client can vanish at any time", () => {
  it.each(shapes)("%s", (_name, run) => {
    const { down } = simulate(run);
    for (let vanishesAfter = 0; vanishesAfter < down; vanishesAfter++) {
      const { outcome, took } = simulate({ ...run, habits: { patience: 5000, vanishesAfter } });
      expect(outcome).toBeDefined();
      expect(took).toBeLessThan(65_000);
    }
  });
});

describe("wrap", () => {
  const MAX = 65536;
  const sizes = [-2, -1, 0, 1, 2].map((more) => MAX * 8 + more);
  it.each(some(sizes, 9))("a file of %i bytes in blocks of 8", (size) => {
    const { outcome, identical } = simulate({ size, blksize: 8 });
    expect({ outcome, identical }).toEqual({
      outcome: { how: "done", acknowledged: true },
      identical: true,
    });
  });

  it.each(
    some(
      sizes.map((size) => size - 8),
      9,
    ),
  )("a file of %i bytes in blocks of 8", (size) => {
    expect(simulate({ size, blksize: 8 }).identical).toBe(true);
  });

  it.each(some([3, 7, 16, 64]))("twice, with windows of %i across it", (windowsize) => {
    const run = { size: 2 * MAX * 8 + 13, blksize: 8, windowsize };
    expect(simulate(run)).toMatchObject({ outcome: { how: "done" }, identical: true, repeats: [] });
  });

  it.each([1, 5, 16])("with loss all around it and a window of %i", (windowsize) => {
    const run = { size: MAX * 8 + 400, blksize: 8, windowsize };
    const chance = random(windowsize);
    // The packets up to here arrive; from here to the end one in ten does not.
    const from = { down: MAX - 60, up: Math.floor((MAX - 60) / windowsize) };
    const fate: Fate = (direction, index) =>
      index > from[direction] && chance() < 0.1 ? [] : [HOP];
    const { identical, sent } = simulate({ ...run, fate });
    expect(identical).toBe(true);
    expect(sent).toContain(0);
  });
});

describe("luck", () => {
  const lossy = (seed: number, loss: number): Fate => {
    const chance = random(seed);
    return () => (chance() < loss ? [] : [HOP]);
  };
  const all = (count: number, run: (seed: number) => Run) => {
    const results = Array.from({ length: runs(count) }, (_, seed) => simulate(run(seed)));
    return results.filter(({ outcome, identical }) => outcome?.how !== "done" || !identical).length;
  };

  it("20 % loss each way in lockstep: 1000 of 1000", () =>
    expect(all(1000, (seed) => ({ size: 30 * 512 + seed, fate: lossy(seed, 0.2) }))).toBe(0));

  it("5 % loss each way with a window of 16: 1000 of 1000", () =>
    expect(
      all(1000, (seed) => ({
        ...{ size: 100 * 64 + seed, blksize: 64, windowsize: 16, fate: lossy(seed, 0.05) },
      })),
    ).toBe(0));

  it("25 % reordered, everything twice, up to 2 s late: 300 of 300", () =>
    expect(
      all(300, (seed) => {
        const chance = random(seed);
        const fate: Fate = () => {
          const late = () => (chance() < 0.25 ? chance() * 2000 : HOP);
          return [late(), late()];
        };
        return { size: 40 * 64 + seed, blksize: 64, windowsize: 1 + (seed % 8), fate };
      }),
    ).toBe(0));

  it("lwIP's complaints do not end a transfer", () => {
    const fate: Fate = (_direction, index) => (index % 3 === 2 ? [HOP, 5] : [HOP]);
    const { identical } = simulate({ size: 5000, fate, habits: { complains: true } });
    expect(identical).toBe(true);
  });

  it("any fate that lets something through", () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(3000), { maxLength: 3 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(900),
        (fates, windowsize, size) => {
          // Each packet meets its own fate once; after all of them the network is well.
          let met = 0;
          const fate: Fate = () => fates[met++] ?? [HOP];
          const { outcome, identical } = simulate({ size, blksize: 32, windowsize, fate });
          // A client that heard nothing of three sends is not begun; all others have the file.
          if (outcome?.how === "aborted") expect(outcome.why).toBe("unanswered");
          else expect(identical).toBe(true);
        },
      ),
      { numRuns: runs(300) },
    ));
});
