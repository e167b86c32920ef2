// The salt of PSS: what is signed here passes every release of U-Boot, and a signature with another salt
// is told apart. Node's own verifier, told which length to expect, is the independent one.
import { constants, createSign, createVerify } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  type Content,
  contentOf,
  type FitSigner,
  signerFromPem,
  verifyFit,
} from "../../src/image/index.js";
import { isQuick, some } from "../tools/runs.js";
import { controlTree, fitOf, keyFor, signedSource, TIME } from "./fit-bench.js";

const sizes = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;
const padding = constants.RSA_PKCS1_PSS_PADDING;

/** The largest salt that a key of so many bits has room for. */
const largest = (bits: number, hash: keyof typeof sizes) => bits / 8 - sizes[hash] - 2;

describe("a signature made here has the largest salt", () => {
  it.each(
    some(
      ([2048, 3072, 4096] as const).flatMap((bits) =>
        (["sha1", "sha256", "sha384", "sha512"] as const).map((hash) => ({ bits, hash })),
      ),
      99,
    ),
  )("rsa$bits, $hash", ({ bits, hash }) => {
    const key = keyFor(`${hash},rsa${bits}`);
    const data = new TextEncoder().encode("what is signed");
    const signature = signerFromPem(key).sign(hash, "pss", [contentOf(data)]);
    if (!(signature instanceof Uint8Array)) throw new Error(signature.why);
    const verified = [largest(bits, hash), sizes[hash], 0].map((saltLength) =>
      createVerify(hash).update(data).verify({ key, padding, saltLength }, signature),
    );
    expect(verified).toEqual([true, false, false]);
  });
});

/** A signer whose salt has so many bytes. */
function salted(algorithm: string, saltLength: number): FitSigner {
  const key = keyFor(algorithm);
  const sign = (hash: string, _: string, parts: readonly Content[]) => {
    const signing = createSign(hash);
    for (const part of parts) signing.update(bytesOf(part));
    return new Uint8Array(signing.sign({ key, padding, saltLength }));
  };
  return { key: signerFromPem(key).key, sign };
}

/** What is said of the first configuration, signed with such a salt. */
function verdictOf(algorithm: string, saltLength: number, inImage = false) {
  const signature = `algo = "${algorithm}"; key-name-hint = "dev"; padding = "pss";`;
  const inKernel = inImage ? `signature-1 { ${signature} };` : "";
  const source = signedSource({ algorithm, more: 'padding = "pss";', inKernel });
  const signer = salted(algorithm, saltLength);
  const { image, control } = fitOf(source, {
    ...{ time: TIME, control: controlTree(4096) },
    signing: { signerOf: () => signer, required: true, time: TIME },
  });
  if (!control) throw new Error("no control tree");
  return verifyFit(contentOf(image), contentOf(control)).configurations[0];
}

describe("another salt is refused before v2022.07", () => {
  const salts = [
    ["sha256,rsa2048", 222, "boots"],
    ["sha256,rsa2048", 221, "lately"],
    ["sha256,rsa2048", 32, "lately"],
    ["sha256,rsa2048", 20, "lately"],
    ["sha256,rsa2048", 0, "lately"],
    ["sha1,rsa2048", 234, "boots"],
    ["sha1,rsa2048", 20, "lately"],
    ["sha384,rsa3072", 334, "boots"],
    ["sha384,rsa3072", 48, "lately"],
    ["sha512,rsa4096", 446, "boots"],
    ["sha512,rsa4096", 64, "lately"],
  ] as const;
  // Keys of more than 2048 bits take seconds to make.
  it.each(isQuick ? salts.slice(0, 4) : salts)(
    "%s with a salt of %i bytes: %s",
    (algorithm, salt, verdict) => {
      const found = verdictOf(algorithm, salt);
      expect(found?.verdict).toBe(verdict);
      const codes = found?.problems.map(({ code }) => code).filter((code) => code !== "hash-weak");
      expect(codes).toEqual(verdict === "boots" ? [] : ["signature-salt"]);
    },
  );

  it.each([
    [222, "boots"],
    [32, "lately"],
  ] as const)("in the signature of an image too: %i bytes, %s", (salt, verdict) => {
    expect(verdictOf("sha256,rsa2048", salt, true)?.verdict).toBe(verdict);
  });
});
