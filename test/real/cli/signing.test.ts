// Keys that a build does not simply have: encrypted ones, whose passphrase is typed on a terminal, and
// ones that only a command can sign with: OpenSSL's, and PKCS#11's with a token made in software.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { bytesOf, contentOf, encodeFdt, readItsText, verifyFit } from "../../../src/image/index.js";
import { emptyFolder, kernel, main, put, ubootc } from "../../cli/cli.js";
import { Program } from "../../tools/program.js";
import { find, have, run } from "../../tools/tools.js";

const flow = (key: string) =>
  `board qemu_arm64 { fit_signature yes }
server 192.168.0.250
sign "${key}" { name "dev" ${key.endsWith("#pss") ? "padding pss" : ""} }
kernel linux from "Image.gz"
fit os { kernel linux }
script boot on sdcard "boot.scr" as fit { try { boot os } else { shell } }
`.replace("#pss", "");

const { tree: control } = readItsText('/dts-v1/; / { compatible = "acme,board"; };');
if (!control) throw new Error("the control tree of the tests is no tree");
const controlTree = bytesOf(encodeFdt(control));

let cwd = "";

beforeEach(() => {
  cwd = emptyFolder();
  put(cwd, { "Image.gz": kernel, "u-boot.dtb": controlTree });
});

function openssl(line: string): void {
  const { status, stderr } = run("openssl", line.split(" "), { cwd });
  if (status !== 0) throw new Error(stderr);
}

/** What U-Boot with the public half `key` makes of the FIT of a build. */
async function verdict(key: string, out = "out"): Promise<string | undefined> {
  const { status, stderr } = await ubootc(["keys", "dtb", "--name", "dev", key, "u-boot.dtb"], {
    cwd,
  });
  expect([status, stderr]).toEqual([0, ""]);
  const [itb, keys] = [`${out}/tftp/os.itb`, "u-boot.dtb"].map((name) =>
    contentOf(readFileSync(join(cwd, name))),
  );
  if (!itb || !keys) throw new Error("nothing was made");
  return verifyFit(itb, keys).configurations[0]?.verdict;
}

/** Runs the command on a terminal in `cwd`, and types `answers`, each when it is asked. */
async function typing(
  args: readonly string[],
  questions: readonly (readonly [string, string])[],
  env: Readonly<Record<string, string>> = {},
) {
  const words = [process.execPath, main, ...args].map((word) => `'${word}'`).join(" ");
  const settings = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
  const line = `cd '${cwd}' && NO_COLOR=1 ${settings.join(" ")} ${words}`;
  const terminal = new Program(find("script") ?? "script", ["-qec", line, "/dev/null"]);
  for (const [question, answer] of questions) {
    await terminal.waitFor(question, 20_000);
    terminal.type(answer);
  }
  await terminal.waitForEnd(20_000);
  return { status: terminal.exitCode, output: terminal.output };
}

