// Keys that FITs are signed with: the file read, and what is said of it held against it.
import { diagnose } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import {
  bytesOf,
  type FitSigner,
  type PublicKey,
  signatureAlgorithm,
  signerFromPem,
} from "../image/index.js";
import type { SignDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import { openInput } from "./include.js";
import type { Signature } from "./program.js";
import { constantOf, reading, readProperties, word } from "./values.js";

const schema = {
  algorithm: reading("a hash and a key such as sha256,rsa2048", (found) =>
    signatureAlgorithm(found) ? found : undefined,
  ),
  padding: word("pkcs-1.5", "pss"),
  required: word("conf", "no"),
  name: reading("the name of a key: letters, digits, _ and -", (found) =>
    /^[A-Za-z0-9_-]{1,63}$/.test(found) ? found : undefined,
  ),
};

/** Resolves a `sign`; undefined, reported, without a key that can sign. */
export function resolveSign(
  { key, properties, span }: SignDeclaration,
  context: Context,
): Signature | undefined {
  const { files, scope, report } = context;
  const read = readProperties("sign", properties, schema, scope, report);
  const path = constantOf(key, scope, report);
  if (path === undefined) return undefined;
  const content = openInput(files, pathBeside(key.span.source.name, path), key.span, report);
  if (!content) return undefined;
  let signer: FitSigner;
  try {
    signer = signerFromPem(new TextDecoder().decode(bytesOf(content)), context.passphrase);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(diagnose("key-unreadable", { path, why }, key.span));
    return undefined;
  }
  const own = keyName(signer.key);
  const algorithm = read.algorithm?.value ?? `sha256,${own}`;
  if (algorithm.split(",")[1] !== own) {
    const labels = [{ span: read.algorithm?.span ?? span }, { span: key.span, text: `${own} key` }];
    report(diagnose("key-mismatch", { algorithm, key: own }, labels));
    return undefined;
  }
  return {
    hint: read.name?.value ?? keyHint(path),
    span: key.span,
    file: path,
    algorithm,
    padding: read.padding?.value ?? "pkcs-1.5",
    required: read.required?.value !== "no",
    signer,
  };
}

/** How mkimage calls keys of this kind and size. */
function keyName({ kind, bits }: PublicKey): string {
  return `${kind}${bits}`;
}

/** `dev` for `keys/dev.development-only.pem`: what is before the first dot, as far as it is a name. */
export function keyHint(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/\..*$/, "").replace(/[^A-Za-z0-9_-]/g, "-") || "key";
}
