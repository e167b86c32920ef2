// `ubootc mkimage` against Debian's mkimage: the same flags, the same bytes, the same listing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommanderError } from "commander";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { mkimageCommand } from "../../../src/cli/mkimage/mkimage.js";
import { architectures, compressions, operatingSystems } from "../../../src/image/index.js";
import { main } from "../../cli/cli.js";
import { have, run } from "../../tools/tools.js";

const directory = mkdtempSync(join(tmpdir(), "ubootc-mkimage-"));
const ours = join(directory, "ours.img");
const theirs = join(directory, "theirs.img");

/** Sizes around every boundary: of 4 bytes, of the header, of the pieces that are read. */
const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 127, 128, 384, 640, 262143, 262144, 262145];

beforeAll(() => {
  for (const size of sizes) {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31 + size) & 0xff);
    writeFileSync(join(directory, `${size}`), bytes);
    writeFileSync(join(directory, `xip${size}`), Buffer.concat([Buffer.alloc(64, 0xff), bytes]));
  }
  writeFileSync(join(directory, "empty"), "");
  const optee = Buffer.from("OPTE\x02\x01\0\0\x04\0\0\0\0\0\0\0", "latin1");
  const numbers = Buffer.from("\x00\x00\x00\x44\0\0\0\0\0\0\0\0code", "latin1");
  writeFileSync(join(directory, "optee"), Buffer.concat([optee, numbers]));
});
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** 0 fine, 1 refused, 2 not understood: as main.ts makes it. */
  readonly status: number;
}

/** Runs the command in this process. */
function mkimage(args: readonly string[]): Outcome {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      output[name] += text;
      return true;
    });
  }
  let status = 0;
  try {
    mkimageCommand().exitOverride().parse(args, { from: "user" });
    status = Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    status = error.exitCode === 0 ? 0 : 2;
  }
  vi.restoreAllMocks();
  process.exitCode = undefined;
  return { ...output, status };
}

/** `text` with of an address, which mkimage takes from its own memory, what the file decides. */
function comparable(text: string): string {
  return text.replace(/(Offset = 0x)[0-9a-f]*?([0-9a-f]{1,3})$/gm, (_, label, low) => {
    return label + Number.parseInt(low, 16).toString(16);
  });
}

/** Flags, with the names of data files as they are in the directory. */
type Flags = readonly string[];

const types = ["standalone", "kernel", "ramdisk", "firmware", "filesystem", "kernel_noload"];
const tables = ["multi", "script"];
const names = ["n", "x".repeat(31), "x".repeat(32), "x".repeat(40), `${"x".repeat(31)}é`, "a b:c"];
const addresses = ["0", "0x80000", "8000", "DEADbeef", "ffffffff", "0XC0008000"];

const accepted: readonly Flags[] = [
  ["-d", "5"],
  ...[...types, ...tables].flatMap((type) =>
    compressions.rows.map(({ name }) => ["-A", "arm", "-T", type, "-C", name, "-d", "7"]),
  ),
  ...architectures.rows.map(({ name }) => ["-A", name, "-d", "8"]),
  ...operatingSystems.rows
    .filter(({ name }) => name !== "tee" && name !== "elf")
    .map(({ name }) => ["-O", name.toUpperCase(), "-C", "none", "-d", "9"]),
  ["-A", "arm", "-O", "tee", "-d", "optee"],
  ["-A", "arm64", "-O", "tee", "-a", "1000", "-e", "2000", "-d", "optee"],
  ["-A", "arm", "-O", "tee", "-T", "script", "-d", "5"],
  ["-A", "arm", "-O", "tee", "-T", "script", "-d", "optee"],
  ["-A", "arm", "-O", "tee", "-T", "script", "-d", "64:optee:384"],
  ...names.map((name) => ["-A", "arm64", "-n", name, "-d", "3"]),
  ...addresses.flatMap((address) => [
    ["-A", "riscv", "-a", address, "-d", "4"],
    ["-A", "riscv", "-e", address, "-d", "4"],
    ["-A", "riscv", "-a", "0x1000", `-e${address}`, "-d", "4"],
  ]),
  ...sizes.flatMap((size) => [
    ["-A", "mips", "-T", "ramdisk", "-d", `${size}`],
    ["-A", "mips", "-T", "script", "-d", `${size}`],
    ["-A", "mips", "-T", "multi", "-d", `${size}:5:${size}`],
    ["-A", "mips", "-T", "script", "-d", `6:${size}`],
    ["-A", "mips", "-T", "kernel", "-x", "-a", "0x20000", "-d", `xip${size}`],
  ]),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((count) => [
    ...["-T", "multi", "-C", "none", "-d"],
    Array.from({ length: count }, (_, index) => `${index + 1}`).join(":"),
  ]),
  ...types.flatMap((type) => [
    ["-T", type, "-x", "-a", "1000", "-d", "xip9"],
    ["-T", type, "-x", "-a", "1000", "-e", "1234", "-d", "xip9"],
    ["-T", type, "-x", "-s", "-d", "xip9"],
  ]),
  ...[...types, ...tables].map((type) => ["-T", type, "-s", "-n", "header", "-d", "9"]),
  ["-a", "1", "-a", "2", "-d", "3", "-d", "4"],
  // As Linux, OpenWrt and others call it: for MIPS, addresses of 64 bits.
  ["-A", "mips", "-a", "0xffffffff80100000", "-e", "ffffffff80106aa0", "-d", "4"],
  ["-A", "arm", "-a", "+5", "-e", " 8", "-d", "4"],
  ["-A", "arm", "-n", "one", "-R", "two", "-d", "4"],
  ["-Aarm", "-Olinux", "-Tkernel", "-Cnone", "-a8000", "-e8000", "-nname", "-d", "9"],
  ["-A", "arm", "-n", "--arch", "-d", "4"],
  ["-vA", "arm", "-d", "4"],
  ["-v", "-T", "multi", "-d", "3:4"],
];

