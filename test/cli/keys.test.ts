// `ubootc keys`, mkimage and flows with keys that U-Boot does not verify with, and with names that are none.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkCommand } from "../../src/cli/check.js";
import { keysCommand } from "../../src/cli/keys/keys.js";
import { mkimageCommand } from "../../src/cli/mkimage/mkimage.js";
import { bytesOf, encodeFdt, readItsText } from "../../src/image/index.js";
import { pemOf, rsaKey } from "../tools/keys.js";
import { some } from "../tools/runs.js";
import { emptyFolder, put } from "./cli.js";
import { runInProcess } from "./in-process.js";

const { tree } = readItsText('/dts-v1/; / { compatible = "a,b"; };');
if (!tree) throw new Error("the tree of the tests is no tree");
const control = bytesOf(encodeFdt(tree));

function rsa(bits: number, exponent = 65537, half: "private" | "public" = "private"): string {
  const { privateKey, publicKey } = rsaKey(bits, exponent);
  return half === "private"
    ? pemOf(privateKey)
    : String(publicKey.export({ type: "spki", format: "pem" }));
}

const its = `/dts-v1/; / { description = "x"; images {
  k { description = "k"; data = "K"; type = "script"; compression = "none";
    hash-1 { algo = "sha256"; }; signature-1 { algo = "sha256,rsa2048"; key-name-hint = "dev"; }; };
  }; configurations { default = "c"; c { description = "c"; }; }; };`;

const flow = `board qemu_arm64 { fit_signature yes }
kernel linux from "Image" { load 0x40200000 }
fit os { kernel linux  sign "dev.key" }
script boot on sdcard "boot.scr" { try { boot os } else { shell } }
`;

const sizes = [
  [1024, "private"],
  [1024, "public"],
  [1536, "private"],
  [2040, "private"],
  [2056, "private"],
  [2056, "public"],
  [4104, "public"],
] as const;

describe.each(some(sizes))("an RSA key of %i bits, %s", (bits, half) => {
  it.each([
    ["keys dtsi", keysCommand, ["dtsi", "dev.key"]],
    ["keys dtb", keysCommand, ["dtb", "dev.key", "u-boot.dtb"]],
    ["mkimage", mkimageCommand, ["-k", "FOLDER", "-f", "x.its", "x.itb"]],
    ["check", checkCommand, ["x.boot"]],
  ] as const)("is refused by %s", async (_, command, words) => {
    const cwd = emptyFolder();
    put(cwd, { "dev.key": rsa(bits, 65537, half), "u-boot.dtb": control, "x.its": its });
    put(cwd, { "x.boot": flow, Image: new Uint8Array(64) });
    const args = words.map((word) => (word.includes(".") ? join(cwd, word) : word));
    const inFolder = args.map((word) => (word === "FOLDER" ? cwd : word));
    const { failed, stdout, stderr } = await runInProcess(command(), ...inFolder);
    expect([failed, stdout]).toEqual([true, ""]);
    expect(stderr).toMatch(/of a size that U-Boot does not verify with[\s\S]*2048, 3072 or 4096/);
    expect(readFileSync(join(cwd, "u-boot.dtb")).equals(control)).toBe(true);
    expect(existsSync(join(cwd, "x.itb"))).toBe(false);
  });
});

it.each([
  [2048, 65537],
  [2048, 3],
  [3072, 65537],
])("takes an RSA key of %i bits with exponent %i", async (bits, exponent) => {
  const cwd = emptyFolder();
  put(cwd, { "dev.key": rsa(bits, exponent), "u-boot.dtb": control });
  const args = ["dtb", join(cwd, "dev.key"), join(cwd, "u-boot.dtb")];
  expect(await runInProcess(keysCommand(), ...args)).toMatchObject({ failed: false, stderr: "" });
});

describe("a name of a key", () => {
  const inputs = () => {
    const cwd = emptyFolder();
    put(cwd, { "dev.key": rsa(2048), "u-boot.dtb": control });
    return [join(cwd, "dev.key"), join(cwd, "u-boot.dtb")] as const;
  };
  const long = "x".repeat(64);

  it.each([
    'x"; evil = "y',
    "a b",
    "a/b",
    "../x",
    "",
    "a@1",
    "ä",
    "a\nb",
    "a.b",
    "a\u001b[1m",
    long,
  ])("is not %j", async (name) => {
    const [key, tree] = inputs();
    for (const args of [
      ["dtsi", key],
      ["dtb", key, tree],
    ]) {
      const { failed, stdout, stderr } = await runInProcess(keysCommand(), ...args, "--name", name);
      expect([failed, stdout]).toEqual([true, ""]);
      expect(stderr).toContain("a name has letters, digits, _ and -");
      expect(stderr).not.toContain("\u001b");
    }
    expect(readFileSync(tree).equals(control)).toBe(true);
  });

  it.each(["dev", "a-b_C9", "x".repeat(63)])("may be %j", async (name) => {
    const [key] = inputs();
    const { failed, stdout } = await runInProcess(keysCommand(), "dtsi", key, "--name", name);
    expect(failed).toBe(false);
    expect(stdout).toContain(`key-name-hint = "${name}"`);
  });
});
