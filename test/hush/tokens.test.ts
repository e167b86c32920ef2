// The door to the generated parser remembers what it split: with whatever options it is asked, and in
// whatever order, the answer is the one that the parser gives.
import { expect, it } from "vitest";
import { parse } from "../../src/hush/grammar.js";
import { type TokenOptions, tokenize } from "../../src/hush/tokens.js";

const texts = [
  "a;b $x",
  "${a:-b} $((1)) [[ a ]] \\c <(d)",
  "a,b c",
  "if a; then b; fi\n",
  'echo "a b" | c',
  "",
  "x".repeat(30_000),
];
const ways: readonly TokenOptions[] = [
  { dialect: "old" },
  { dialect: "modern" },
  { dialect: "old", again: true },
  { dialect: "old", blanks: "," },
  { dialect: "old", blanks: " ," },
  { dialect: "old", blanks: "" },
];

it("answers each question as if it was the first one", () => {
  const asked = [...ways, ...[...ways].reverse()];
  for (const text of texts) {
    for (const way of asked) expect(tokenize(text, way)).toEqual(parse(text, way));
  }
  // The texts tell the ways apart.
  expect(
    new Set(ways.map((way) => JSON.stringify(texts.map((each) => tokenize(each, way))))),
  ).toHaveProperty("size", ways.length);
});
