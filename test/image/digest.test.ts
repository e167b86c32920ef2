// Digests: known answers, the same with and without Node, and keys in PEM.
import { createHash, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as node from "../../src/image/crypto-node.js";
import * as portable from "../../src/image/crypto-portable.js";
import { contentOf, digestSizes, digestsOf } from "../../src/image/index.js";
import { rsaKey } from "../tools/keys.js";

const names = ["md5", "sha1", "sha256", "sha384", "sha512"] as const;
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

it("digests have the values and sizes that everybody knows", () => {
  const wanted = ["crc16-ccitt", "crc32", ...names] as const;
  const digests = digestsOf(contentOf(new TextEncoder().encode("123456789")), wanted);
  expect(hex(digests.get("crc16-ccitt"))).toBe("31c3");
  expect(hex(digests.get("crc32"))).toBe("cbf43926");
  expect(hex(digests.get("md5"))).toBe("25f9e794323b453885f5181f1b624d0b");
  expect(hex(digests.get("sha1"))).toBe("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
  for (const [name, bytes] of digests) expect(bytes).toHaveLength(digestSizes[name]);
});

it.each(names)("%s is the same without Node, in one piece or in two", (name) => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const expected = createHash(name).update(first).update(second).digest("hex");
      for (const { hasher } of [node, portable]) {
        const hash = hasher(name);
        hash.update(first);
        hash.update(second);
        expect(hex(hash.digest())).toBe(expected);
      }
    }),
  );
});

describe("keys", () => {
  it("are read from any form of PEM", () => {
    const { privateKey, publicKey } = rsaKey(2048);
    const forms = [
      privateKey.export({ type: "pkcs8", format: "pem" }),
      privateKey.export({ type: "pkcs1", format: "pem" }),
    ].map(String);
    const key = node.publicKeyFromPem(String(publicKey.export({ type: "spki", format: "pem" })));
    for (const form of forms) expect(node.signerFromPem(form).key).toEqual(key);
    expect(key).toMatchObject({ kind: "rsa", bits: 2048, exponent: 65537n });
  });

  it("that U-Boot does not verify with are refused", () => {
    for (const { privateKey } of [
      generateKeyPairSync("ed25519"),
      generateKeyPairSync("ec", { namedCurve: "secp256k1" }),
    ]) {
      const pem = String(privateKey.export({ type: "pkcs8", format: "pem" }));
      expect(() => node.signerFromPem(pem)).toThrow("neither RSA nor ECDSA");
    }
    expect(() => node.signerFromPem("nothing")).toThrow();
  });

  it("need Node, and say so", () => {
    expect(() => portable.signerFromPem("")).toThrow("FitSigner");
    expect(() => portable.publicKeyFromPem("")).toThrow("FitSigner");
    expect(portable.verifySignature()).toBeUndefined();
  });
});
