// `ubootc import-image`, as a process, with images as they are published: compressed or not.
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { emptyFolder, main, put, ubootc } from "../../cli/cli.js";
import { smallVolume } from "../../fat/small-volume.js";
import { have, run } from "../../tools/tools.js";
import { bootFiles, diskTools, makeDisk, noise, packed } from "../fat/disks.js";

/** All files below `folder`, by their path. */
function filesIn(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path)];
    }),
  );
}

describe.runIf(have(...diskTools, "gzip", "xz", "zstd"))("an image", () => {
  it.each(["gzip", "xz", "zstd"] as const)("packed with %s is imported whole", async (tool) => {
    const cwd = emptyFolder();
    packed(makeDisk(cwd, { bits: 32, table: "dos" }), tool);
    const name = { gzip: "disk.img.gz", xz: "disk.img.xz", zstd: "disk.img.zst" }[tool];
    const outcome = await ubootc(["import-image", name, "-o", "deep/boot"], { cwd });
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    expect(outcome.stdout).toBe(
      `11 files from partition 1 of ${name} in deep/boot, 214160 bytes (209.1 KiB)\n`,
    );
    expect(filesIn(join(cwd, "deep/boot"))).toEqual(bootFiles);
    expect(readdirSync(join(cwd, "deep"))).toEqual(["boot"]);
  });

  it("is listed, as text and as JSON, and nothing is written", async () => {
    const cwd = emptyFolder();
    makeDisk(cwd, { bits: 16, table: "gpt", files: { "config.txt": Buffer.from("a=1\n") } });
    const before = readdirSync(cwd);
    const { stdout } = await ubootc(["import-image", "disk.img", "--list"], { cwd });
    expect(stdout).toBe(
      "partition 1  ebd0a0a2-b9e5-4433-87c0-68b6b72699c7  at 1048576, 16777216 bytes (16.0 MiB)  FAT16\n" +
        "           4  config.txt\n",
    );
    const json = await ubootc(["import-image", "disk.img", "--list", "--json"], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      table: "gpt",
      bits: 16,
      partition: 1,
      files: [{ path: "config.txt", size: 4 }],
      problems: [],
    });
    expect(readdirSync(cwd)).toEqual(before);
  });

  it("is piped in", () => {
    const cwd = emptyFolder();
    const path = makeDisk(cwd, { bits: 16, table: "dos" });
    const command = `cat ${path} | ${process.execPath} ${main} import-image -`;
    expect(run("sh", ["-c", command], { cwd })).toMatchObject({ status: 0, stderr: "" });
    expect(filesIn(join(cwd, "boot"))).toEqual(bootFiles);
  });

  it("takes little memory and time for what lies behind the partition", async () => {
    const cwd = emptyFolder();
    const path = makeDisk(cwd, { bits: 32, table: "dos" });
    // As where a root file system lies behind it.
    truncateSync(path, 256 << 20);
    packed(path, "xz");
    const { status, peak } = await ubootc(["import-image", "disk.img.xz"], { cwd });
    expect(status).toBe(0);
    expect(peak).toBeLessThan(200);
  });
});

