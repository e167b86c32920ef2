// `ubootc check` on scripts that somebody wrote by hand, in every container they come in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, put } from "./cli.js";
import { ubootc } from "./here.js";

const script = "# first\n\nexport console ttyS0\n";

/** A folder with the script as text and in images. */
async function folderWithImages(): Promise<string> {
  const cwd = emptyFolder();
  const its = `/dts-v1/;
/ {
  description = "scripts";
  images {
    one { description = "one"; type = "script"; compression = "none"; data = /incbin/("boot.cmd"); };
    two { description = "two"; type = "script"; compression = "none"; data = /incbin/("fine.cmd"); };
  };
  configurations {
    default = "a";
    a { description = "a"; script = "one"; };
    b { description = "b"; script = "two"; };
  };
};
`;
  put(cwd, { "boot.cmd": script, "fine.cmd": "echo fine\n", "boot.its": its });
  for (const args of [
    ["-A", "arm64", "-T", "script", "-C", "none", "-d", "boot.cmd", "boot.scr"],
    ["-A", "arm64", "-T", "multi", "-C", "none", "-d", "boot.cmd:fine.cmd", "multi.img"],
    ["-f", "boot.its", "boot.itb"],
  ]) {
    const { status, stderr } = await ubootc(["mkimage", ...args], { cwd });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  }
  return cwd;
}

it("finds scripts by content, and keeps their line numbers", async () => {
  const cwd = await folderWithImages();
  for (const name of ["boot.cmd", "boot.scr", "multi.img", "boot.itb#a"]) {
    const { status, stderr } = await ubootc(["check", name], { cwd });
    expect(stderr, name).toContain("error[foreign-shell]: U-Boot's shell has no command `export`");
    expect(stderr, name).toContain(`${name.replace("#a", "")}:3:1`);
    expect(stderr, name).toContain("note: without --board");
    expect(status, name).toBe(1);
  }
});

it("looks at all scripts of a FIT, or at the one that is asked for", async () => {
  const cwd = await folderWithImages();
  const all = await ubootc(["check", "boot.itb"], { cwd });
  expect(all.stderr).toContain("boot.itb:one:3:1");
  for (const args of [["boot.itb#b"], ["boot.itb", "--image", "two"]]) {
    const { status, stderr } = await ubootc(["check", ...args], { cwd });
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  }
  const none = await ubootc(["check", "boot.itb#c"], { cwd });
  expect([none.status, none.stderr]).toEqual([
    1,
    "ubootc check: boot.itb: has no configuration c\n",
  ]);
});

it("prints JSON and SARIF, and obeys -W and allowances", async () => {
  const cwd = emptyFolder();
  put(cwd, { "boot.cmd": script });
  const json = await ubootc(["check", "boot.cmd", "--json"], { cwd });
  expect(JSON.parse(json.stdout).diagnostics).toMatchObject([
    { code: "foreign-shell", labels: [{ start: { line: 3, column: 1 } }] },
  ]);
  await ubootc(["check", "boot.cmd", "--sarif", "out.sarif"], { cwd });
  const log = JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8"));
  expect(log.runs[0].results).toMatchObject([{ ruleId: "foreign-shell", level: "error" }]);
  const off = await ubootc(["check", "boot.cmd", "-W", "foreign-shell=off"], { cwd });
  expect(off.status).toBe(0);
  put(cwd, {
    "boot.cmd": `echo a # ubootc: allow save-wear\n# ubootc: allow foreign-shell ours\n${script}`,
  });
  const allowed = await ubootc(["check", "boot.cmd", "--json"], { cwd });
  expect(JSON.parse(allowed.stdout)).toMatchObject({
    diagnostics: [{ code: "allow-unused" }],
    allowed: [{ code: "foreign-shell", allowed: { why: "ours" } }],
  });
});

it("says what it cannot look at", async () => {
  const cwd = emptyFolder();
  put(cwd, {
    ...{ "boot.cmd": "echo\n", "data.bin": new Uint8Array([1, 2, 3]) },
    "uEnv.txt": "console=ttyS0,115200\nargs=root=/dev/mmcblk0p2 rw\n",
    "extlinux.conf": "label a\n  kernel /Image\n  append rw\n",
    "config.txt": "[pi4]\nkernel=u-boot.bin\narm_64bit=1\n",
  });
  for (const [args, message] of [
    [["no.cmd"], "no.cmd"],
    [["data.bin"], "is no script"],
    [["uEnv.txt"], "is an environment text, which `env import -t` reads"],
    [["extlinux.conf"], "is an extlinux.conf, which `sysboot` reads"],
    [["config.txt"], "is a config.txt, which the firmware of a Raspberry Pi reads"],
    [["boot.cmd", "--board", "rpi3"], "did you mean rpi_3"],
    [["boot.cmd", "--image", "a"], "is no FIT"],
  ] as const) {
    const { status, stderr } = await ubootc(["check", ...args], { cwd });
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  }
});

it.each([
  [["flow.boot", "--board", "rpi_4"], "--board is for scripts; a flow says it: board NAME { … }"],
  [["flow.boot", "--dialect", "old"], "--dialect is for scripts"],
  [["flow.boot", "--root", "."], "--root is for scripts"],
  [["flow.boot", "--commands", "nfs"], "--commands is for scripts; a flow says it: board NAME"],
  [["boot.cmd", "-D", "x=1"], "-D is for flows: a script has no parameters"],
  [["boot.cmd", "--memory", "1G"], "--memory needs --board: it says what differs"],
])("refuses %j: it says nothing about that file", async (args, said) => {
  const cwd = emptyFolder();
  put(cwd, { "flow.boot": "board rpi_3\n", "boot.cmd": "echo\n" });
  const { status, stderr } = await ubootc(["check", ...args], { cwd });
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
});

it("takes the commands and the memory of a board's own build", async () => {
  const cwd = emptyFolder();
  put(cwd, { "boot.cmd": "nfs 0x60000000 /srv/Image\n" });
  const check = (...args: string[]) =>
    ubootc(["check", "boot.cmd", "--board", "rpi_3", ...args], { cwd });
  const plain = await check();
  expect(plain.stderr).toContain("built without `nfs`");
  expect(plain.stderr).toContain("outside-memory");
  const told = await check("--commands", "nfs", "--memory", "2G");
  expect(told.stderr).not.toContain("built without");
  expect(told.stderr).not.toContain("outside-memory");
});
