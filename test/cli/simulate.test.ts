// `ubootc simulate` and `ubootc test` as a user has them: what is printed, and the exit code.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { example } from "../trial/flows.js";
import { emptyFolder, put } from "./cli.js";
import { ubootc } from "./here.js";

const run = (args: readonly string[], cwd = emptyFolder()) => ubootc(args, { cwd });
const flow = example("zero-client");

describe("simulate", () => {
  it("shows the console and how it ended", async () => {
    const { status, stdout, stderr } = await run(["simulate", flow]);
    expect(status).toBe(0);
    expect(stderr).toBe("for bench-1; --client takes another: bench-2\n");
    expect(stdout).toMatch(/^zero-client\.boot:17 {2}BOOTP broadcast 1\n {21}DHCP client bound/);
    expect(stdout).toContain("\nboots linux with pi3\n  kernel    linux-rpi3.uImage, 368 bytes at");
  });

  it.each([
    [
      ["--fault", "tftp linux timeout"],
      1,
      "prompt: netboot failed: zero-client.boot:29: load linux",
    ],
    [["--fault", "tftp pi3 corrupt"], 1, "wrong     the device tree is damaged: a byte of it"],
    [["--fault", 'environment serial# "1"'], 1, "File not found"],
    [["--fault", "dhcp timeout times 1"], 1, "prompt: boot failed: zero-client.boot:17: dhcp"],
    [["--client", "bench-2"], 0, "bootargs  console=ttyS1,115200 root=/dev/nfs"],
    [["--start", "netboot", "--client", "bench-1"], 0, "boots linux with pi3"],
    [["--trace"], 0, "bootm 0x02000000 - 0x05600000"],
    [["--release", "2023.01"], 0, "boots linux"],
  ])("%j: %i", async (args, code, words) => {
    const { status, stdout } = await run(["simulate", flow, ...args]);
    expect(stdout).toContain(words);
    expect(status).toBe(code);
  });

  it.each([
    [["--fault", "tftp linx timeout"], "did you mean `linux`?"],
    [["--start", "nettboot"], "no script is called nettboot; did you mean netboot?"],
    [["--board", "rpi_3"], "--board is for scripts without a flow"],
    [["--env", "x"], "write it as name=value"],
    [["--all-faults", "--depth", "3"], "write 1 or 2"],
  ])("%j is a mistake of the command line", async (args, words) => {
    const { status, stdout, stderr } = await run(["simulate", flow, ...args]);
    expect(stderr).toContain(words);
    expect([status, stdout]).toEqual([2, ""]);
  });

  it("tries every fault", async () => {
    const { status, stdout } = await run(["simulate", flow, "--all-faults"]);
    expect(stdout).toContain("bench-1 and bench-2: boots linux with pi3 when nothing is wrong; 21");
    expect(status).toBe(0);
  });

  it("says all of it to programs", async () => {
    const one = await run(["simulate", flow, "--json"]);
    expect(JSON.parse(one.stdout)).toMatchObject({
      severity: "booted",
      ending: { kind: "booted", kernel: { name: "linux" }, dtb: { name: "pi3" } },
      bootargs: expect.stringContaining("console=tty1"),
    });
    const all = await run(["simulate", flow, "--all-faults", "--json"]);
    const [survey] = JSON.parse(all.stdout);
    expect(survey.rows).toContainEqual({
      faults: ["dhcp timeout"],
      severity: "prompt",
      text: "prompt: boot failed: zero-client.boot:17: dhcp",
      problems: [],
    });
  });
});

const scriptSource = `/dts-v1/;
/ { description = "a script";
  images { default = "script";
    script { data = "echo from a FIT"; type = "script"; compression = "none"; hash-1 { algo = "sha256"; }; }; };
};
`;

