// `ubootc mkimage -f` and `-F` against Debian's mkimage: the same flags, the same files, the same text.
// And `ubootc inspect` of what comes of it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { inspectCommand } from "../../../src/cli/inspect/inspect.js";
import { mkimageCommand } from "../../../src/cli/mkimage/mkimage.js";
import { main } from "../../cli/cli.js";
import {
  controlTree,
  scratch,
  signedSource,
  TIME,
  vectorSource,
  writeInputs,
} from "../../image/fit-bench.js";
import { have, run } from "../../tools/tools.js";
import { writeKeys } from "../image/mkimage-fit.js";

const root = scratch();
const env = { SOURCE_DATE_EPOCH: `${TIME}`, TZ: "UTC" };

/** Two folders with the same inputs, for either program. */
const folders = ["theirs", "ours"].map((name) => join(root, name));
const [theirs = "", ours = ""] = folders;

beforeEach(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeInputs(folder);
    writeFileSync(join(folder, "vector.its"), vectorSource);
    writeFileSync(join(folder, "signed.its"), signedSource({ algorithm: "sha256,rsa2048" }));
    writeFileSync(join(folder, "control.dtb"), controlTree(0).file);
  }
  writeKeys(theirs, "sha256,rsa2048");
  mkdirSync(join(ours, "keys"));
  for (const name of ["dev.key", "dev.crt"]) {
    if (existsSync(join(theirs, "keys", name))) {
      copyFileSync(join(theirs, "keys", name), join(ours, "keys", name));
    }
  }
});

/** Runs a command in this process, in the folder that is ours. */
function ubootc(name: "mkimage" | "inspect", ...args: string[]) {
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      output[stream] += text;
      return true;
    });
  }
  const before = process.cwd();
  process.chdir(ours);
  for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
  const command = name === "mkimage" ? mkimageCommand() : inspectCommand();
  command.exitOverride().parse(args, { from: "user" });
  const status = Number(process.exitCode ?? 0);
  process.chdir(before);
  process.exitCode = undefined;
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  return { status, ...output };
}

/** Runs both with the same flags on the file x.itb, and compares everything they leave. */
function compare(flags: string): void {
  compareAll(flags.split(" "));
}

function compareAll(flags: readonly string[], said = /^$/): void {
  const args = [...flags, "x.itb"];
  const expected = run("mkimage", args, { cwd: theirs, env });
  const found = ubootc("mkimage", ...args);
  expect(found.stderr).toMatch(said);
  expect({ status: found.status, stdout: found.stdout }).toEqual({
    status: expected.status,
    stdout: expected.stdout,
  });
  for (const name of ["x.itb", "control.dtb"]) {
    const [file, other] = folders.map((folder) => readFileSync(join(folder, name)));
    expect(file && other?.equals(file), `${name} of ${flags}`).toBe(true);
  }
}

