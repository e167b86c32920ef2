// FITs of a flow, as the command makes them: what is in the files is what mkimage makes of the source
// beside them, keys are safe where they lie, and U-Boot's tree gets their public half.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bytesOf, contentOf, encodeFdt, readItsText, verifyFit } from "../../../src/image/index.js";
import { emptyFolder, kernel, put, ubootc } from "../../cli/cli.js";
import { have, run } from "../../tools/tools.js";

/** A device tree in source, as a file. */
function tree(source: string): Uint8Array {
  const { tree } = readItsText(`/dts-v1/; / { ${source} };`);
  if (!tree) throw new Error("the tree of the tests is no tree");
  return bytesOf(encodeFdt(tree));
}

const inputs = {
  "Image.gz": kernel,
  "boot/virt.dtb": tree('compatible = "linux,dummy-virt"; __symbols__ { bus = "/bus"; }; bus { };'),
  "other.dtb": tree('compatible = "acme,other";'),
  "more.dtbo": tree(
    'fragment-0 { __overlay__ { status = "okay"; }; }; __fixups__ { bus = "/fragment-0:target:0"; };',
  ),
  "initrd.gz": Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
};

const flow = (fit: string) => `board qemu_arm64 { fit_signature yes }
server 192.168.0.250
kernel linux from "Image.gz"
kernel other from "Image.gz" { load 0x48000000  name "the other one" }
dtb virt from "boot/virt.dtb"
dtb another from "other.dtb"
overlay more from "more.dtbo"
initrd ram from "initrd.gz"
${fit}
script boot on sdcard "boot.scr" as fit { try { boot os } else { shell } }
`;

const one = 'config "a" { } config "b" { overlay more }';
const several = `config "a" { kernel linux  dtb virt }
  config "b" { kernel linux  dtb virt  overlay more }
  config "c" { kernel other  dtb another  description "C" }
  default "b"`;

const matrix: readonly (readonly [name: string, fit: string])[] = [
  ["a kernel alone", "fit os { kernel linux }"],
  ["a kernel, a tree and an initrd", "fit os { kernel linux  dtb virt  initrd ram }"],
  ["an overlay", `fit os { kernel linux  dtb virt  ${one} }`],
  ["several configurations", `fit os { initrd ram  ${several} }`],
  ["every hash", "fit os { kernel linux  hash crc32, md5, sha1, sha256, sha384, sha512 }"],
  ["data behind the tree", "fit os { kernel linux  dtb virt  external }"],
  ["aligned data", "fit os { kernel linux  dtb virt  external align 512 }"],
  ["data at a position", "fit os { kernel linux  dtb virt  external at 4096 }"],
  ["a signature", 'fit os { kernel linux  dtb virt  sign "dev.development-only.pem" }'],
  [
    "each image signed",
    'fit os { kernel linux  dtb virt  sign "dev.development-only.pem" { required image } }',
  ],
  [
    "a signature, data behind",
    'fit os { kernel linux  dtb virt  external  sign "dev.development-only.pem" }',
  ],
];

describe.runIf(have("mkimage", "dtc"))("a FIT of a flow", { timeout: 480_000 }, () => {
  it.each(matrix)("has the bytes that mkimage makes of its source: %s", async (_, fit) => {
    const cwd = emptyFolder();
    put(cwd, { ...inputs, "flow.boot": flow(fit) });
    expect((await ubootc(["keys", "new"], { cwd })).status).toBe(0);
    const built = await ubootc(["build", "flow.boot", "-W", "no-fallback=off"], { cwd });
    expect(built.stderr.replace(/^warning\[unused-file\][\s\S]*?\n\n/gm, "")).not.toContain(
      "error",
    );
    expect(built.status).toBe(0);
    const source = readFileSync(join(cwd, "out/server/os.its"), "utf8");
    // The call is in the source; it is made as it stands there, in a shell.
    const [, call = ""] = /^\/\/ (mkimage .*) -f os\.its os\.itb$/m.exec(source) ?? [];
    const shell = `${call} -f out/server/os.its theirs.itb`;
    const made = run("sh", ["-c", shell], { cwd, env: { SOURCE_DATE_EPOCH: "0" } });
    expect(made.status, made.stderr).toBe(0);
    const [ours, theirs] = ["out/tftp/os.itb", "theirs.itb"].map((file) =>
      readFileSync(join(cwd, file)),
    );
    expect(ours?.equals(theirs ?? Buffer.alloc(0))).toBe(true);
  });
});