describe("simulate, without a flow", () => {
  const script =
    "load virtio 0:1 0x44000000 hello.txt\necho ${greeting} ${filesize}\ntftpboot 0x45000000 192.168.0.1:gone\n";

  it("runs a script with folders for servers and devices", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "card"));
    writeFileSync(join(folder, "card/hello.txt"), "hello");
    writeFileSync(join(folder, "boot.cmd"), script);
    const given = ["--board", "qemu_arm64", "--root", ".", "--device", "virtio 0:1=card"];
    const { status, stdout } = await run(
      ["simulate", "boot.cmd", ...given, "--env", "greeting=size"],
      folder,
    );
    expect(stdout).toContain("boot.cmd:2  size 5\n");
    expect(stdout).toContain("boot.cmd:3  *** ERROR: `ipaddr' not set\n");
    // A line end behind the last line makes a script end well (grammar/README.md).
    expect(status).toBe(0);
  });

  it("runs images", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "boot.cmd"), "echo from an image\n");
    const made = ["-T", "script", "-A", "arm64", "-C", "none", "-d", "boot.cmd", "boot.scr"];
    await run(["mkimage", ...made], folder);
    const { status, stdout } = await run(["simulate", "boot.scr", "--board", "rpi_3"], folder);
    expect([status, stdout]).toEqual([
      0,
      "boot.scr:1  from an image\n\nprompt: the script ended\n  after     0.0 s, 0 packets\n",
    ]);
  });

  it("runs a script of a FIT with --root, and shows it as a trace and as JSON", async () => {
    const folder = emptyFolder();
    const its = `/dts-v1/;
/ { description = "a script"; images { default = "boot"; boot { data = /incbin/("boot.cmd"); type = "script";
    description = "boot"; compression = "none"; }; }; };
`;
    const text = "dhcp 0x44000000 hello.txt && echo got ${filesize}\n";
    put(folder, { "boot.cmd": text, "boot.its": its, "srv/hello.txt": "hello" });
    await run(["mkimage", "-f", "boot.its", "boot.itb"], folder);
    const args = ["simulate", "boot.itb", "--board", "qemu_arm64", "--root", "srv"];
    expect((await run(args, folder)).stdout).toContain(" got 5\n");
    const traced = await run([...args, "--trace"], folder);
    expect(traced.stdout).toContain("echo got 5");
    expect(traced.stdout).toContain("filesize=5");
    const { commands, ending } = JSON.parse((await run([...args, "--json"], folder)).stdout);
    expect(ending).toEqual({ kind: "prompt", status: 0 });
    expect(commands).toMatchObject([
      { words: ["dhcp", "0x44000000", "hello.txt"], status: 0, variables: { filesize: "5" } },
      { words: ["echo", "got", "5"], source: "boot.itb:1" },
    ]);
  });

  it("fails where a script ends well only because its last line has an end", async () => {
    const folder = emptyFolder();
    const text = "itest.b *0x10028 == 0 && echo first\nbooti 0x41000000 - ${fdtcontroladdr}\n\n";
    put(folder, { "boot.cmd": text });
    const { status, stdout } = await run(
      ["simulate", "boot.cmd", "--board", "pine64_plus"],
      folder,
    );
    expect([status, stdout]).toEqual([
      1,
      `boot.cmd:1  first
boot.cmd:2  Bad Linux ARM64 Image magic!

prompt: Bad Linux ARM64 Image magic!
  after     0.0 s, 0 packets
  guessed   that memory holds 0 where nothing was written: 0x00010028
`,
    ]);
  });

  it("goes on behind a command that is not simulated, when told how that ends", async () => {
    const folder = emptyFolder();
    const text = 'if gpio input 12; then echo "low"; else echo "high"; fi\nls virtio 0:1\nboot\n';
    put(folder, { "boot.cmd": text, "card/boot.scr": "x", "card/a/b": "12345" });
    const args = ["simulate", "boot.cmd", "--board", "qemu_arm64", "--device", "virtio 0:1=card"];
    const lost = await run(args, folder);
    expect([lost.status, lost.stdout]).toEqual([
      1,
      `
not known: \`gpio input 12\` is not simulated: it depends on whether the board has the pin, and what level it has
  after     0.0 s, 0 packets
  go on     with --command "gpio input 12=0", which says how it ends
`,
    ]);
    const { status, stdout } = await run([...args, "--command", "gpio input 12=1"], folder);
    expect([status, stdout]).toEqual([
      0,
      `boot.cmd:1  high
boot.cmd:2          1   boot.scr
                        a/

            1 file(s), 1 dir(s)


goes on looking: bootflow scan -lb tries qfw, usb, scsi, virtio, nvme, dhcp; first there is /boot.scr on virtio 0:1
  after     0.0 s, 0 packets
`,
    ]);
  });

  it("runs a script in a FIT, and not one whose hash is another's", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "boot.its"), scriptSource);
    await run(["mkimage", "-q", "-f", "boot.its", "boot.itb"], folder);
    const whole = await run(["simulate", "boot.itb", "--board", "qemu_arm64"], folder);
    expect(whole.status).toBe(0);
    expect(whole.stdout).toContain("from a FIT\n");
    const file = join(folder, "boot.itb");
    const spoilt = readFileSync(file);
    spoilt.write("X", spoilt.indexOf("from a FIT"));
    writeFileSync(file, spoilt);
    const other = await run(["simulate", "boot.itb", "--board", "qemu_arm64"], folder);
    expect(other.status).toBe(1);
    expect(other.stdout).toContain("Bad hash value for 'hash-1' hash node in 'script' image node");
    expect(other.stdout).not.toContain("from a FIT");
  });

  it.each([
    [["boot.cmd", "--board", "rpi_3", "--root", "gone"], 2, "--root: gone is not a folder"],
    [
      ["boot.cmd", "--board", "rpi_3", "--device", "mmc=."],
      2,
      '--device "mmc=.": name a device as "mmc 0:1"',
    ],
    [["boot.cmd", "--board", "rpi_3", "--command", "gpio"], 2, 'write it as "gpio input 12=1"'],
    [["boot.cmd"], 2, "say which board: --board rpi_3"],
    [["boot.cmd", "--board", "rpi_33"], 2, "no board is called rpi_33; did you mean rpi_3_32b?"],
    [["boot.cmd", "--board", "rpi_3", "--client", "a"], 2, "--client is for flows"],
    [["gone.cmd", "--board", "rpi_3"], 1, "gone.cmd: no such file"],
  ])("%j: %i", async (args, code, words) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "boot.cmd"), script);
    const { status, stderr } = await run(["simulate", ...args], folder);
    expect(stderr).toContain(words);
    expect(status).toBe(code);
  });
});

