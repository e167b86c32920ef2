// Keys in an engine of OpenSSL, which its program `openssl` loads: PKCS#11's, a vendor's. What they are called
// there: U-Boot lib/rsa/rsa-sign.c of v2023.01, and of v2026.01 for `id=` and `pkcs11:` in -k. Unlike there,
// keys for ECDSA can be in the engine too.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type FitSigner,
  openKey,
  type SigningFailure,
  type SigningRequest,
} from "../image/index.js";
import { faultText } from "./keys/key-means.js";
import { runProgram } from "./run-program.js";

/** Where the PIN of a token is, for mkimage too. An argument would show it to everybody on the machine. */
const PIN = "MKIMAGE_SIGN_PIN";

/** The key `hint` in `engine`, where `prefix` (-k) says which: or why it is not to be had. */
export function engineKey(
  engine: string,
  prefix: string | undefined,
  hint: string,
):
  | { readonly signer: FitSigner; readonly why?: never }
  | { readonly signer?: never; readonly why: string } {
  const id = keyId(engine, prefix, hint, "public");
  const pem = openssl(engine, id, ["pkey", "-inform", "engine", "-in", id, "-pubin", "-pubout"]);
  if (!(pem instanceof Uint8Array)) return pem;
  const secret = keyId(engine, prefix, hint, "private");
  const { signer, fault } = openKey(new TextDecoder().decode(pem), id, hint, {
    elsewhere: () => (request) => signature(engine, secret, request),
  });
  return signer ? { signer } : { why: `${id}: ${faultText(fault)}` };
}

/** What the engine calls that half of the key: for PKCS#11 a URI (RFC 7512). */
function keyId(
  engine: string,
  prefix: string | undefined,
  hint: string,
  half: "public" | "private",
): string {
  if (engine !== "pkcs11") return `${prefix ?? ""}${hint}`;
  const given = prefix?.replace(/^pkcs11:/, "") || undefined;
  const isNamed = given !== undefined && /(^|;)(object|id)=/.test(given);
  return `pkcs11:${[given, isNamed ? undefined : `object=${hint}`, `type=${half}`]
    .filter((attribute) => attribute !== undefined)
    .join(";")}`;
}

function signature(
  engine: string,
  id: string,
  { hash, padding, digest }: SigningRequest,
): Uint8Array | SigningFailure {
  const pss = ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:max"];
  // Not on the standard input: without a terminal, that is where `openssl` looks for a PIN.
  const folder = mkdtempSync(join(tmpdir(), "ubootc-sign-"));
  try {
    const file = join(folder, "digest");
    writeFileSync(file, digest);
    return openssl(engine, id, [
      ...["pkeyutl", "-sign", "-keyform", "engine", "-inkey", id, "-in", file],
      ...["-pkeyopt", `digest:${hash}`, ...(padding === "pss" ? pss : [])],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `openssl` prints with the key `id`; a PIN that is not set, it asks for on the terminal. */
function openssl(
  engine: string,
  id: string,
  [command = "", ...args]: readonly string[],
): Uint8Array | SigningFailure {
  const pin = process.env[PIN] ? ["-passin", `env:${PIN}`] : [];
  const words = [command, "-engine", engine, ...args, ...pin];
  const printed = runProgram(["openssl", ...words], { stdio: ["ignore", "pipe", "pipe"] });
  if (printed.output) return printed.output;
  const { why, isMissing, said } = printed;
  if (isMissing) {
    return { why: `-N ${engine}: ${why}; install it: engines are for OpenSSL's program to load` };
  }
  if (said.some((line) => line.startsWith("Invalid engine"))) {
    return {
      why: `-N ${engine}: OpenSSL has no such engine; install it (pkcs11: libengine-pkcs11-openssl in Debian), \`openssl version -e\` says where`,
    };
  }
  // The first is the cause, the others say who could not go on for it.
  const [reason] = said.flatMap((line) => errorLine.exec(line)?.[1] ?? []);
  const known = reason === undefined ? undefined : reasons[reason];
  const trial = `openssl pkey -engine ${quoted(engine)} -inform engine -in ${quoted(id)} -noout`;
  return { why: `${id}: ${known ?? `${reason ?? why}; see what \`${trial}\` says`}` };
}

/** A line of OpenSSL's error queue: thread, number, library, function and then the reason. */
const errorLine = /^[0-9A-F]+:error:[^:]*:[^:]*:[^:]*:([^:]+):/;

const wrongPin = `the PIN is wrong; set ${PIN} to that of the token`;

/** What the reasons of the engine pkcs11 (libp11) come from, and what to do. */
const reasons: Readonly<Record<string, string>> = {
  "object not found":
    "there is no such key; say where with -k: token=LABEL, or token=LABEL;object=NAME where its name is not the key-name-hint (`pkcs11-tool --list-objects` lists them)",
  "invalid id": "is not a PKCS#11 URI (RFC 7512); -k is a part of one: token=LABEL",
  "PIN incorrect": wrongPin,
  "result too small": wrongPin,
  "result too large": wrongPin,
  "PIN locked": "the token has locked its PIN; unlock it with what came with it",
  "processing error": `the token wants a PIN; set ${PIN} to it, or work on a terminal`,
  "Unable to load PKCS#11 module":
    "there is no PKCS#11 module; set PKCS11_MODULE_PATH to the library of the token",
};

/** `word` as it is typed in a shell. */
function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