describe.runIf(have("mkimage", "dtc", "openssl"))("the same as mkimage", () => {
  it.each([
    "-f vector.its",
    "-q -f vector.its",
    "-f vector.its -E",
    "-f vector.its -E -p 2000 -B 8",
    "-f vector.its -k keys",
    "-f signed.its -k keys -K control.dtb -r -c comment",
    "-f signed.its -E -G keys/dev.key -o sha512,rsa2048",
    "-f auto -A arm64 -d kern.bin",
    "-f auto -A arm -O linux -T kernel -C none -a 8000 -e 8040 -n name -d big.bin -b t.dtb -b control.dtb -i three.bin",
    "-f auto -A arm -T firmware -O u-boot -d three.bin -E -B 200",
    "-f auto -A arm -T standalone -d three.bin",
    "-f auto -A ppc -d kern.bin",
    "-f auto -A arm -T flat_dt -d kern.bin",
    "-T flat_dt -f auto -A arm -T tee -O tee -d kern.bin",
    "-f auto -A arm -T invalid -d kern.bin -a ffffffff80100000",
    "-f vector.its -T flat_dt",
    "-A arm64 -O linux -T flat_dt -C none -a 0 -e 0 -n name -f vector.its",
    "-f vector.its -E -B 0 -p 0",
    "-f vector.its -R second",
    "-D -Idts -f vector.its",
    "-f auto -A arm64 -d kern.bin -b t.dtb -g dev -o sha256,rsa2048 -k keys -K control.dtb -r",
  ])("%s", (flags) => compare(flags));

  it("with files that are looked for elsewhere, are empty, or are no files", () => {
    const source = `/dts-v1/;
/include/ "inner.dtsi"
/ { images { a { data = /incbin/("there"); }; b { data = /incbin/("/dev/null"); }; }; };`;
    for (const folder of folders) {
      mkdirSync(join(folder, "one"));
      mkdirSync(join(folder, "an other"));
      writeFileSync(join(folder, "source.its"), source);
      writeFileSync(join(folder, "empty"), "");
      writeFileSync(join(folder, "one", "there"), "first");
      writeFileSync(join(folder, "an other", "there"), "second");
      writeFileSync(join(folder, "an other", "inner.dtsi"), '/ { description = "x"; };');
    }
    const options = [
      "-I dts -O dtb -i one -i 'an other'",
      '-i one -p 2000 -I dts -O dtb --include="an other" -q -W no-unit_address_vs_reg',
      "-Idts -Odtb -ian\\ other -ione -S 4000 -qq",
    ];
    for (const option of options) compareAll(["-D", option, "-f", "source.its"]);
  });

  it.each([["-f"], ["-D", "-I dts -O dtb -p 500", "-E", "-f"]])("from a pipe: %s", (...flags) => {
    const input = vectorSource;
    for (const [folder, program] of [
      [theirs, ["mkimage"]],
      [ours, [process.execPath, main, "mkimage"]],
    ] as const) {
      const [tool = "", ...args] = program;
      const said = run(tool, [...args, ...flags, "-", "x.itb"], { cwd: folder, env, input });
      expect(said.status, said.stderr).toBe(0);
    }
    const [file, other] = folders.map((folder) => readFileSync(join(folder, "x.itb")));
    expect(file && other?.equals(file)).toBe(true);
  });

  it.each([
    "-f auto -A arm -d empty",
    "-f auto -A arm -d /dev/null -E",
    "-f auto -A arm -d kern.bin -b empty -b t.dtb -i empty",
  ])("of empty files: %s", (flags) => {
    for (const folder of folders) writeFileSync(join(folder, "empty"), "");
    compareAll(flags.split(" "), /warning: .*: is empty/);
  });

  it.each([
    ["vector.its", "", "-F"],
    ["vector.its", "", "-F -t"],
    ["vector.its", "", "-F -k keys -E -r -K control.dtb"],
    ["vector.its", "", "-l"],
    ["vector.its", "-E", "-F -E"],
    ["vector.its", "-E", "-F -E -B 100"],
    ["vector.its", "-E", "-l"],
    ["signed.its", "-k keys", "-F -k keys -c new"],
    ["signed.its", "-k keys -r", "-l"],
  ])("%s %s, then %s", (source, first, then) => {
    const args = ["-q", "-f", source, ...first.split(" ").filter((flag) => flag !== ""), "x.itb"];
    run("mkimage", args, { cwd: theirs, env: { ...env, SOURCE_DATE_EPOCH: "1600000000" } });
    copyFileSync(join(theirs, "x.itb"), join(ours, "x.itb"));
    compare(then);
  });
});

describe("mkimage says", () => {
  it.each([
    ["-f nowhere.its x.itb", "nowhere.its: no such file or directory"],
    ["-f auto x.itb", "-f auto needs the image: -d is missing"],
    ["-f auto -d kern.bin -g dev x.itb", "-g needs the algorithm: -o is missing"],
    ["-f vector.its -E -B 3 x.itb", "/: the alignment 0x3 is not a power of two"],
    ["-f vector.its -k keys -K kern.bin x.itb", "kern.bin: is not a device tree: no header"],
    [
      "-f signed.its -k nowhere x.itb",
      /conf-1\/signature-1 is not signed: there is no nowhere.dev.key or nowhere.dev.pem/,
    ],
    ["-f vector.its -G t.dtb x.itb", /^ubootc mkimage: t.dtb: /],
    ["-D -@ -f vector.its x.itb", /-D: -@ of dtc is not known here, or makes another tree/],
    ["-D -Idtb -f vector.its x.itb", /-D: -Idtb makes no image tree: it has to be dts/],
    ["-D -i -f vector.its x.itb", /the value of -i is missing/],
    ["-D $X -f vector.its x.itb", /a shell would read more than words in \$X/],
    ["-f auto -d kern.bin -a 100000000 x.itb", /0x100000000 is not an address of 32 bits/],
    ["-F nowhere.itb", "nowhere.itb: no such file or directory"],
    ["-F t.dtb", /no \/images/],
  ])("%s", (args, expected) => {
    const { status, stderr } = ubootc("mkimage", ...args.split(" "));
    expect(status).toBe(1);
    expect(stderr).toMatch(expected);
  });

  it("where in a source a mistake is", () => {
    writeFileSync(join(ours, "bad.its"), "/dts-v1/;\n/ {\n  a = <&nobody>;\n};\n");
    const { status, stderr } = ubootc("mkimage", "-f", "bad.its", "x.itb");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "ubootc mkimage: bad.its:3:8: there is no node nobody\n",
    });
    expect(existsSync(join(ours, "x.itb"))).toBe(false);
  });

  it("that a key is missing while others are there, and goes on", () => {
    const source = vectorSource.replace(
      "signature-1 {",
      'signature-2 { algo = "sha256,rsa2048"; key-name-hint = "prod"; sign-images = "kernel"; }; signature-1 {',
    );
    writeFileSync(join(ours, "two.its"), source);
    const { status, stderr } = ubootc("mkimage", "-f", "two.its", "-k", "keys", "x.itb");
    expect(status).toBe(0);
    expect(stderr).toContain("warning: /configurations/conf-1/signature-2 is not signed");
  });

  it("nothing about data inside a FIT when it comes from outside", () => {
    expect(ubootc("mkimage", "-q", "-f", "vector.its", "-E", "-p", "2000", "x.itb").status).toBe(0);
    expect(ubootc("mkimage", "-q", "-F", "x.itb").status).toBe(0);
    const { status, stdout } = ubootc("inspect", "--verify", "x.itb");
    // The kernel of these sources is no kernel, which is all that is wrong.
    expect(status).toBe(1);
    expect(stdout).toContain("REFUSED by v2026.10: Bad Linux ARM64 Image magic!");
    expect(stdout).not.toMatch(/damage|WRONG/);
  });
});

