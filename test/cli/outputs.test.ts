// Where commands write: not over what they read, not through a link that a stranger chose, and nothing
// half. What a build does with its folder is in build.test.ts.
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../tools/tools.js";
import { main, put } from "./cli.js";
import { ubootc } from "./here.js";
import { lab } from "./outputs.js";

describe("what a flow is read from is not written over", () => {
  it.each([
    ["build", "lab.boot", "--depfile", "lab.boot"],
    ["build", "lab.boot", "--depfile", "link"],
    ["build", "lab.boot", "--sarif", "lab.csv"],
    ["check", "lab.boot", "--sarif", "lab.boot"],
    ["map", "lab.boot", "--svg", "Image.gz"],
    ["graph", "lab.boot", "--svg", "lab.csv"],
    ["test", "lab.boot", "--junit", "link"],
  ])("%s %s %s %s", async (...args) => {
    const cwd = lab();
    const [command, , , to = ""] = args;
    const before = readFileSync(join(cwd, to));
    const { status, stderr } = await ubootc(args, { cwd });
    expect(stderr).toContain(
      `ubootc ${command}: ${to}: is read by the flow, and would be written over\n`,
    );
    expect(status).toBe(1);
    expect(readFileSync(join(cwd, to)).equals(before)).toBe(true);
  });

  it("but what is not, and pipes and links that are named, are written", async () => {
    const cwd = lab();
    put(cwd, { elsewhere: "old" });
    symlinkSync("elsewhere", join(cwd, "named.svg"));
    expect(await ubootc(["map", "lab.boot", "--svg", "named.svg"], { cwd })).toMatchObject({
      status: 0,
    });
    expect(readFileSync(join(cwd, "elsewhere"), "utf8")).toMatch(/^<svg/);
    const piped = `"${process.execPath}" "${main}" graph lab.boot --svg /dev/stdout | cat`;
    expect(run("sh", ["-c", piped], { cwd }).stdout).toMatch(/^<svg/);
  });
});

it("what an image names is not written through a link", async () => {
  const cwd = lab();
  const script = ["-T", "script", "-d", "lab.csv", "x.scr"];
  expect(await ubootc(["mkimage", "-A", "arm", ...script], { cwd })).toMatchObject({ status: 0 });
  mkdirSync(join(cwd, "parts"));
  symlinkSync("../lab.boot", join(cwd, "parts/part-0"));
  const before = readFileSync(join(cwd, "lab.boot"));
  const { status, stderr } = await ubootc(["inspect", "x.scr", "--extract", "parts"], { cwd });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "ubootc inspect: parts/part-0: is a symbolic link to ../lab.boot; none is followed inside an output folder: remove it\n",
  });
  expect(readFileSync(join(cwd, "lab.boot")).equals(before)).toBe(true);
});