/** `flags` as both programs get them. */
function argumentsOf(flags: Flags, image: string): string[] {
  return [...flags.map((flag, index) => (flags[index - 1] === "-d" ? inside(flag) : flag)), image];
}

function inside(files: string): string {
  return files
    .split(":")
    .map((file) => join(directory, file))
    .join(":");
}

describe.runIf(have("mkimage"))("the bytes and the listing of mkimage", () => {
  it.each(accepted.map((flags) => ({ flags })))("$flags", ({ flags }) => {
    vi.stubEnv("SOURCE_DATE_EPOCH", "1700000000");
    const expected = run("mkimage", argumentsOf(flags, theirs));
    expect(expected.status, expected.stderr).toBe(0);
    expect(mkimage(argumentsOf(flags, ours))).toEqual({
      stdout: expect.toSatisfy((text) => comparable(text) === comparable(expected.stdout)),
      stderr: expected.stderr,
      status: 0,
    });
    expect(readFileSync(ours).equals(readFileSync(theirs))).toBe(true);
    const listed = run("mkimage", ["-l", ours]).stdout;
    expect(comparable(mkimage(["-l", ours]).stdout)).toBe(comparable(listed));
  });

  // Debian's of 2023.01 has no end to its list of long options, and falls over it where it looks for one.
  it.each([
    [
      ["--arch", "arm", "--comp=none", "--os", "u-boot", "--ty", "firmware"],
      ["-A", "arm", "-C", "none", "-O", "u-boot", "-T", "firmware"],
    ],
    [
      ["--load", "0x10", "--entry-p=20", "--conf", "--os"],
      ["-a", "10", "-e", "20", "-n", "--os"],
    ],
    [
      ["--secondary", "x", "--no-c"],
      ["-R", "x", "-s"],
    ],
    [
      ["--xip", "--verbose"],
      ["-x", "-v"],
    ],
  ])("%s is %s", (long, short) => {
    vi.stubEnv("SOURCE_DATE_EPOCH", "1700000000");
    const expected = run("mkimage", argumentsOf([...short, "-d", "xip9"], theirs));
    expect(mkimage(argumentsOf([...long, "-d", "xip9"], ours))).toEqual(expected);
    expect(readFileSync(ours).equals(readFileSync(theirs))).toBe(true);
  });

  it("a name that is not UTF-8", () => {
    const env = { SOURCE_DATE_EPOCH: "1700000000" };
    for (const [program, file] of [
      [`${process.execPath} ${main} mkimage`, ours],
      ["mkimage", theirs],
    ]) {
      const command = `exec ${program} -n $'caf\\xe9 \\xff' -d ${join(directory, "9")} ${file}`;
      expect(run("bash", ["-c", command], { env }).status).toBe(0);
    }
    expect(readFileSync(ours).equals(readFileSync(theirs))).toBe(true);
  });

  const epochs = ["0", "", "x", " 12", "12x", "-1", "5000000000", "1711846800", "4294967295"];
  it.each(epochs.flatMap((epoch) => ["UTC", "America/New_York"].map((zone) => ({ epoch, zone }))))(
    "SOURCE_DATE_EPOCH=$epoch TZ=$zone",
    ({ epoch, zone }) => {
      vi.stubEnv("SOURCE_DATE_EPOCH", epoch);
      vi.stubEnv("TZ", zone);
      const expected = run("mkimage", argumentsOf(["-d", "5"], theirs));
      expect(mkimage(argumentsOf(["-d", "5"], ours)).stdout).toBe(expected.stdout);
      expect(readFileSync(ours).equals(readFileSync(theirs))).toBe(true);
    },
  );
});

