// `ubootc explain` as a person sees it.
import { describe, expect, it } from "vitest";
import { explainCommand } from "../../src/cli/explain.js";
import { allCodes } from "../../src/diagnostics/index.js";
import { runInProcess } from "./in-process.js";

const run = (...args: string[]) => runInProcess(explainCommand(), ...args);

describe("a code", () => {
  it.each(["input-empty", "error[input-empty]", "error[input-empty]:"])("%s", async (asked) => {
    const { stdout, stderr, failed } = await run(asked);
    expect({ stderr, failed }).toEqual({ stderr: "", failed: false });
    expect(stdout.split("\nWrong:")[0]).toBe(`error[input-empty]

An interrupted copy or a full disk leaves a file without contents.

On the board it does harm: for U-Boot an empty download is a success that keeps
the old \`filesize\` and whatever was in memory before, and the board boots that.
Make the file again.
`);
  });

  it.each(allCodes)("%s fits on the screen", async (code) => {
    const { stdout } = await run(code);
    // The example is as wide as its lines are.
    const lines =
      stdout
        .split(/^Wrong:/m, 1)[0]
        ?.trimEnd()
        .split("\n") ?? [];
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThan(24);
    expect(stdout.split("\n").length).toBeLessThan(44);
  });

  it("that does not exist is answered with the nearest", async () => {
    const { stdout, stderr, failed } = await run("kernel-overlp");
    expect({ stdout, failed }).toEqual({ stdout: "", failed: true });
    expect(stderr).toBe(
      'ubootc explain: there is no code "kernel-overlp"; did you mean kernel-overlap?\n',
    );
  });
});

it("lists all codes, a line each", async () => {
  const { stdout, failed } = await run();
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual(allCodes);
  expect(lines.every((line) => /^[\w-]+ {2,}\S.*[.:]$/.test(line))).toBe(true);
  expect(failed).toBe(false);
});
