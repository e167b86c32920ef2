// `ubootc keys`: keys to sign FITs with while developing, and their public halves for U-Boot. Keys
// for products are made and kept elsewhere; the name of the file says so.
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { Argument, Command, Option } from "commander";
import { openFile, readWhole, tooLarge, writeContent, writeNew } from "../../files/index.js";
import { keySource } from "../../generate/index.js";
import {
  contentOf,
  isKeyName,
  openKey,
  printable,
  readFdt,
  treeWithKey,
} from "../../image/index.js";
import { keyHint } from "../../program/index.js";
import { finish } from "../finish.js";
import { say } from "../write.js";
import { faultText, onlyLooking } from "./key-means.js";
import { givenPassphrase, newPassphrase, PASSPHRASE } from "./passphrase.js";

const curves = { ecdsa256: "P-256", ecdsa384: "P-384" } as const;
const kinds = ["rsa2048", "rsa3072", "rsa4096", "ecdsa256", "ecdsa384"] as const;
type Kind = (typeof kinds)[number];

/** The command. */
export function keysCommand(): Command {
  const keys = new Command("keys").description(
    "make keys for signed FITs, and give them to U-Boot",
  );
  const hash = () =>
    new Option("--hash <name>", "the hash that is signed")
      .choices(["sha256", "sha384", "sha512"])
      .default("sha256");
  keys
    .command("new")
    .description("make a key for development: NAME.development-only.pem")
    .argument("[name]", "the name of the key", "dev")
    .addOption(
      new Option("--algorithm <kind>", "what kind of key").choices(kinds).default("rsa2048"),
    )
    .option(
      "--encrypt",
      `encrypt it with the passphrase in ${PASSPHRASE}, or one that is asked for`,
    )
    .option("-o, --out <dir>", "folder to write to", ".")
    .action(makeKey);
  const described = (command: Command) =>
    command
      .addArgument(new Argument("<key>", "the key, a PEM file: private, public or a certificate"))
      .addOption(hash())
      .option("--name <name>", "the name of the key in U-Boot; that of the file unless given")
      .addOption(
        new Option("--required <what>", "what U-Boot refuses without a signature")
          .choices(["conf", "image"])
          .default("conf"),
      )
      .option("--no-required", "let U-Boot boot what is not signed, too");
  described(
    keys.command("dtsi").description("print the public key as source for U-Boot's device tree"),
  ).action((file: string, flags: Described) => {
    const key = describe(file, flags);
    if (key) process.stdout.write(keySource(key));
  });
  described(keys.command("dtb").description("write the public key into U-Boot's device tree"))
    .argument("<control>", "the device tree of U-Boot, u-boot.dtb, which is changed")
    .action((file: string, control: string, flags: Described) => intoTree(file, control, flags));
  return keys;
}

function nameFault(name: string): string {
  return `${printable(name)}: a name has letters, digits, _ and -, 63 at most`;
}

interface NewFlags {
  readonly algorithm: Kind;
  readonly encrypt?: true;
  readonly out: string;
}

function makeKey(name: string, { algorithm, encrypt, out }: NewFlags): void {
  if (!isKeyName(name)) {
    finish("keys new", [nameFault(name)]);
    return;
  }
  const secret = encrypt && (givenPassphrase() ?? newPassphrase());
  if (encrypt && secret === undefined) {
    const why = process.stdin.isTTY ? "it was not the same twice" : `set ${PASSPHRASE}`;
    finish("keys new", [`--encrypt needs a passphrase: ${why}`]);
    return;
  }
  const file = `${name}.development-only.pem`;
  // Never over a key that is there, and for nobody else to read.
  const pem = new TextEncoder().encode(pemOf(generate(algorithm), secret));
  const problem = writeNew(join(out, file), contentOf(pem), 0o600);
  if (problem) {
    finish("keys new", [problem.message]);
    return;
  }
  say(
    [
      `${join(out, file)}: a private ${algorithm} key, for development only`,
      "",
      "In the flow:",
      "",
      `  sign "${file}"`,
      "",
      "For U-Boot, as source or into a tree that is built:",
      "",
      `  ubootc keys dtsi ${join(out, file)}`,
      `  ubootc keys dtb ${join(out, file)} u-boot.dtb`,
      "",
    ].join("\n"),
  );
}

function generate(kind: Kind): KeyObject {
  if (kind === "ecdsa256" || kind === "ecdsa384") {
    return generateKeyPairSync("ec", { namedCurve: curves[kind] }).privateKey;
  }
  return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(3)) }).privateKey;
}

function pemOf(key: KeyObject, secret: string | undefined): string {
  const plain = { type: "pkcs8", format: "pem" } as const;
  const cipher = "aes-256-cbc";
  return String(key.export(secret ? { ...plain, cipher, passphrase: secret } : plain));
}

interface Described {
  readonly hash: string;
  readonly name?: string;
  readonly required: "conf" | "image" | false;
}

/** The key in `file`; undefined, said, when there is none. */
function describe(file: string, { hash, name, required }: Described) {
  if (name !== undefined && !isKeyName(name)) {
    finish("keys", [nameFault(name)]);
    return undefined;
  }
  const { file: content, problem } = openFile(file);
  if (!content) {
    finish("keys", [problem.message]);
    return undefined;
  }
  const bytes = readWhole(content, "sign key");
  content.close();
  if (!bytes) {
    finish("keys", [tooLarge(file, "sign key")]);
    return undefined;
  }
  const pem = new TextDecoder().decode(bytes);
  const hint = name ?? keyHint(file);
  const { signer, fault } = openKey(pem, file, hint, onlyLooking);
  if (!signer) {
    finish("keys", [`${file}: ${faultText(fault)}`]);
    return undefined;
  }
  const { kind, bits } = signer.key;
  const algorithm = `${hash},${kind}${bits}`;
  return { hint, algorithm, ...(required && { required }), signer };
}

function intoTree(file: string, control: string, flags: Described): void {
  const key = describe(file, flags);
  if (!key) return;
  const { file: content, problem } = openFile(control);
  if (!content) {
    finish("keys dtb", [problem.message]);
    return;
  }
  const { tree, header, problem: fault } = readFdt(content);
  const { hint, algorithm, required, signer } = key;
  const node = { hint, algorithm, key: signer.key, ...(required && { required }) };
  const changed = tree && treeWithKey(tree, header.totalSize, node);
  const failed = changed ? writeContent(control, changed) : undefined;
  content.close();
  if (!tree) finish("keys dtb", [`${control}: is not a device tree: ${fault.message}`]);
  else if (failed) finish("keys dtb", [failed.message]);
  else say(`${control}: has the public key ${hint} now\n`);
}
