// Numbers as U-Boot reads and writes them: reading stops where the digits end and never complains.
// Governed by lib/strto.c and lib/display_options.c.

/** A hexadecimal number at the start of `text`, with or without 0x; 0 when there is none. */
export function hexadecimal(text: string): number {
  return Number(long(text));
}

/** The same with all its digits: more than 64 bits are cut, as they are in an unsigned long. */
export function long(text: string): bigint {
  const digits = /^(?:0[xX])?([0-9a-fA-F]+)/.exec(text)?.[1];
  return digits ? BigInt.asUintN(64, BigInt(`0x${digits}`)) : 0n;
}

/** The same where `text` is nothing but the number. */
export function wholeHexadecimal(text: string): number | undefined {
  return /^(?:0[xX])?[0-9a-fA-F]+$/.test(text) ? hexadecimal(text) : undefined;
}

/** A decimal number at the start of `text`; 0x makes it hexadecimal. */
export function decimal(text: string): number {
  if (/^0[xX]/.test(text)) return hexadecimal(text);
  return Number(/^\d+/.exec(text)?.[0] ?? 0);
}

/** A number in C's notation: 0x is hexadecimal, 0 octal. */
export function anyBase(text: string): number {
  if (/^0[xX]/.test(text)) return hexadecimal(text);
  const octal = /^0([0-7]+)/.exec(text)?.[1];
  return octal ? Number.parseInt(octal, 8) : Number(/^\d+/.exec(text)?.[0] ?? 0);
}

/** As `%lx` writes it. */
export const hex = (value: number, digits = 0): string => value.toString(16).padStart(digits, "0");

const units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** `size` in bytes, rounded: "1.5 MiB". */
export function sizeText(size: number): string {
  const power = Math.min(units.length, Math.floor(Math.log2(Math.max(1, size)) / 10));
  if (power === 0) return `${size} Bytes`;
  const unit = 1024 ** power;
  const tenths = Math.floor((10 * (size % unit) + unit / 2) / unit);
  const whole = Math.floor(size / unit) + (tenths >= 10 ? 1 : 0);
  const name = units[power - 1];
  if (whole === 1024 && power < units.length) return `1 ${units[power]}`;
  return tenths % 10 === 0 ? `${whole} ${name}` : `${whole}.${tenths % 10} ${name}`;
}

/** Yes or no, from the first character: what is not 1, y or t is no. */
export const yes = (value: string): boolean => /^[1yYtT]/.test(value);
