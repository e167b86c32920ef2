// What setexpr and itest have in common: operands, and memory that somebody else has.

/** The bytes that `*address` reads. */
export interface WordMemory {
  /** `length` bytes from `address`; fewer where memory ends. */
  read(address: number, length: number): Uint8Array;
}

/** What a command knows of its board. */
export interface DataOptions {
  /** Default: there is none, and `*address` is 0. */
  readonly memory?: WordMemory;
}

/** How many bytes the operands have: what comes after the dot of a command says it. */
export type Width = 1 | 2 | 4 | 8 | "text" | "wrong";

const widths: Readonly<Record<string, Width>> = { b: 1, w: 2, l: 4, s: "text" };

/** The width that `called` asks for, as in `itest.b`. Default: 4 bytes. */
export function widthOf(called: string, bits: 32 | 64): Width {
  const letter = /\.(.)$/s.exec(called)?.[1];
  if (letter === undefined) return 4;
  return letter === "q" && bits === 64 ? 8 : (widths[letter] ?? "wrong");
}

/** A hexadecimal number as far as it goes, with or without 0x. What does not fit is cut off. */
export function hexNumber(text: string, bits: 32 | 64): bigint {
  const [, digits = ""] = /^(?:0[xX](?=[0-9a-fA-F]))?([0-9a-fA-F]*)/.exec(text) ?? [];
  return BigInt.asUintN(bits, digits === "" ? 0n : BigInt(`0x${digits}`));
}

/** A number in memory, the least byte first. */
export function numberAt(memory: WordMemory | undefined, address: bigint, length: number): bigint {
  const bytes = [...(memory?.read(Number(address), length) ?? [])];
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The text in memory up to a NUL, at most 64 KiB, as UTF-8. */
export function textAt(memory: WordMemory | undefined, address: bigint): string {
  const bytes = memory?.read(Number(address), 0x10000) ?? new Uint8Array();
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
