// Bytes by hand, for headers.

/** Bytes: text in Latin-1, numbers as bytes, [n, width] little-endian. */
export function bytes(...pieces: (string | number | readonly [number, 2 | 4 | 8])[]): Uint8Array {
  return Buffer.concat(
    pieces.map((piece) => {
      if (typeof piece === "string") return Buffer.from(piece, "latin1");
      if (typeof piece === "number") return Buffer.alloc(piece);
      const number = Buffer.alloc(8);
      number.writeBigUInt64LE(BigInt(piece[0]));
      return number.subarray(0, piece[1]);
    }),
  );
}

/** A kernel for arm64. */
export const image = (code: string, magic: string) =>
  bytes(code, 8 - code.length, [0x80000, 8], [0x1fee000, 8], [0xa, 8], 24, magic, 8);
