// Scripts in the styles that people write them, each for a board or for none: those in good/ do it right
// and nothing is said of them; those in bad/ have the findings of the file beside them, no more. Then
// the scripts that ubootc makes itself.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findBoard } from "../../src/boards/index.js";
import { compile } from "../../src/compile.js";
import { positionOf, render } from "../../src/diagnostics/index.js";
import { diskFiles } from "../../src/files/index.js";
import { lint, readScripts } from "../../src/lint/index.js";
import { some } from "../tools/runs.js";
import { lintFile, lintText } from "./scripts.js";

const here = import.meta.dirname;
const scriptsIn = (folder: string) =>
  readdirSync(join(here, folder)).filter((name) => name.endsWith(".cmd"));

it.each(scriptsIn("good"))("good: %s", (name) => {
  const { diagnostics } = lintFile(join(here, "good", name));
  expect(diagnostics.map((each) => render(each)).join("\n")).toBe("");
});

it.each(scriptsIn("bad"))("bad: %s", async (name) => {
  const path = join(here, "bad", name);
  const { diagnostics } = lintFile(path);
  const lines = diagnostics.map(({ code, severity, message, help, labels: [guilty] }) => {
    const { line = 0, column = 0 } = guilty
      ? positionOf(guilty.span.source, guilty.span.start)
      : {};
    return `${line}:${column} ${severity}[${code}] ${message}\n    ${help}\n`;
  });
  expect(lines).not.toEqual([]);
  await expect(lines.join("")).toMatchFileSnapshot(path.replace(/\.cmd$/, ".txt"));
});

describe("the scripts of the examples are clean", () => {
  const examples = join(here, "../../examples");
  const flows = readdirSync(examples, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".boot"))
    .sort();

  it.each(some(flows))("%s", (name) => {
    const files = diskFiles();
    onTestFinished(() => files.close());
    const { artifacts = [], program } = compile(join(examples, name), { files });
    const scripts = artifacts.flatMap(({ name: file, content }) => {
      const found = readScripts(file, content);
      return /\.(?:scr|itb)$/.test(file) && typeof found !== "string" ? found : [];
    });
    expect(scripts.length > 0).toBe(program !== undefined && program.scripts.size > 0);
    for (const script of scripts) {
      for (const dialect of ["old", "modern"] as const) {
        const { diagnostics } = lint(script, { ...(program && { board: program.board }), dialect });
        expect(diagnostics.map((each) => render(each)).join("\n"), script.source.name).toBe("");
      }
    }
  });
});

describe("what ubootc makes is clean", () => {
  const compiled = join(here, "../compile");
  const printed = readdirSync(compiled, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /[\\/]expected[\\/].+[\\/][^\\/]+\.txt$/.test(path));

  it("there is some", () => expect(printed.length).toBeGreaterThan(20));

  it.each(some(printed.map((path) => relative(compiled, path))))("%s", (path) => {
    // The file has a line end behind the last line, the script has not.
    const text = readFileSync(join(compiled, path), "utf8").replace(/\n$/, "");
    const [, board = ""] = /^# Board (\S+)\. /m.exec(text) ?? [];
    // Some flows are for a board with more commands than the catalogue has, some allow UDP.
    const own = findBoard(board) ? [`--board ${board} -W command-missing=off`] : [];
    for (const each of ["", "--dialect old", "--dialect modern", ...own]) {
      const options = `${each} -W nfs-udp=off`;
      // A first line of its own moves what follows by one line and changes nothing else.
      const { diagnostics } = lintText(path, `# ubootc check boot.cmd ${options}\n${text}`);
      expect(diagnostics.map((each) => render(each)).join("\n"), options).toBe("");
    }
  });
});
