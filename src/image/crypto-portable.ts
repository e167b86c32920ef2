// Hashes where there is no Node. The same contract as crypto-node.ts; `#crypto` in package.json
// chooses between the two. Leaves out signatures: a program without Node brings its own signer.
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { Hasher, HashName } from "./digest.js";

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
