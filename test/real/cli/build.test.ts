// `ubootc build` beside other programs: on a full disk (unshare, mount), without the right to
// write (setpriv), on a terminal (script), and called by make. Each test needs the one it names.
import { chmodSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { kernel, main, otherKernel, put, tableFlow, ubootc } from "../../cli/cli.js";
import { build, lab, marksOf } from "../../cli/lab.js";
import { find, have, run } from "../../tools/tools.js";

const mayMount = process.getuid?.() === 0 && have("unshare", "mount");
it.skipIf(!mayMount)("a folder is as it was on a full disk, which is named", async () => {
  const folder = lab();
  mkdirSync(join(folder, "small"));
  const build = `"${process.execPath}" "${main}" build lab.boot -o small/out; ls -A small`;
  const steps = `mount -t tmpfs -o size=8k,nr_inodes=100 none small && { ${build}; }`;
  const { stdout, stderr } = run("unshare", ["--mount", "sh", "-c", steps], { cwd: folder });
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^ubootc build: small\/out\/[a-z]+\/[^:]+: no space left on device\n$/);
});

// Root may write anywhere, unless that privilege is taken away.
const through =
  process.getuid?.() === 0 ? [find("setpriv") ?? "setpriv", "--bounding-set=-dac_override"] : [];
const canBeRefused = process.platform !== "win32" && (through.length === 0 || have("setpriv"));
it.skipIf(!canBeRefused)("a folder is left alone when it may not be written", async () => {
  const folder = lab();
  await build(folder);
  const before = marksOf(join(folder, "out"));
  put(folder, { "Image.gz": otherKernel });
  const folders = ["out", "out/tftp", "out/sdcard"].map((name) => join(folder, name));
  for (const each of folders) chmodSync(each, 0o555);
  const refused = await ubootc(["build", "lab.boot"], { cwd: folder, through });
  for (const each of folders) chmodSync(each, 0o755);
  expect(refused).toMatchObject({ status: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^ubootc build: out[^:]*: permission denied\n$/);
  expect(marksOf(join(folder, "out"))).toEqual(before);
});

it.skipIf(!have("script"))(
  "ten thousand clients show a progress bar on a terminal",
  async () => {
    const folder = lab(10_000);
    const command = `"${process.execPath}" "${main}" build lab.boot`;
    const options = { cwd: folder, env: { TERM: "xterm", NO_COLOR: "" } };
    const { status, stdout } = run("script", ["-qec", command, "/dev/null"], options);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\d+\/10007 files/);
    expect(stdout).toContain("10007 files in out");
  },
  240_000,
);

describe.skipIf(!have("make"))("--depfile", () => {
  const makefile = (target: string) => `
ubootc = "${process.execPath}" "${main}"
${target}:
	@$(ubootc) build lab.boot -o "$$OUT" --depfile lab.d >/dev/null && echo BUILT
-include lab.d
`;

  it.each([
    ["plain names", "out", "out/manifest.json", "Image.gz"],
    [
      "names with characters that make reads",
      "o u$t#1%:",
      "o\\ u$$t\\#1\\%\\:/manifest.json",
      "Im age$(x)#2%3:\\ .gz",
    ],
  ])(
    "makes make build when it must, with %s",
    async (_, out, target, name) => {
      const folder = lab();
      put(folder, {
        Makefile: makefile(target),
        "lab.boot": `include "in.boot"\n${tableFlow.replace("Image.gz", () => name.replace("\\", "\\\\"))}`,
        "in.boot": "# nothing\n",
        [name]: kernel,
      });
      const make = () => {
        const { stdout, stderr } = run("make", ["--no-print-directory", `${out}/manifest.json`], {
          cwd: folder,
          env: { OUT: out, MAKEFLAGS: "" },
        });
        return { built: stdout.includes("BUILT"), stderr };
      };
      const quiet = { built: false, stderr: "" };
      const built = { built: true, stderr: "" };
      expect(make()).toEqual(built);
      expect(make()).toEqual(quiet);
      for (const input of ["lab.boot", "in.boot", "lab.csv", name]) {
        await pause(20);
        // The same bytes: make sees only the time.
        put(folder, { [input]: readFileSync(join(folder, input)) });
        expect(make(), input).toEqual(built);
        expect(make(), input).toEqual(quiet);
      }
      // An input that goes is no riddle for make, but an error of the flow.
      rmSync(join(folder, name));
      expect(make().stderr).toContain("error[");
    },
    60_000,
  );
});
