// RSA keys of the tests: worth nothing, and kept in the machine's folder for what is temporary, since a
// large one takes seconds to make.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const pairs = new Map<string, Pair>();

/** The key of `bits` bits of these tests, the same one each time. */
export function rsaKey(bits: number, publicExponent = 65537): Pair {
  const name = `${bits}-${publicExponent}.pem`;
  const pair = pairs.get(name) ?? kept(name) ?? made(name, bits, publicExponent);
  pairs.set(name, pair);
  return pair;
}

/** A private key as most programs write it: PKCS #8 in PEM. */
export const pemOf = (key: KeyObject): string =>
  String(key.export({ type: "pkcs8", format: "pem" }));

const folder = join(tmpdir(), "ubootc-test-keys");

function kept(name: string): Pair | undefined {
  try {
    const privateKey = createPrivateKey(readFileSync(join(folder, name)));
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch {
    return undefined;
  }
}

function made(name: string, modulusLength: number, publicExponent: number): Pair {
  const pair = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  mkdirSync(folder, { recursive: true });
  // In one step: other tests look for it meanwhile.
  const aside = join(folder, `${name}.${process.pid}`);
  writeFileSync(aside, pemOf(pair.privateKey), { mode: 0o600 });
  renameSync(aside, join(folder, name));
  return pair;
}
