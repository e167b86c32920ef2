// Hashes, and later signatures, where there is Node. The same contract as crypto-portable.ts; `#crypto`
// in package.json chooses between the two.
import { createHash } from "node:crypto";
import type { Hasher, HashName } from "./digest.js";

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