describe("an image that cannot be imported", () => {
  const damaged = smallVolume(16, [{ name: "A", size: 9000, cluster: 2 }]);
  const good = smallVolume(16);
  const table = Buffer.alloc(1 << 21);
  table.set([0x55, 0xaa], 510);
  table.set([0x83, 0, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0], 446 + 4);
  const guarded = (name: string) => `ubootc import-image: ${name}`;

  it.each<[string, Record<string, Uint8Array | string>, string[], string]>([
    ["not there", {}, ["x.img"], "x.img: no such file or directory"],
    [
      "of zeros",
      { "x.img": new Uint8Array(4096) },
      ["x.img"],
      "x.img: has neither a partition table nor a FAT file system",
    ],
    [
      "damaged",
      { "x.img": damaged },
      ["x.img"],
      "x.img, the whole disk: A: says it has 9000 bytes, and ends after 1536",
    ],
    [
      "cut",
      { "x.img": good.subarray(0, 20000) },
      ["x.img"],
      `x.img, the whole disk: should have ${good.length} bytes, and has 20000`,
    ],
    ["of Linux only", { "x.img": table }, ["x.img"], "x.img: has no FAT partition"],
    [
      "of Linux, and asked for",
      { "x.img": table },
      ["x.img", "--partition", "1"],
      "x.img, partition 1: holds no FAT file system",
    ],
    [
      "without that partition",
      { "x.img": table },
      ["x.img", "--partition", "2"],
      "x.img: has no partition 2; there is 1",
    ],
    [
      "packed and damaged",
      { "x.img.xz": Buffer.from("\xfd7zXZ\0\0garbage", "latin1") },
      ["x.img.xz"],
      "x.img.xz: cannot be unpacked: is damaged",
    ],
    [
      "packed and cut",
      { "x.img.gz": Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]) },
      ["x.img.gz"],
      "x.img.gz: cannot be unpacked: unexpected end of file",
    ],
    [
      "packed otherwise",
      { "x.img.bz2": Buffer.from("BZh91AY&SY") },
      ["x.img.bz2"],
      "x.img.bz2: is bzip2: pipe it in: bzip2 -dc x.img.bz2 | ubootc import-image -",
    ],
    [
      "in an archive",
      { "x.zip": Buffer.from("PK\x03\x04 and so on") },
      ["x.zip"],
      "x.zip: is zip: pipe it in: unzip -p x.zip | ubootc import-image -",
    ],
    [
      "packed twice",
      { "x.img.gz": gzipSync(gzipSync(good)) },
      ["x.img.gz"],
      "x.img.gz: holds something packed again, with gzip: unpack it first",
    ],
    [
      "for a folder that has files",
      { "x.img": good, "boot/mine": "x" },
      ["x.img"],
      "boot: is there already, and not empty",
    ],
    [
      "for a file",
      { "x.img": good, boot: "x" },
      ["x.img"],
      "boot: is there already, and is not a folder",
    ],
  ])("%s", async (_, files, args, problem) => {
    const cwd = emptyFolder();
    put(cwd, files);
    const before = readdirSync(cwd, { recursive: true });
    const { status, stdout, stderr } = await ubootc(["import-image", ...args], { cwd });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: `${guarded(problem)}\n`,
    });
    expect(readdirSync(cwd, { recursive: true })).toEqual(before);
  });

  const packings: readonly (readonly [end: string, tool: string, level: string])[] = [
    ["gz", "gzip", "-1"],
    ["xz", "xz", "-0"],
    ["zst", "zstd", "-q1"],
  ];
  const tools = packings.map(([, tool]) => tool);

  /** An image with files at its beginning and much that nobody wants behind them, packed. */
  function packedImage(cwd: string, [end, tool, level]: (typeof packings)[number]): Buffer {
    put(cwd, { "x.img": Buffer.concat([good, noise(300_000, 5)]) });
    run("sh", ["-c", `${tool} ${level} <x.img >x.img.${end} && rm x.img`], { cwd });
    return readFileSync(join(cwd, `x.img.${end}`));
  }

  it.runIf(have(...tools)).each(packings)(
    "damaged, cut or followed by something far behind the files: .%s",
    async (...packing) => {
      const cwd = emptyFolder();
      const name = `x.img.${packing[0]}`;
      const whole = packedImage(cwd, packing);
      const flipped = Buffer.from(whole);
      flipped[whole.length - 5000] = (flipped[whole.length - 5000] ?? 0) ^ 1;
      const followed = Buffer.concat([whole, Buffer.from("garbage!")]);
      for (const bytes of [flipped, whole.subarray(0, whole.length - 5000), followed]) {
        put(cwd, { [name]: bytes });
        const { status, stdout, stderr } = await ubootc(["import-image", name], { cwd });
        expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
        expect(stderr).toMatch(/^ubootc import-image: x\.img\.\w+: cannot be unpacked: .+\n$/);
        expect(readdirSync(cwd)).toEqual([name]);
      }
      put(cwd, { [name]: whole });
      expect((await ubootc(["import-image", name], { cwd })).status).toBe(0);
    },
    60_000,
  );

  it.runIf(have(...tools)).each(packings)("piped in packed: .%s", (...packing) => {
    const cwd = emptyFolder();
    packedImage(cwd, packing);
    const [end, tool] = packing;
    const command = `cat x.img.${end} | ${process.execPath} ${main} import-image -`;
    const { status, stderr } = run("sh", ["-c", command], { cwd });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `${guarded("standard input")}: is ${tool}: unpack it first: ${tool} -dc IMAGE | ubootc import-image -\n`,
    });
    expect(readdirSync(cwd)).toEqual([`x.img.${end}`]);
  });

  it("cut anywhere on its way in leaves nothing", () => {
    const cwd = emptyFolder();
    put(cwd, { "x.img": good });
    for (const size of [0, 1, 511, 512, 513, 4096, 20_000, 40_961]) {
      const command = `head -c ${size} x.img | ${process.execPath} ${main} import-image -`;
      const { status, stdout, stderr } = run("sh", ["-c", command], { cwd });
      expect({ size, status, stdout }).toEqual({ size, status: 1, stdout: "" });
      expect(stderr).toMatch(/^ubootc import-image: standard input.*\n$/);
      expect(readdirSync(cwd)).toEqual(["x.img"]);
    }
  }, 240_000);

  it("on its way in is read to the end, so that who writes it ends well", () => {
    const cwd = emptyFolder();
    put(cwd, { "x.img": Buffer.concat([good, Buffer.alloc(1 << 20)]) });
    const command = `{ cat x.img; echo $? >&2; } | ${process.execPath} ${main} import-image -`;
    expect(run("sh", ["-c", command], { cwd })).toMatchObject({ status: 0, stderr: "0\n" });
  });

  it("is a matter of usage where the number is none", async () => {
    const { status, stderr } = await ubootc(["import-image", "x", "--partition", "one"], {
      cwd: emptyFolder(),
    });
    expect(status).toBe(2);
    expect(stderr).toContain("a number such as 1 was expected");
  });

  it("may have its partition far behind: that is said, not waited for", async () => {
    const cwd = emptyFolder();
    const far = Buffer.from(table);
    far.set([0x0c, 0, 0, 0, 0, 0, 0, 0xf0, 0, 8, 0, 0], 446 + 4);
    put(cwd, { "x.img": far });
    if (!have("gzip")) return;
    run("gzip", ["x.img"], { cwd });
    const { stderr, status } = await ubootc(["import-image", "x.img.gz"], { cwd });
    expect({ stderr, status }).toEqual({
      stderr: `${guarded("the partition ends beyond 16 GiB: unpack the image first")}\n`,
      status: 1,
    });
    expect(existsSync(join(cwd, "boot"))).toBe(false);
  });

  it("goes into a folder that is empty", async () => {
    const cwd = emptyFolder();
    put(cwd, { "x.img": good });
    mkdirSync(join(cwd, "boot"));
    expect(await ubootc(["import-image", "x.img"], { cwd })).toMatchObject({
      status: 0,
      stderr: "",
    });
    expect(Object.keys(filesIn(join(cwd, "boot"))).sort()).toEqual([
      "A LONG NAME in two pieces.dtb",
      "config.txt",
      "empty",
      "kernel8.img",
      "tiny",
    ]);
  });
});