const refused: readonly { flags: Flags; status: number; says: string }[] = [
  { flags: ["-d", "nowhere"], status: 1, says: "no such file" },
  { flags: ["-d", "."], status: 1, says: "is a directory" },
  { flags: ["-d", "empty"], status: 1, says: "is empty" },
  { flags: ["-T", "multi", "-d", "3:empty:4"], status: 1, says: "is empty" },
  { flags: ["-T", "kernel", "-d", "3:4"], status: 1, says: "no such file" },
  { flags: ["-a", "100000000", "-d", "3"], status: 1, says: "load 0x100000000 is not" },
  { flags: ["-e", "100000000", "-d", "3"], status: 1, says: "entry 0x100000000 is not" },
  { flags: ["-x", "-d", "9"], status: 1, says: "64 bytes of 0xff" },
  { flags: ["-x", "-T", "multi", "-d", "xip9:xip8"], status: 1, says: "in place" },
  { flags: ["-O", "tee", "-d", "9"], status: 1, says: "is not the OP-TEE binary" },
  { flags: [], status: 2, says: "-d is missing" },
  { flags: ["-T", "kernel"], status: 2, says: "-d is missing" },
  { flags: ["-A", "sun4", "-d", "3"], status: 2, says: "sparc64" },
  { flags: ["-O", "windows", "-d", "3"], status: 2, says: "linux" },
  { flags: ["-T", "list", "-d", "3"], status: 2, says: "standalone, kernel, ramdisk" },
  { flags: ["-T", "flat_dt", "-d", "3"], status: 2, says: "fdt_legacy" },
  { flags: ["-C", "xz", "-d", "3"], status: 2, says: "zstd" },
  { flags: ["-a", "0x", "-d", "3"], status: 2, says: "not a hexadecimal number" },
  { flags: ["-a", "12zz", "-d", "3"], status: 2, says: "not a hexadecimal number" },
  { flags: ["-a", "0xffffffff00100000", "-d", "3"], status: 1, says: "load 0xffffffff00100000 is" },
  {
    flags: ["--l", "5", "-d", "3"],
    status: 2,
    says: "--l is the beginning of --list, --load-address",
  },
  { flags: ["--nowhere", "5", "-d", "3"], status: 2, says: "unknown option '--nowhere'" },
  { flags: ["-O", "tee", "-T", "multi", "-d", "optee:3"], status: 1, says: "has lengths" },
  {
    flags: ["-T", "kwbimage", "-d", "3"],
    status: 2,
    says: "-T kwbimage is not a type of legacy image",
  },
  { flags: ["-T", "firmware_ivt", "-d", "3"], status: 2, says: "NXP's signing tool" },
  { flags: ["-e", "-1", "-d", "3"], status: 2, says: "not a hexadecimal number" },
  { flags: ["-z"], status: 2, says: "unknown option" },
];

describe("what is refused leaves the old file alone", () => {
  it.each(refused)("$flags: $says", ({ flags, status, says }) => {
    writeFileSync(ours, "old");
    const outcome = mkimage(argumentsOf(flags, ours));
    expect(outcome).toMatchObject({ status, stdout: "", stderr: expect.stringContaining(says) });
    expect(readFileSync(ours, "utf8")).toBe("old");
  });
});

it("-q is silent", () => {
  expect(mkimage(argumentsOf(["-q", "-d", "3"], ours))).toEqual({
    stdout: "",
    stderr: "",
    status: 0,
  });
  expect(mkimage(["-q", "-l", ours])).toEqual({ stdout: "", stderr: "", status: 0 });
});

it("-l tells damage apart from another kind of file", () => {
  mkimage(argumentsOf(["-d", "9"], ours));
  const bytes = readFileSync(ours);
  writeFileSync(ours, bytes.subarray(0, -1));
  expect(mkimage(["-l", ours])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("Data Size:    9 Bytes"),
    stderr: expect.stringContaining("the data is cut: 8 of 9 bytes"),
  });
  writeFileSync(ours, Buffer.alloc(64));
  expect(mkimage(["-l", ours])).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("the magic is 0x00000000"),
  });
});
