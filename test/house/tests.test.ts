// Where tests stand: those that need a program from outside under test/real, by the folder of src they
// are about. `npm run test:quick` runs all the others, on a machine that has Node and what POSIX has.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const tests = resolve(import.meta.dirname, "..");
const texts = readdirSync(tests, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.[jt]s$/.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name))
  .map((name) => [name.replaceAll("\\", "/"), readFileSync(join(tests, name), "utf8")] as const)
  .filter(([name]) => !/^(real|bench|tools)\//.test(name));

it("outside test/real nothing asks for a program from outside: move it there", () => {
  const asks = /import \{[^}]*\b(have|find|runAsync)\b[^}]*\} from "(\.\.\/)+tools\/tools\.js"/;
  expect(texts.filter(([, text]) => asks.test(text)).map(([name]) => name)).toEqual([]);
});

it("nothing outside test/real is built on what stands there", () => {
  const from = /from "(\.\.\/)+real\//;
  expect(texts.filter(([, text]) => from.test(text)).map(([name]) => name)).toEqual([]);
});
