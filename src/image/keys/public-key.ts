// The public half of a key, in numbers, and what U-Boot asks of a key and its name.
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

/** Whether U-Boot verifies with RSA keys of so many bits (include/u-boot/rsa.h). */
export function isRsaSize(bits: number): boolean {
  return [2048, 3072, 4096].includes(bits);
}

/** Whether U-Boot verifies with keys of this size; its exponent is a number of 64 bits. */
export function isVerifiable(key: PublicKey): boolean {
  return key.kind === "ecdsa" || (isRsaSize(key.bits) && key.exponent < 1n << 64n);
}

/** Whether `name` can be that of a key: part of a node's name, of a file's, and a text in source. */
export function isKeyName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,63}$/.test(name);
}
