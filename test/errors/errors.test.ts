// Every code, as a person meets it: a folder with a flow or a script that trips it and nothing else,
// the message as golden text, and a neighbour that is almost the same and has nothing wrong.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { allCodes, entryOf, render } from "../../src/diagnostics/index.js";
import type { KeyMeans } from "../../src/image/index.js";
import { passes } from "../../src/lint/index.js";
import { lintFile } from "../lint/scripts.js";
import { filesOf } from "./inputs.js";

/** `# -D name=value` in the first lines of a flow. */
function definesOf(path: string): Readonly<Record<string, string>> {
  if (!existsSync(path)) return {};
  const found = readFileSync(path, "latin1").matchAll(/^# -D (\w+)=(.*)$/gm);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

/** `# --sign-command` in a flow: what such a command said. */
function keysOf(path: string): KeyMeans {
  const text = existsSync(path) ? readFileSync(path, "latin1") : "";
  const [, why] = /^# --sign-command: (.*)$/m.exec(text) ?? [];
  return why === undefined ? {} : { elsewhere: () => () => ({ why }) };
}

function looked(code: string, name: "flow" | "neighbour") {
  const script = join(import.meta.dirname, code, `${name === "flow" ? "boot" : name}.cmd`);
  if (existsSync(script)) {
    const judged = lintFile(script);
    return { ...judged, passes: passes(judged) };
  }
  const path = join(import.meta.dirname, code, `${name}.boot`);
  const options = { parameters: definesOf(path), keys: keysOf(path) };
  const compilation = compile(`${name}.boot`, { files: filesOf(code), ...options });
  return { ...compilation, passes: compilation.artifacts !== undefined };
}

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
    const nowhere = ["param-unknown", "source-too-large"];
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
