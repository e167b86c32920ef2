// `ubootc inspect`: what it prints about whole, damaged and foreign files.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  bytesOf,
  contentOf,
  encodeUImage,
  gzip,
  type UImageOptions,
} from "../../src/image/index.js";
import { run } from "../tools/tools.js";
import { ubootc } from "./here.js";

const main = resolve(import.meta.dirname, "../../dist/bin/main.js");
const cwd = mkdtempSync(join(tmpdir(), "ubootc-inspect-"));
afterAll(() => rmSync(cwd, { recursive: true }));

function write(name: string, options: Partial<UImageOptions>, cut = 0): void {
  const { image } = encodeUImage({
    type: "script",
    arch: "arm64",
    time: 1700000000,
    payload: contentOf(Buffer.from("echo hi\n")),
    ...options,
  });
  if (!image) throw new Error("no image");
  writeFileSync(join(cwd, name), image.read(0, image.size - cut));
}

function inspect(...args: string[]) {
  return ubootc(["inspect", ...args], { cwd });
}

const kernel = Buffer.alloc(4000);
kernel.writeBigUInt64LE(0x1fee000n, 16);
kernel.write("ARM\x64", 56, "latin1");

write("boot.scr", { name: "test" });
write("cut.scr", {}, 3);
write("evil.scr", { name: "\x1b[2J", payload: contentOf(Buffer.from("echo \x1b[2J\n")) });
write("Image", {
  ...{ type: "kernel", compression: "gzip", load: 0x80000, name: "linux" },
  payload: gzip(contentOf(kernel)),
});
write("multi", {
  type: "multi",
  payload: ["one", "two!"].map((one) => contentOf(Buffer.from(one))),
});
writeFileSync(join(cwd, "text"), "hello\n");
writeFileSync(join(cwd, "Image.gz"), bytesOf(gzip(contentOf(kernel))));

describe("the report", () => {
  it("shows header, checksums and text of a script", async () => {
    expect(await inspect("boot.scr")).toEqual({
      status: 0,
      stderr: "",
      stdout: `boot.scr: legacy image (uImage), file of 80 bytes
  name        test
  created     2023-11-14T22:13:20.000Z
  kind        AArch64 Linux Script (uncompressed)
  load        0x00000000
  entry       0x00000000
  data        16 bytes
  header crc  0x32e81b3a good
  data crc    0xd9340162 good
  file 0      at 0x00000048, 8 bytes: script

echo hi
`,
    });
  });

  it("looks into a packed kernel, in an image or alone", async () => {
    const inside =
      "gzip, unpacks to 4000 bytes (3.9 KiB); in it arm64 Image, 33480704 bytes (31.9 MiB)";
    expect((await inspect("Image")).stdout).toContain(`bytes: ${inside}`);
    expect((await inspect("Image.gz")).stdout).toContain(`Image.gz: ${inside}`);
  });

  it("names damage with its place and exits with 1", async () => {
    const { status, stdout, stderr } = await inspect("cut.scr");
    expect(status).toBe(1);
    expect(stdout).toContain("data crc    0xd9340162 unknown");
    expect(stdout).toContain(
      "damage      at 0x0000004d: the data is cut: 13 of 16 bytes [data-tru",
    );
    expect(stderr).toContain("ubootc inspect: cut.scr: the data is cut: 13 of 16 bytes\n");
  });

  it("lets no image drive the terminal", async () => {
    const { stdout } = await inspect("evil.scr", "--hex");
    expect(stdout).not.toContain("\x1b");
    expect(stdout).toContain("name        \\x1b[2J\n");
    expect(stdout).toContain("\necho \\x1b[2J\n");
  });

  it("--hex shows the header byte by byte", async () => {
    const { stdout } = await inspect("boot.scr", "--hex");
    expect(stdout).toMatch(/^0x0000 {2}27 05 19 56 +magic +0x27051956$/m);
    expect(stdout).toMatch(/^0x001d {2}16 +arch +AArch64$/m);
    expect(stdout).toMatch(/^0x0020 {2}74 65 73 74( 00){12} +name +"test"$/m);
    expect(stdout).toMatch(/^0x0030 {2}00( 00){15}$/m);
  });

  it("--json says the same to programs", async () => {
    const { stdout, status } = await inspect("cut.scr", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      file: "cut.scr",
      size: 77,
      payload: { kind: "uimage", header: { type: 6, arch: 22, dataCrc: 0xd9340162 } },
      names: { type: "script", arch: "arm64", os: "linux", compression: "none" },
      parts: [],
      problems: [
        { code: "data-truncated", expected: 16, found: 13 },
        { code: "part-overlong", expected: 8, found: 5 },
      ],
    });
    expect(JSON.parse((await inspect("Image", "--json")).stdout)).toMatchObject({
      parts: [{ payload: { kind: "compressed" }, inside: { kind: "arm64-image" } }],
    });
    expect(JSON.parse((await inspect("boot.scr", "--json")).stdout)).toMatchObject({
      script: "echo hi\n",
    });
  });
});

describe("--extract", () => {
  it("writes one file to a file, or into a directory that is there", async () => {
    expect((await inspect("boot.scr", "--extract", "boot.cmd")).status).toBe(0);
    expect(readFileSync(join(cwd, "boot.cmd"), "utf8")).toBe("echo hi\n");
    mkdirSync(join(cwd, "here"));
    expect((await inspect("boot.scr", "--extract", "here")).status).toBe(0);
    expect(readFileSync(join(cwd, "here/part-0"), "utf8")).toBe("echo hi\n");
  });

  it("writes several files into a directory", async () => {
    expect((await inspect("multi", "--extract", "new/parts")).status).toBe(0);
    expect(readdirSync(join(cwd, "new/parts"))).toEqual(["part-0", "part-1"]);
    expect(readFileSync(join(cwd, "new/parts/part-1"), "utf8")).toBe("two!");
  });

  it("says so when there is nothing, or no place", async () => {
    expect(await inspect("Image.gz", "--extract", "x")).toMatchObject({
      status: 1,
      stderr: "ubootc inspect: Image.gz: there is nothing to extract\n",
    });
    expect(await inspect("boot.scr", "--extract", "text/x")).toMatchObject({ status: 1 });
    expect((await inspect("multi", "--extract", "text")).stderr).toMatch(/^ubootc inspect: text: /);
  });
});

describe("exit codes", () => {
  it.each([
    { args: ["text"], status: 1, says: "text: is nothing that U-Boot boots" },
    { args: ["none"], status: 1, says: "none: no such file or directory" },
    { args: ["."], status: 1, says: ".: is a directory" },
    { args: [], status: 2, says: "missing required argument" },
    { args: ["boot.scr", "--nonsense"], status: 2, says: "unknown option" },
  ])("$args: $status", async ({ args, status, says }) => {
    expect(await inspect(...args)).toMatchObject({ status, stderr: expect.stringContaining(says) });
  });

  it("asking for help or the version is no mistake", async () => {
    expect(await inspect("--help")).toMatchObject({ status: 0, stderr: "" });
    expect(run(process.execPath, [main, "mkimage", "-V"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^mkimage of ubootc \d/),
    });
  });
});
