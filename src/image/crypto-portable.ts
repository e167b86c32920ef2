// Hashes where there is no Node. The same contract as crypto-node.ts; `#crypto` in package.json
// chooses between the two. Leaves out signatures: a program without Node brings its own signer.
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { Hasher, HashName } from "./digest.js";
import type { PublicKey } from "./keys/public-key.js";
import type { FitSigner } from "./keys/sign.js";

const hashes = { md5, sha1, sha256, sha384, sha512 };

/** Starts a hash. */
export function hasher(name: HashName): Hasher {
  const hash = hashes[name].create();
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.digest(),
  };
}

const WITHOUT_NODE = "keys in PEM are read with Node only: bring a FitSigner of your own";

/** @throws always: there is no reader of keys here. */
export function signerFromPem(_pem: string): FitSigner {
  throw new Error(WITHOUT_NODE);
}

/** @throws always: there is no reader of keys here. */
export function publicKeyFromPem(_pem: string): PublicKey {
  throw new Error(WITHOUT_NODE);
}

/** Nothing can tell here. */
export function verifySignature(): boolean | undefined {
  return undefined;
}
