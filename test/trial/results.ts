// Results of tests, whatever their texts hold.
import fc from "fast-check";
import type { TestResult } from "../../src/trial/index.js";

const words = fc.string({ unit: "grapheme", maxLength: 30 });
const line = words.map((text) => text.replace(/[\p{Cc}\u2028\u2029\ufffe\uffff]/gu, ""));
const result: fc.Arbitrary<TestResult> = fc.record({
  title: line,
  at: line,
  time: fc.nat(),
  boards: fc.nat(9),
  failures: fc.array(
    fc.record({
      clients: line,
      misses: fc.array(fc.record({ at: line, expected: words, found: words }), { minLength: 1 }),
      tail: fc.array(words),
    }),
    { maxLength: 2 },
  ),
});
export const results = fc.array(result, { minLength: 1, maxLength: 4 });
