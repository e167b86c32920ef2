// What commands leave on a full disk. Needs unshare, mount and root.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../cli/cli.js";
import { lab } from "../../cli/outputs.js";
import { have, run } from "../../tools/tools.js";

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
