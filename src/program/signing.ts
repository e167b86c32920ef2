// Keys that FITs are signed with: the file read, and what is said of it held against it.

import { diagnose } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import { fileName } from "../ground/index.js";
import { isKeyName, openKey, type PublicKey, signatureAlgorithm } from "../image/index.js";
import type { SignDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import { readInput } from "./include.js";
import type { Signature } from "./program.js";
import { constantOf, reading, readProperties, word } from "./values.js";

const schema = {
  algorithm: reading("a hash and a key such as sha256,rsa2048", (found) =>
    signatureAlgorithm(found) ? found : undefined,
  ),
  padding: word("pkcs-1.5", "pss"),
  required: word("conf", "image", "no"),
  name: reading("the name of a key: letters, digits, _ and -", (found) =>
    isKeyName(found) ? found : undefined,
  ),
};

/** Resolves a `sign`; undefined, reported, without a key that can sign. */
export function resolveSign(
  { key, properties, span }: SignDeclaration,
  context: Context,
): Signature | undefined {
  const { files, scope, report, keys } = context;
  const read = readProperties("sign", properties, schema, scope, report);
  const path = constantOf(key, scope, report);
  if (path === undefined) return undefined;
  const beside = pathBeside(key.span.source.name, path);
  const bytes = readInput(files, beside, "sign key", key.span, report);
  if (!bytes) return undefined;
  const name = read.name?.value ?? keyHint(path);
  const pem = new TextDecoder().decode(bytes);
  const { signer, isPrivate, fault } = openKey(pem, path, name, keys);
  if (!signer) {
    report(diagnose("key-unreadable", { path, fault }, key.span));
    return undefined;
  }
  const required = read.required?.value ?? "conf";
  const own = keyName(signer.key);
  const algorithm = read.algorithm?.value ?? `sha256,${own}`;
  if (algorithm.split(",")[1] !== own) {
    const labels = [{ span: read.algorithm?.span ?? span }, { span: key.span, text: `${own} key` }];
    report(diagnose("key-mismatch", { algorithm, key: own }, labels));
    return undefined;
  }
  return {
    hint: name,
    span: key.span,
    file: path,
    algorithm,
    padding: read.padding?.value ?? "pkcs-1.5",
    ...(required !== "no" && { required }),
    signer,
    isPrivate,
  };
}

/** How mkimage calls keys of this kind and size. */
function keyName({ kind, bits }: PublicKey): string {
  return `${kind}${bits}`;
}

/** The longest name of a key. */
const LONGEST = 63;

/** `dev` for `keys/dev.development-only.pem`: what is before the first dot, as far as it is a name. */
export function keyHint(path: string): string {
  const name = fileName(path);
  const hint = name.replace(/\..*$/, "").replace(/[^A-Za-z0-9_-]/g, "-");
  return hint.slice(0, LONGEST) || "key";
}