describe("ubootc keys", { timeout: 480_000 }, () => {
  it.each(["rsa2048", "ecdsa256"])("makes a key that signs: %s", async (algorithm) => {
    const cwd = emptyFolder();
    const fit = 'fit os { kernel linux  sign "lab.development-only.pem" }';
    put(cwd, { ...inputs, "flow.boot": flow(fit) });
    const made = await ubootc(["keys", "new", "lab", "--algorithm", algorithm], { cwd });
    expect(made.stdout).toContain('sign "lab.development-only.pem"');
    expect(statSync(join(cwd, "lab.development-only.pem")).mode & 0o777).toBe(0o600);
    await ubootc(["build", "flow.boot"], { cwd });
    writeFileSync(join(cwd, "u-boot.dtb"), tree('compatible = "acme,board";'));
    const key = ["lab.development-only.pem", "u-boot.dtb"];
    const written = await ubootc(["keys", "dtb", ...key], { cwd });
    expect([written.status, written.stderr]).toEqual([0, ""]);
    const [itb, control] = ["out/tftp/os.itb", "u-boot.dtb"].map((name) =>
      contentOf(readFileSync(join(cwd, name))),
    );
    if (!itb || !control) throw new Error("nothing was made");
    const { configurations } = verifyFit(itb, control);
    expect(configurations.map((each) => each.verdict)).toEqual(["boots"]);
    expect(configurations[0]?.keys).toHaveLength(1);
    const { tree: source } = readItsText(
      `/dts-v1/;\n${readFileSync(join(cwd, "out/server/lab.dtsi"), "utf8")}`,
    );
    if (!source) throw new Error("the public key is no source");
    expect(verifyFit(itb, encodeFdt(source)).configurations[0]?.verdict).toBe("boots");
  });

  it.each(["conf", "image"])("has U-Boot demand a signature: required %s", async (required) => {
    const cwd = emptyFolder();
    const fit = (sign: string) => `fit os { kernel linux  dtb virt ${sign} }`;
    const sign = `sign "dev.development-only.pem" { required ${required} }`;
    put(cwd, { ...inputs, "signed.boot": flow(fit(sign)), "unsigned.boot": flow(fit("")) });
    await ubootc(["keys", "new"], { cwd });
    for (const name of ["signed", "unsigned"]) {
      await ubootc(["build", `${name}.boot`, "-o", name], { cwd });
    }
    const text = readFileSync(join(cwd, "signed/server/dev.dtsi"), "utf8");
    expect(text).toContain(`required = "${required}"`);
    const { tree: source } = readItsText(`/dts-v1/;\n${text}`);
    if (!source) throw new Error("the public key is no source");
    const verdicts = ["signed", "unsigned"].map((name) => {
      const itb = contentOf(readFileSync(join(cwd, name, "tftp/os.itb")));
      return verifyFit(itb, encodeFdt(source)).configurations[0]?.verdict;
    });
    expect(verdicts).toEqual(["boots", "refused"]);
  });

  it("writes over no key", async () => {
    const cwd = emptyFolder();
    put(cwd, { "dev.development-only.pem": "mine\n" });
    const outcome = await ubootc(["keys", "new"], { cwd });
    expect(outcome.status).toBe(1);
    expect(readFileSync(join(cwd, "dev.development-only.pem"), "utf8")).toBe("mine\n");
  });

  it("encrypts a key, which is of use only with the passphrase", async () => {
    const cwd = emptyFolder();
    put(cwd, {
      ...inputs,
      "flow.boot": flow('fit os { kernel linux }\nsign "dev.development-only.pem"'),
    });
    const env = { UBOOTC_KEY_PASSPHRASE: "a bench of one's own" };
    expect((await ubootc(["keys", "new", "--encrypt"], { cwd })).status).toBe(1);
    expect((await ubootc(["keys", "new", "--encrypt"], { cwd, env })).status).toBe(0);
    const without = await ubootc(["check", "flow.boot"], { cwd });
    expect(without.stderr).toContain("set UBOOTC_KEY_PASSPHRASE to its passphrase");
    expect((await ubootc(["check", "flow.boot"], { cwd, env })).status).toBe(0);
  });
});
