// Hashes and signatures where there is Node. The same contract as crypto-portable.ts; `#crypto` in
// package.json chooses between the two.
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { type Content, chunks } from "./content.js";
import type { Hasher, HashName } from "./digest.js";
import { bigEndian, fromBigEndian } from "./keys/key-node.js";
import type { PublicKey } from "./keys/public-key.js";
import type { FitSigner, Padding } from "./keys/sign.js";

/** Starts a hash. */
export function hasher(name: HashName): Hasher {
  const hash = createHash(name);
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => new Uint8Array(hash.digest()),
  };
}

/**
 * A signer with the private key in `pem` (PKCS#1, PKCS#8 or SEC1).
 * `passphrase` is for keys that are encrypted.
 * @throws when there is no such key in it, or one that U-Boot does not verify.
 */
export function signerFromPem(pem: string, passphrase?: string): FitSigner {
  const secret = createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  const key = publicKeyOf(createPublicKey(secret));
  return {
    key,
    sign(hash, padding, parts) {
      const sign = createSign(hash);
      for (const part of parts) for (const piece of chunks(part)) sign.update(piece);
      return new Uint8Array(sign.sign({ key: secret, ...schemeOf(key, padding, hash, "largest") }));
    },
  };
}

/**
 * The public key in `pem`: a certificate or a key.
 * @throws when there is none in it, or one that U-Boot does not verify.
 */
export function publicKeyFromPem(pem: string): PublicKey {
  return publicKeyOf(createPublicKey(pem));
}

/**
 * Whether `signature` is that of `parts` one after the other; undefined where nothing can tell. `salt`
 * is what PSS may have been given: any length, or only the one that the signer here takes.
 */
export function verifySignature(
  key: PublicKey,
  hash: HashName,
  padding: Padding,
  parts: readonly Content[],
  signature: Uint8Array,
  salt: "any" | "largest" = "any",
): boolean | undefined {
  const verify = createVerify(hash);
  for (const part of parts) for (const piece of chunks(part)) verify.update(piece);
  try {
    return verify.verify(
      { key: keyObjectOf(key), ...schemeOf(key, padding, hash, salt) },
      signature,
    );
  } catch {
    // A key whose numbers are no key verifies nothing.
    return false;
  }
}

/**
 * PSS is signed with the largest salt there is room for, as mkimage did before v2025.01: U-Boot before
 * v2022.07 takes no other, later ones take any (lib/rsa/rsa-verify.c).
 */
function schemeOf(key: PublicKey, padding: Padding, hash: HashName, salt: "any" | "largest") {
  if (key.kind === "ecdsa") return { dsaEncoding: "ieee-p1363" as const };
  if (padding === "pkcs-1.5") return { padding: constants.RSA_PKCS1_PADDING };
  const room = key.bits / 8 - createHash(hash).digest().length - 2;
  return {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: salt === "any" ? constants.RSA_PSS_SALTLEN_AUTO : room,
  };
}

const curves = { "P-256": 256, "P-384": 384 } as const;

function publicKeyOf(key: KeyObject): PublicKey {
  const { kty, n, e, crv, x, y } = key.export({ format: "jwk" });
  if (kty === "RSA" && n && e) {
    const modulus = fromBigEndian(Buffer.from(n, "base64url"));
    const exponent = fromBigEndian(Buffer.from(e, "base64url"));
    return { kind: "rsa", bits: modulus.toString(2).length, modulus, exponent };
  }
  if (kty === "EC" && (crv === "P-256" || crv === "P-384") && x && y) {
    const [left, right] = [x, y].map((text) => new Uint8Array(Buffer.from(text, "base64url")));
    if (left && right) return { kind: "ecdsa", bits: curves[crv], x: left, y: right };
  }
  throw new Error("the key is neither RSA nor ECDSA on P-256 or P-384");
}

function keyObjectOf(key: PublicKey): KeyObject {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const jwk: JsonWebKey =
    key.kind === "rsa"
      ? { kty: "RSA", n: text(bigEndian(key.modulus, key.bits / 8)), e: text(exponentOf(key)) }
      : { kty: "EC", crv: `P-${key.bits}`, x: text(key.x), y: text(key.y) };
  return createPublicKey({ key: jwk, format: "jwk" });
}

function exponentOf({ exponent }: Extract<PublicKey, { kind: "rsa" }>): Uint8Array {
  return bigEndian(exponent, Math.ceil(exponent.toString(16).length / 2));
}
