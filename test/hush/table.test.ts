// The table of small scripts in our interpreter. Its results are the table's text: after a change on
// purpose `-u` writes them, and boards.test.ts asks real U-Boots whether they are true.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { some } from "../tools/runs.js";
import { runHere } from "./interpreter.js";
import { readTable, resultFor, shownResult, type Target, writeTable } from "./table.js";

const folder = join(import.meta.dirname, "table");
const chapters = readdirSync(folder).filter((name) => name.endsWith(".txt"));

const newest = "2026.07";
const targets: readonly Target[] = [
  { dialect: "old", release: "2023.01", bits: 64 },
  { dialect: "old", release: "2023.01", bits: 32 },
  { dialect: "old", release: newest, bits: 64 },
  { dialect: "modern", release: newest, bits: 64 },
];

/** The modern parser's first releases take a text that ends too early otherwise. */
const early: Target = { dialect: "modern", release: "2024.10", bits: 64 };
const targetsOf = (chapter: string) => (chapter === "control.txt" ? [early, ...targets] : targets);

describe.each(chapters)("%s", (name) => {
  const file = join(folder, name);
  const document = readFileSync(file, "utf8");

  it("says what the interpreter does", async () => {
    const written = writeTable(document, (row) =>
      targetsOf(name).map((target) => ({ target, shown: shownResult(runHere(row, target)) })),
    );
    await expect(written).toMatchFileSnapshot(file);
  });

  // On a board the variables of a script are still there in the next one.
  it.each(some(targetsOf(name)))(
    "has rows that do not disturb each other: $dialect $release",
    (target) => {
      const locals = new Map<string, string>();
      for (const row of readTable(document)) {
        const result = runHere(row, target, locals);
        if (!/^\d+$/.test(result.end)) continue;
        expect(shownResult(result), row.text).toBe(resultFor(row, target));
      }
    },
  );
});
