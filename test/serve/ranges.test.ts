// The Range header, as RFC 9110 section 14 has it.
import { expect, it } from "vitest";
import { rangeOf } from "../../src/serve/ranges.js";

it.each([
  [undefined, 10, undefined],
  ["", 10, undefined],
  ["bytes=0-", 10, "0..10"],
  ["bytes=0-0", 10, "0..1"],
  ["bytes=2-5", 10, "2..6"],
  ["bytes=2-99", 10, "2..10"],
  ["bytes=9-", 10, "9..10"],
  ["bytes=10-", 10, "unsatisfiable"],
  ["bytes=-3", 10, "7..10"],
  ["bytes=-99", 10, "0..10"],
  ["bytes=-0", 10, "unsatisfiable"],
  ["bytes=0-", 0, "unsatisfiable"],
  ["bytes=-1", 0, "unsatisfiable"],
  ["bytes=5-2", 10, undefined],
  ["bytes=-", 10, undefined],
  ["bytes=0-1,4-5", 10, undefined],
  ["bytes=a-b", 10, undefined],
  ["lines=0-1", 10, undefined],
  ["Bytes= 0-1 ", 10, "0..2"],
])("%s of %i bytes: %s", (header, size, expected) => {
  const range = rangeOf(header, size);
  expect(typeof range === "object" ? `${range.start}..${range.end}` : range).toBe(expected);
});
