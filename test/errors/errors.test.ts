// Every code, as a person meets it: a folder with a flow or a script that trips it and nothing else,
// the message as golden text, and a neighbour that is almost the same and has nothing wrong.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allCodes, entryOf, render } from "../../src/diagnostics/index.js";
import { looked } from "./looked.js";

it("has a folder for each code, and a code for each folder", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(names.sort()).toEqual([...allCodes].sort());
});

describe.each(allCodes)("%s", (code) => {
  it("is all that is said of its flow, at a place", async () => {
    const { diagnostics, passes: isFine } = looked(code, "flow");
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    const text = diagnostics.map((each) => render(each)).join("\n");
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, code, "expected.txt"));
    const nowhere = ["param-unknown", "private-key", "source-too-large"];
    expect(diagnostics[0]?.labels.length === 0).toBe(nowhere.includes(code));
    expect(isFine).toBe(entryOf(code).severity !== "error");
  });

  it("is not said of its neighbour", () => {
    const { diagnostics, passes: isFine } = looked(code, "neighbour");
    expect(diagnostics.map((each) => render(each)).join("\n")).toBe("");
    expect(isFine).toBe(true);
  });

  it("says what to do, and is explained", () => {
    const { explain, severity } = entryOf(code);
    const [problem] = looked(code, "flow").diagnostics;
    expect(problem?.severity).toBe(severity);
    expect(problem?.help, "help").toBeTruthy();
    expect(explain.length, "explanation").toBeGreaterThan(100);
  });
});
