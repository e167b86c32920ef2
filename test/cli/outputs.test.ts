// Where commands write: not over what they read, not through a link that a stranger chose, and nothing
// half. What a build does with its folder is in build.test.ts.
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { have, run } from "../tools/tools.js";
import { clientTable, emptyFolder, kernel, main, put, tableFlow, ubootc } from "./cli.js";

function lab(): string {
  const folder = emptyFolder();
  const flow = `${tableFlow}test "boots" {\n  client rack-0\n  expect boot linux\n}\n`;
  put(folder, { "lab.boot": flow, "lab.csv": clientTable(2), "Image.gz": kernel });
  symlinkSync("lab.csv", join(folder, "link"));
  return folder;
}

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

const mayMount = process.getuid?.() === 0 && have("unshare", "mount");
describe.runIf(mayMount)("on a full disk nothing half stays, and the path is said", () => {
  it.each([
    [["keys", "new", "k", "-o", "small"], "small/k.development-only.pem"],
    [["mkimage", "-A", "arm", "-T", "kernel", "-d", "Image.gz", "small/x"], "small/x"],
    [["map", "lab.boot", "--svg", "small/x.svg"], "small/x.svg"],
    [["build", "lab.boot", "--depfile", "small/x.d"], "small/x.d"],
  ])("%j", (args, path) => {
    const cwd = lab();
    mkdirSync(join(cwd, "small"));
    const command = `"${process.execPath}" "${main}" ${args.join(" ")}`;
    // One page, which is taken, and names for a few files.
    const fill =
      "mount -t tmpfs -o size=4k,nr_inodes=9 none small && head -c 4096 /dev/zero >small/.full";
    const steps = `${fill}; ${command} >/dev/null; echo $?; ls -A small`;
    const { stdout, stderr } = run("unshare", ["--mount", "sh", "-c", steps], { cwd });
    expect(stdout).toBe("1\n.full\n");
    expect(stderr).toMatch(new RegExp(`^ubootc [a-z ]+: ${path}: no space left on device$`, "m"));
    expect(readdirSync(join(cwd, "small"))).toEqual([]);
  });
});
