// Signatures that are made elsewhere: by a command, a token, a service. What comes back is held against
// the public key before anything is written with it. How to ask is the caller's matter.
import { verifySignature } from "#crypto";
import { type Content, concatenate } from "../content.js";
import { type HashName, hashOf } from "../digest.js";
import type { PublicKey } from "./public-key.js";
import type { FitSigner, Padding, SigningFailure } from "./sign.js";

/** What is to be signed, and how. */
export interface SigningRequest {
  readonly hash: HashName;
  readonly padding: Padding;
  readonly data: Content;
  /** The hash of `data`. */
  readonly digest: Uint8Array;
}

/** The signature: for RSA the number, for ECDSA both numbers or the DER of them. Or why there is none. */
export type SignElsewhere = (request: SigningRequest) => Uint8Array | SigningFailure;

/**
 * A signer whose signatures `ask` makes, with the private half of `key`. It asks once for the same
 * bytes, and never again after a failure: a token locks itself when its PIN is wrong a few times.
 */
export function signerElsewhere(key: PublicKey, ask: SignElsewhere): FitSigner {
  const made = new Map<string, Uint8Array>();
  let failure: SigningFailure | undefined;
  return {
    key,
    sign(hash, padding, parts) {
      const digest = hashOf(hash, parts);
      const about = `${hash} ${padding} ${digest.join()}`;
      const before = failure ?? made.get(about);
      if (before) return before;
      const answer = ask({ hash, padding, data: concatenate(parts), digest });
      const fits = (value: Uint8Array) =>
        verifySignature(key, hash, padding, parts, value) !== false;
      const signature =
        answer instanceof Uint8Array
          ? (formsOf(key, answer).find(fits) ?? foreign(answer))
          : answer;
      if (signature instanceof Uint8Array) made.set(about, signature);
      else failure = signature;
      return signature;
    },
  };
}

function foreign({ length }: Uint8Array): SigningFailure {
  return { why: `the ${length} bytes that came back are not a signature of it with this key` };
}

/** What `answer` can mean as a signature in a FIT. */
function formsOf(key: PublicKey, answer: Uint8Array): Uint8Array[] {
  const size = key.bits / 8;
  if (key.kind === "rsa") return answer.length === size ? [answer] : [];
  const plain = numbersIn(answer, size);
  return [...(answer.length === 2 * size ? [answer] : []), ...(plain ? [plain] : [])];
}

/** Both numbers of an ECDSA signature in DER (RFC 3279, 2.2.3), each in `size` bytes. */
function numbersIn(der: Uint8Array, size: number): Uint8Array | undefined {
  const [tag, length = 0] = der;
  if (tag !== 0x30 || length !== der.length - 2) return undefined;
  const result = new Uint8Array(2 * size);
  let at = 2;
  for (const end of [size, 2 * size]) {
    const count = der[at + 1] ?? 0;
    // A zero in front keeps the number positive.
    const number = der.subarray(at + 2, at + 2 + count);
    const digits = number[0] === 0 ? number.subarray(1) : number;
    if (der[at] !== 2 || number.length !== count || digits.length > size) return undefined;
    result.set(digits, end - digits.length);
    at += 2 + count;
  }
  return at === der.length ? result : undefined;
}

/** The DER of DigestInfo up to the digest itself (RFC 8017, 9.2). */
const prefixes: Readonly<Record<HashName, readonly number[]>> = {
  md5: [0x30, 0x20, 0x30, 0x0c, 6, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 2, 5, 5, 0, 4, 0x10],
  sha1: [0x30, 0x21, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0, 4, 0x14],
  sha256: [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20],
  sha384: [0x30, 0x41, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2, 5, 0, 4, 0x30],
  sha512: [0x30, 0x51, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3, 5, 0, 4, 0x40],
};

/** `digest` and the name of its hash, as PKCS#1 v1.5 signs them: what a token that only pads wants. */
export function digestInfo(hash: HashName, digest: Uint8Array): Uint8Array {
  return Uint8Array.from([...prefixes[hash], ...digest]);
}
