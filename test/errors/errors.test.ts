// Every code, as a person meets it: a folder with a flow that trips it and nothing else, the message
// as golden text, and a neighbour that is almost the same and compiles.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { allCodes, entryOf, render } from "../../src/diagnostics/index.js";
import { filesOf } from "./inputs.js";

/** `# -D name=value` in the first lines of a flow. */
function definesOf(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {};
  const found = readFileSync(path, "latin1").matchAll(/^# -D (\w+)=(.*)$/gm);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

function compiled(code: string, flow: string) {
  const parameters = definesOf(join(import.meta.dirname, code, flow));
  return compile(flow, { files: filesOf(code), parameters });
}

it("has a folder for each code, and a code for each folder", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(names.sort()).toEqual([...allCodes].sort());
});

describe.each(allCodes)("%s", (code) => {
  it("is all that is said of its flow, at a place", async () => {
    const { artifacts, diagnostics } = compiled(code, "flow.boot");
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    const text = diagnostics.map((each) => render(each)).join("\n");
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, code, "expected.txt"));
    const nowhere = ["param-unknown", "source-too-large"];
    expect(diagnostics[0]?.labels.length === 0).toBe(nowhere.includes(code));
    expect(artifacts === undefined).toBe(entryOf(code).severity === "error");
  });

  it("is not said of its neighbour, which compiles", () => {
    const { artifacts, diagnostics } = compiled(code, "neighbour.boot");
    expect(diagnostics.map((each) => render(each)).join("\n")).toBe("");
    expect(artifacts).toBeDefined();
  });

  it("says what to do, and is explained", () => {
    const { explain, severity } = entryOf(code);
    const [problem] = compiled(code, "flow.boot").diagnostics;
    expect(problem?.severity).toBe(severity);
    expect(problem?.help, "help").toBeTruthy();
    expect(explain.length, "explanation").toBeGreaterThan(100);
  });
});