describe("inspect", () => {
  /** An Image of arm64 with nothing in it (Documentation/arch/arm64/booting.rst). */
  const kernel = Buffer.alloc(64);
  kernel.writeUInt32LE(0x10000, 16);
  kernel.write("ARMd", 56, "latin1");

  beforeEach(() => writeFileSync(join(ours, "kern.bin"), kernel));

  const make = (...flags: string[]) => {
    const { status, stderr } = ubootc("mkimage", "-q", "-f", "vector.its", ...flags, "x.itb");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  };

  it("shows images, configurations and whether they boot", () => {
    make("-E");
    expect(ubootc("inspect", "x.itb").stdout).toMatchInlineSnapshot(`
      "x.itb: FIT, 1220 bytes (1.2 KiB), file of 1460 bytes (1.4 KiB)
        description   test fit
        created       2023-11-14T22:13:20.000Z
        image kernel-1: k
          kind        arm64 linux kernel (none)
          places      load 0x00080000, entry 0x00080000
          data        data-offset 0x0, 64 bytes: arm64 Image, 65536 bytes (64.0 KiB) in memory, text offset 0x0, flags 0x0
          hash-1      sha256 good
          hash-2      crc32 good
        image fdt-1: d
          kind        arm64 flat_dt (none)
          data        data-offset 0x40, 166 bytes: device tree, 166 bytes, acme,board
          hash-1      sha1 good
        image script-1: s
          kind        script (none)
          data        data-offset 0xe8, 8 bytes: script
          hash-1      md5 good
        remark        /images/script-1: \`source\` reads a script that is not inside the tree since v2023.07 only [script-outside]
        configuration conf-1 (default): boots
          images      kernel kernel-1, fdt fdt-1, script script-1
          signature-1 sha256,rsa2048, key dev, not signed yet
      "
    `);
  });

  it("verifies with the keys of a control tree", () => {
    make("-k", "keys", "-K", "control.dtb", "-r");
    const good = ubootc("inspect", "--verify", "--key", "control.dtb", "x.itb");
    expect(good).toMatchObject({ status: 0, stderr: "" });
    expect(good.stdout).toContain("signed with key-dev");
    make();
    const bad = ubootc("inspect", "--verify", "--key", "control.dtb", "x.itb");
    expect(bad.status).toBe(1);
    expect(bad.stderr).toContain(
      "/configurations/conf-1/signature-1: the configuration is not signed yet",
    );
  });

  it("names damage", () => {
    make("-E");
    const file = readFileSync(join(ours, "x.itb"));
    file.writeUInt8(file.readUInt8(1230) ^ 1, 1230);
    writeFileSync(join(ours, "x.itb"), file);
    const { status, stdout, stderr } = ubootc("inspect", "x.itb");
    expect(status).toBe(1);
    expect(stdout).toContain("hash-1      sha256 WRONG");
    expect(stdout).toContain("configuration conf-1 (default): REFUSED");
    expect(stderr).toContain("/images/kernel-1/hash-1: the data does not have this sha256");
  });

  it("--json says the same to programs", () => {
    make();
    const { fit } = JSON.parse(ubootc("inspect", "--json", "x.itb").stdout);
    expect(fit).toMatchObject({
      description: "test fit",
      images: [{ name: "kernel-1", load: "0x00080000" }, { name: "fdt-1" }, { name: "script-1" }],
      configurations: [{ name: "conf-1", verdict: "boots" }],
    });
  });

  it("writes the data of every image into a directory", () => {
    make("-E");
    expect(ubootc("inspect", "--extract", "out", "x.itb").status).toBe(0);
    expect(readFileSync(join(ours, "out/kernel-1")).equals(kernel)).toBe(true);
    expect(readFileSync(join(ours, "out/script-1"), "utf8")).toBe("echo hi\n");
  });

  it("refuses to verify what is no FIT", () => {
    const { status, stderr } = ubootc("inspect", "--verify", "t.dtb");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        "ubootc inspect: t.dtb: is neither a FIT nor a legacy image, which `--verify` is for\n",
    });
  });
});
