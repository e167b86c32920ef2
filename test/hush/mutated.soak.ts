// A million scripts, each made from rows of the table by cutting, joining and changing characters,
// read and run by both parsers: nothing throws, and everything comes to an end.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { builtins, itestCommand, parse, run, setexprCommand } from "../../src/hush/index.js";
import { readTable } from "./table.js";

const folder = join(import.meta.dirname, "table");
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .flatMap((name) => readTable(readFileSync(join(folder, name), "utf8")))
  .map(({ text }) => text)
  .filter((text) => text.length < 300);
const commands = { ...builtins, setexpr: setexprCommand({ format: true }), itest: itestCommand() };

/** Numbers below a limit, the same in every run. */
function numbers(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const characters = " \n;&|#\"'\\${}()!=?abx01\x03\x04é";

it("a million mutated scripts come to an end", () => {
  const below = numbers(1);
  const any = () => texts[below(texts.length)] ?? "";
  const mutated = () => {
    let text = any();
    for (let count = below(4); count > 0; count--) {
      const [at, to] = [below(text.length + 1), below(text.length + 1)];
      const other = any();
      const middle = [
        characters[below(characters.length)] ?? "",
        "",
        other.slice(below(other.length), below(other.length) + 10),
        text.slice(at, to),
      ][below(4)];
      text = text.slice(0, at) + middle + text.slice(Math.max(at, below(2) ? to : at + 1));
    }
    return text;
  };
  const ends = new Map<string, number>();
  for (let count = 0; count < 1_000_000; count++) {
    const dialect = count % 2 === 0 ? "old" : "modern";
    const text = mutated();
    const environment = new Map([["v", any()]]);
    const limits = { steps: 200, output: 5000, depth: 20 };
    const release = count % 4 < 2 ? "2023.01" : "2026.07";
    const { outcome } = run(text, { dialect, release, commands, environment, limits });
    parse(text, dialect);
    ends.set(outcome.kind, (ends.get(outcome.kind) ?? 0) + 1);
  }
  expect([...ends.values()].reduce((sum, each) => sum + each, 0)).toBe(1_000_000);
  console.log(Object.fromEntries(ends));
});