describe("what a flow does not put there", () => {
  const text = `board qemu_arm64
script boot on sdcard "boot.scr" {
  try { uboot "gpio set 4" } else { fail "no gpio" }
  load "extra.txt" to 0x50000000 from mmc 1:2
  print "got \${filesize}"
}
test "it loads" { expect no console "no gpio" }
`;
  const lab = () => {
    const folder = emptyFolder();
    put(folder, { "a.boot": text, "card/extra.txt": "hello" });
    return folder;
  };

  it("is on the devices that are given", async () => {
    const words = ["simulate", "a.boot", "--command", "gpio=0", "--device", "mmc 1:2=card"];
    const { stdout } = await run(words, lab());
    expect(stdout).toContain("got 5\n");
    const without = await run(words.slice(0, -2), lab());
    expect(without.stdout).toContain("boot failed: a.boot:4: load extra.txt");
  });

  it("is how commands end in tests, too", async () => {
    const tests = [["gpio=0"], ["gpio=1"]].map(([command = ""]) =>
      run(["test", "a.boot", "--command", command], lab()),
    );
    const outputs = (await Promise.all(tests)).map(({ stdout }) => stdout);
    expect(outputs[0]).toContain("1 passed, 0 failed");
    expect(outputs[1]).toContain("0 passed, 1 failed");
  });
});

describe("test", () => {
  it("runs the tests of a flow", async () => {
    const { status, stdout } = await run(["test", flow]);
    expect(stdout).toMatch(/^✓ both boards boot, .*\n(✓ .*\n){3}\n4 passed, 0 failed\n$/);
    expect(status).toBe(0);
  });

  it("shows what was missed, with the end of the console", async () => {
    const folder = emptyFolder();
    const text = 'board qemu_arm64\nscript boot on sdcard "boot.scr" { print "hello" }\n';
    writeFileSync(join(folder, "a.boot"), `${text}test "nothing" {\n  expect fail\n}\n`);
    const { status, stdout } = await run(["test", "a.boot"], folder);
    expect(status).toBe(1);
    expect(stdout).toBe(`✗ nothing (0.0 s on the board)
  a.boot:3: the board
    a.boot:4: expected the scripts fail
              found    prompt: the script ended
    | hello

0 passed, 1 failed
`);
    const tap = await run(["test", "a.boot", "--tap", "--junit", "out.xml"], folder);
    expect(tap.stdout).toMatch(/^TAP version 13\n1\.\.1\nnot ok 1 - nothing\n {2}---\n/);
    expect(readFileSync(join(folder, "out.xml"), "utf8")).toContain(
      '<testsuite name="a.boot" tests="1" failures="1" errors="0"',
    );
    expect(tap.status).toBe(1);
  });

  it("is for flows", async () => {
    const { status, stderr } = await run(["test", "boot.cmd"]);
    expect([status, stderr]).toEqual([
      2,
      "ubootc test: boot.cmd is not a flow: those end in .boot; `ubootc simulate` runs scripts, `ubootc import` makes flows of them\n",
    ]);
  });

  it("runs those that are asked for", async () => {
    const { stdout } = await run(["test", flow, "--filter", "half"]);
    expect(stdout).toContain("1 passed, 0 failed");
    const none = await run(["test", flow, "--filter", "hlaf a kernel is not started"]);
    expect(none.stderr).toContain('did you mean "half a kernel is not started"?');
    expect(none.status).toBe(1);
  });
});
