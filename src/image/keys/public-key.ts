// The public half of a key, in numbers.
/** A public key. Numbers are most significant byte first and as long as the key. */
export type PublicKey =
  | {
      readonly kind: "rsa";
      readonly bits: number;
      readonly modulus: bigint;
      readonly exponent: bigint;
    }
  | {
      readonly kind: "ecdsa";
      readonly bits: number;
      readonly x: Uint8Array;
      readonly y: Uint8Array;
    };
