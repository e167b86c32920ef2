// Numbers as `test` reads them: C's base 0 (simple_strtol in lib/strto.c, cmd/test.c). 0x is
// hexadecimal, a leading 0 octal, and reading stops where no digit follows.

/** A number as far as it goes: a long with a sign. */
export const testNumber = (text: string, bits: 32 | 64): bigint =>
  BigInt.asIntN(bits, unbounded(text));

/** Whether all of `text` is a number, and one that fits: `test` says nothing about any other. */
export function isTestNumber(text: string, bits: 32 | 64): boolean {
  const isNumber = /^-?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(text);
  return isNumber && unbounded(text) === testNumber(text, bits);
}

function unbounded(text: string): bigint {
  const [, sign = "", hex, digits = ""] =
    /^(-?)(?:0[xX]([0-9a-fA-F]*)|(0[0-7]*|[1-9][0-9]*))?/.exec(text) ?? [];
  const octal = digits.length > 1 && digits.startsWith("0");
  const size = BigInt(hex !== undefined ? `0x${hex || 0}` : octal ? `0o${digits}` : digits || 0);
  return sign ? -size : size;
}

const numeric = {
  "<": (a: bigint, b: bigint) => a < b,
  "<=": (a: bigint, b: bigint) => a <= b,
  ">": (a: bigint, b: bigint) => a > b,
  ">=": (a: bigint, b: bigint) => a >= b,
};

/** What compares numbers. */
export type NumericOperator = keyof typeof numeric;

/** Whether `test LEFT OPERATOR RIGHT` holds of two texts. */
export function compareNumbers(
  left: string,
  operator: NumericOperator,
  right: string,
  bits: 32 | 64,
): boolean {
  return numeric[operator](testNumber(left, bits), testNumber(right, bits));
}