describe.runIf(have("openssl", "script"))("an encrypted key", { timeout: 240_000 }, () => {
  const build = ["build", "flow.boot"];

  beforeEach(() => {
    openssl("genrsa -aes256 -passout pass:correct -traditional -out dev.pem 2048");
    put(cwd, { "flow.boot": flow("dev.pem") });
  });

  it("is asked for on a terminal, where nobody sees what is typed", async () => {
    // A letter too much taken back, and a line begun anew.
    const typed = "nothing\x15correctx\x7f\r";
    const { status, output } = await typing(build, [["Passphrase of dev.pem: ", typed]]);
    expect(status).toBe(0);
    expect(output).not.toContain("correct");
    expect(await ubootc(["keys", "dtb", "dev.pem", "u-boot.dtb"], { cwd })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("dev.pem: is encrypted, and no passphrase was given"),
    });
    openssl("rsa -in dev.pem -passin pass:correct -pubout -out public.pem");
    expect(await verdict("public.pem")).toBe("boots");
  });

  it("is refused with another passphrase, and nothing is written", async () => {
    const typed = await typing(build, [["Passphrase of dev.pem: ", "wrong\r"]]);
    expect(typed.status).toBe(1);
    expect(typed.output).toContain(
      "error[key-unreadable]: `dev.pem` does not open with this passphrase",
    );
    const env = { UBOOTC_KEY_PASSPHRASE: "wrong" };
    const set = await ubootc(build, { cwd, env });
    expect(set.status).toBe(1);
    expect(set.stderr).toContain("`dev.pem` does not open with this passphrase");
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });

  it("is left alone when it is interrupted", async () => {
    const { status } = await typing(build, [["Passphrase of dev.pem: ", "corr\x03"]]);
    expect(status).toBe(130);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });

  it("cannot be asked for without a terminal", async () => {
    const { status, stderr } = await ubootc(build, { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain("help: set UBOOTC_KEY_PASSPHRASE to its passphrase");
  });

  it("signs in mkimage's place, too", async () => {
    mkdirSync(join(cwd, "keys"));
    openssl("genrsa -aes256 -passout pass:correct -out keys/dev.key 2048");
    put(cwd, { "os.its": source });
    const args = ["mkimage", "-f", "os.its", "-k", "keys", "os.itb"];
    const wrong = await typing(args, [["Passphrase of keys/dev.key: ", "wrong\r"]]);
    expect(wrong.status).toBe(1);
    expect(wrong.output).toContain("keys/dev.key: does not open with this passphrase");
    expect(existsSync(join(cwd, "os.itb"))).toBe(false);
    const right = await typing(args, [["Passphrase of keys/dev.key: ", "correct\r"]]);
    expect(right.status).toBe(0);
    expect(right.output).toContain("Signature written to 'os.itb'");
  });

  it("is made with a passphrase that is typed twice", async () => {
    const args = ["keys", "new", "lab", "--encrypt"];
    const twice = (second: string) =>
      typing(args, [
        ["New passphrase: ", "one\r"],
        ["Once more: ", `${second}\r`],
      ] as const);
    const other = await twice("two");
    expect([other.status, existsSync(join(cwd, "lab.development-only.pem"))]).toEqual([1, false]);
    expect(other.output).toContain("it was not the same twice");
    expect((await twice("one")).status).toBe(0);
    openssl("pkey -in lab.development-only.pem -passin pass:one -noout");
  });
});

const source = `/dts-v1/;
/ { description = "os";
  images { linux { data = "kernel"; type = "kernel"; arch = "arm64"; os = "linux"; compression = "none";
    load = <0>; entry = <0>; hash-1 { algo = "sha256"; }; signature-1 { algo = "sha256,rsa2048"; key-name-hint = "dev"; }; }; };
  configurations { default = "conf"; conf { kernel = "linux";
    signature-1 { algo = "sha256,rsa2048"; key-name-hint = "dev"; }; }; };
};
`;

describe.runIf(have("openssl"))("a command that signs", { timeout: 240_000 }, () => {
  beforeEach(() => {
    openssl("genrsa -out secret.pem 2048");
    openssl("req -batch -new -x509 -subj /CN=test -key secret.pem -out dev.crt");
    openssl("ecparam -name prime256v1 -genkey -noout -out secret-ec.pem");
    openssl("pkey -in secret-ec.pem -pubout -out ec.pem");
  });

  it.each([
    [
      "the digest",
      "dev.crt",
      "openssl pkeyutl -sign -inkey secret.pem -pkeyopt digest:sha256",
      "digest",
    ],
    ["a DigestInfo", "dev.crt", "openssl pkeyutl -sign -inkey secret.pem", "digest-info"],
    ["everything", "dev.crt", "openssl dgst -sha256 -sign secret.pem", "data"],
    [
      "the digest, padded as PSS",
      "dev.crt#pss",
      "openssl pkeyutl -sign -inkey secret.pem -pkeyopt digest:sha256 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:max",
      "digest",
    ],
    [
      "the digest, answered in DER",
      "ec.pem",
      "openssl pkeyutl -sign -inkey secret-ec.pem",
      "digest",
    ],
  ])("gets %s", async (_, key, command, input) => {
    put(cwd, { "flow.boot": flow(key) });
    const flags = ["--sign-command", command, "--sign-input", input];
    const { status, stderr } = await ubootc(["build", "flow.boot", ...flags], { cwd });
    expect(stderr).not.toContain("error");
    expect(status).toBe(0);
    expect(await verdict(key.replace("#pss", ""))).toBe("boots");
    // The call of mkimage beside it could not be made with half a key.
    expect(readFileSync(join(cwd, "out/server/os.its"), "utf8")).not.toContain("-G");
    if (key !== "dev.crt") return;
    put(cwd, { "flow.boot": flow("secret.pem") });
    await ubootc(["build", "flow.boot", "-o", "private"], { cwd });
    for (const name of ["tftp/os.itb", "sdcard/boot.scr"]) {
      const [ours, theirs] = ["out", "private"].map((out) => readFileSync(join(cwd, out, name)));
      expect(ours?.equals(theirs ?? Buffer.alloc(0)), name).toBe(true);
    }
  });

  it.each([
    ["does not exist", "nosuch --sign", "there is no `nosuch`"],
    ["fails", "openssl pkeyutl -sign -inkey nowhere.pem", "`openssl` ended with 1: "],
    ["prints something else", "echo no", "the 3 bytes that came back are not a signature"],
    ["prints nothing", "true", "the 0 bytes that came back are not a signature"],
    ["prints without end", "yes", "`yes` prints more than a signature"],
    [
      "has another key",
      "openssl pkeyutl -sign -inkey other.pem -pkeyopt digest:sha256",
      "the 256 bytes",
    ],
    ["would be another in a shell", "openssl version; cat", "`openssl` ended with 1"],
  ])("is refused when it %s, and nothing is written", async (_, command, why) => {
    openssl("genrsa -out other.pem 2048");
    put(cwd, { "flow.boot": flow("dev.crt") });
    const env = { UBOOTC_SIGN_COMMAND: command };
    const { status, stderr } = await ubootc(["build", "flow.boot"], { cwd, env });
    expect(status).toBe(1);
    expect(stderr).toContain("error[signing-failed]: no signature was made with `dev.crt`: ");
    expect(stderr).toContain(why);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });

  it("is not run again after it failed: a token locks itself", async () => {
    const clients = ["a", "b", "c"].map((name) => `client ${name} { serial "${name}" }\n`).join("");
    const script =
      'script own on tftp "own-${serial#}.scr" for each client as fit { print "{client.name}" }\n';
    put(cwd, {
      "flow.boot": `${flow("dev.crt")}${clients}${script}`,
      "count.sh": 'echo "$UBOOTC_SIGN_KEY $UBOOTC_SIGN_HASH $UBOOTC_SIGN_PADDING" >> runs\nfalse\n',
    });
    const args = ["build", "flow.boot", "--sign-command", "sh count.sh"];
    expect((await ubootc(args, { cwd })).status).toBe(1);
    expect(readFileSync(join(cwd, "runs"), "utf8")).toBe("dev sha256 pkcs-1.5\n");
  });

  it("is never taken from a flow, and not needed to look at one", async () => {
    put(cwd, { "flow.boot": flow("dev.crt") });
    expect((await ubootc(["check", "flow.boot"], { cwd })).status).toBe(0);
    expect((await ubootc(["map", "flow.boot"], { cwd })).status).toBe(0);
    const { status, stderr } = await ubootc(["build", "flow.boot"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain("`dev.crt` has only the public half of a key");
  });

  it("signs what `mkimage` makes, as the key itself would", async () => {
    put(cwd, { "os.its": source });
    mkdirSync(join(cwd, "keys"));
    writeFileSync(join(cwd, "keys/dev.crt"), readFileSync(join(cwd, "dev.crt")));
    const command = "openssl pkeyutl -sign -inkey secret.pem -pkeyopt digest:sha256";
    const env = { SOURCE_DATE_EPOCH: "0", UBOOTC_SIGN_COMMAND: command };
    const make = (file: string, ...flags: string[]) =>
      ubootc(["mkimage", "-f", "os.its", ...flags, file], { cwd, env });
    for (const [file, flags] of [
      ["folder.itb", ["-k", "keys", "-K", "u-boot.dtb", "-r"]],
      ["file.itb", ["-G", "dev.crt"]],
      ["private.itb", ["-G", "secret.pem"]],
    ] as const) {
      const { status, stderr } = await make(file, ...flags);
      expect([status, stderr]).toEqual([0, ""]);
    }
    const [first, ...others] = ["folder", "file", "private"].map((name) =>
      readFileSync(join(cwd, `${name}.itb`)),
    );
    for (const other of others) expect(other.equals(first ?? Buffer.alloc(0))).toBe(true);
    const keys = contentOf(readFileSync(join(cwd, "u-boot.dtb")));
    expect(verifyFit(contentOf(first ?? Buffer.alloc(0)), keys).configurations[0]?.verdict).toBe(
      "boots",
    );
  });
});

/** Where Debian puts the token that is made in software, and OpenSSL its engines. */
const token = "/usr/lib/softhsm/libsofthsm2.so";
const [, engines = "/engines"] =
  /"(.*)"/.exec(run("openssl", ["version", "-e"]).stdout ?? "") ?? [];

/** The command that reaches the token that `softToken` makes. */
const pkcs11 = `pkcs11-tool --module ${token} --token-label lab`;

/** A token in `cwd` with the PIN 5678: what finds it in the environment, and what runs a tool on it. */
function softToken() {
  const env = { SOFTHSM2_CONF: join(cwd, "softhsm2.conf"), PKCS11_MODULE_PATH: token, PIN: "5678" };
  mkdirSync(join(cwd, "tokens"));
  put(cwd, { "softhsm2.conf": `directories.tokendir = ${join(cwd, "tokens")}\n` });
  const tool = (line: string) => {
    const [program = "", ...args] = line.split(" ");
    const { status, stderr } = run(program, args, { cwd, env });
    expect(status, stderr).toBe(0);
  };
  tool("softhsm2-util --init-token --free --label lab --so-pin 1234 --pin 5678");
  return { env, tool };
}

describe.runIf(have("softhsm2-util", "pkcs11-tool", token, "openssl"))(
  "a PKCS#11 token",
  { timeout: 240_000 },
  () => {
    it.each([
      ["rsa:2048", "--mechanism SHA256-RSA-PKCS", "data"],
      ["rsa:2048", "--mechanism RSA-PKCS", "digest-info"],
      ["EC:prime256v1", "--mechanism ECDSA", "digest"],
    ])("signs with its %s key by %s, and not with a wrong PIN", async (kind, mechanism, input) => {
      const { env, tool } = softToken();
      const login = `${pkcs11} --login --pin env:PIN`;
      tool(`${login} --keypairgen --key-type ${kind} --id 01`);
      tool(`${pkcs11} --read-object --type pubkey --id 01 -o key.der`);
      openssl("pkey -pubin -inform DER -in key.der -out key.pem");
      put(cwd, { "flow.boot": flow("key.pem") });
      const command = `${login} --sign --id 01 ${mechanism}`;
      const args = ["build", "flow.boot", "--sign-command", command, "--sign-input", input];
      const wrong = await ubootc(args, { cwd, env: { ...env, PIN: "0000" } });
      expect(wrong.status).toBe(1);
      expect(wrong.stderr).toContain("CKR_PIN_INCORRECT");
      const { status, stderr } = await ubootc(args, { cwd, env });
      expect(stderr).not.toContain("error");
      expect(status).toBe(0);
      expect(await verdict("key.pem")).toBe("boots");
    });
  },
);

describe.runIf(
  have("softhsm2-util", "pkcs11-tool", token, "openssl", "mkimage", join(engines, "pkcs11.so")),
)("an engine of OpenSSL", { timeout: 240_000 }, () => {
  let env: Record<string, string> = {};

  beforeEach(() => {
    const { env: found, tool } = softToken();
    const pair = `${pkcs11} --login --pin env:PIN --keypairgen --key-type`;
    tool(`${pair} rsa:2048 --id 01 --label dev`);
    tool(`${pair} EC:prime256v1 --id 02 --label curve`);
    env = { ...found, MKIMAGE_SIGN_PIN: "5678", SOURCE_DATE_EPOCH: "0" };
    put(cwd, { "os.its": source, "ours.dtb": controlTree, "theirs.dtb": controlTree });
  });

  const made = (name: string) => readFileSync(join(cwd, name));

  const make = (flags: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    ubootc(["mkimage", "-f", "os.its", ...flags, "ours.itb"], { cwd, env: { ...env, ...more } });

  it.each([
    ["-k", "token=lab"],
    ["-k", "token=lab;object=dev"],
    ["-k", "object=dev;id=%01"],
    ["-k", "token=lab;pin-value=5678"],
    ["-G", "is-not-looked-at"],
    [],
  ])("signs with %s %s as for mkimage", async (...keys) => {
    const flags = ["-f", "os.its", "-N", "pkcs11", ...keys, "-r", "-K"];
    const theirs = run("mkimage", [...flags, "theirs.dtb", "theirs.itb"], { cwd, env });
    expect(theirs.status, theirs.stderr).toBe(0);
    const ours = await ubootc(["mkimage", ...flags, "ours.dtb", "ours.itb"], { cwd, env });
    const warning = "ubootc mkimage: warning: nothing is signed with pkcs11: -k is missing\n";
    expect(ours).toMatchObject({ status: 0, stderr: keys.length === 0 ? warning : "" });
    for (const kind of ["itb", "dtb"]) {
      expect(made(`ours.${kind}`).equals(made(`theirs.${kind}`)), kind).toBe(true);
    }
  });

  it.each([
    ["PSS", "dev", 'sha256,rsa2048"; padding = "pss'],
    ["sha512", "dev", "sha512,rsa2048"],
    ["ECDSA", "curve", "sha256,ecdsa256"],
  ])("signs with %s, too", async (_, hint, algorithm) => {
    const text = source.replaceAll("sha256,rsa2048", algorithm).replaceAll('"dev"', `"${hint}"`);
    put(cwd, { "os.its": text });
    const { status, stderr } = await make(["-N", "pkcs11", "-k", "token=lab", "-K", "ours.dtb"]);
    expect([status, stderr]).toEqual([0, ""]);
    const [image, keys] = ["ours.itb", "ours.dtb"].map((name) => contentOf(made(name)));
    if (!image || !keys) throw new Error("nothing was made");
    expect(verifyFit(image, keys).configurations[0]?.verdict).toBe("boots");
  });

  it.runIf(have("script"))("has the PIN asked for on a terminal", async () => {
    const { MKIMAGE_SIGN_PIN: _, ...unset } = env;
    put(cwd, { "os.its": source.replace(/signature-1.*?; }; }; };/, "}; };") });
    const args = ["mkimage", "-f", "os.its", "-N", "pkcs11", "-k", "token=lab", "ours.itb"];
    const typed = await typing(args, [["PIN for lab:", "5678\r"]], unset);
    expect(typed.output).toContain("Signature written to 'ours.itb'");
    expect(typed.status).toBe(0);
  });

  const wrong = "type=private: the PIN is wrong; set MKIMAGE_SIGN_PIN to that of the token";
  const library = "set PKCS11_MODULE_PATH to the library of the token";

  it.each([
    ["another engine", "nosuch", "token=lab", {}, "-N nosuch: OpenSSL has no such engine; install"],
    ["no openssl", "pkcs11", "token=lab", { PATH: "/nowhere" }, "there is no `openssl`; install"],
    [
      "another token",
      "pkcs11",
      "token=no",
      {},
      "token=no;object=dev;type=public: there is no such",
    ],
    ["another name", "pkcs11", "object=no", {}, "pkcs11:object=no;type=public: there is no such"],
    ["a folder", "pkcs11", "/keys", {}, "/keys;object=dev;type=public: is not a PKCS#11 URI"],
    ["a wrong PIN", "pkcs11", "token=lab", { MKIMAGE_SIGN_PIN: "0000" }, wrong],
    ["a short PIN", "pkcs11", "token=lab", { MKIMAGE_SIGN_PIN: "0" }, wrong],
    ["no PIN", "pkcs11", "token=lab", { MKIMAGE_SIGN_PIN: "" }, "set MKIMAGE_SIGN_PIN to it"],
    ["no module", "pkcs11", "token=lab", { PKCS11_MODULE_PATH: "/nowhere.so" }, library],
    [
      "an engine without keys",
      "loader_attic",
      "/keys/",
      {},
      "/keys/dev: no load function; see what `openssl pkey -engine loader_attic ",
    ],
  ])("says what to do with %s, and nothing is written", async (_, engine, place, more, why) => {
    const { status, stderr } = await make(["-N", engine, "-k", place, "-K", "ours.dtb"], more);
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/^ubootc mkimage: [^\n]*\n$/);
    expect(status).toBe(1);
    expect(existsSync(join(cwd, "ours.itb"))).toBe(false);
    expect(made("ours.dtb").equals(controlTree)).toBe(true);
  });

  it("is not asked again after it failed, since a token locks itself", async () => {
    mkdirSync(join(cwd, "bin"));
    put(cwd, { "os.its": source.replace('"dev"', '"other"') });
    writeFileSync(join(cwd, "bin/openssl"), "#!/bin/sh\necho once >> runs\nexit 1\n", {
      mode: 0o755,
    });
    const PATH = `${join(cwd, "bin")}:${process.env.PATH}`;
    const { status } = await make(["-N", "pkcs11", "-k", "token=lab"], { PATH });
    expect(status).toBe(1);
    expect(made("runs").toString()).toBe("once\n");
  });

  it("takes the place of a command that signs: there cannot be both", async () => {
    const { status, stderr } = await make(["-N", "pkcs11", "-k", "", "--sign-command", "true"]);
    expect(status).toBe(2);
    expect(stderr).toContain("cannot be used with option '--sign-command <command>'");
  });
});
