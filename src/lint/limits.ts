// What a script sets `fdt_high` and `initrd_high` to, where that is all ones on some board.
import type { Script } from "./script.js";
import { expanded } from "./values.js";

/** A limit of all ones. */
interface Limit {
  readonly value: string;
  /** Whether it is what U-Boot on the board takes for "do not move it". */
  readonly stays: boolean;
  readonly bits: number;
}

/** The places where `variable` is set to all ones of 32 or 64 bits. */
export function limitsIn({ moments, board }: Script, variable: string) {
  return moments.flatMap(({ command: { name, args }, before }) => {
    const [first, ...rest] = name === "setenv" ? args : name === "env" ? args.slice(1) : [];
    const [value] = rest;
    if (first?.text !== variable || !value) return [];
    const digits = /^(?:0x)?(f{8}|f{16})$/i.exec(expanded(value.text, before))?.[1];
    const bits = board?.bits ?? (digits?.length === 16 ? 64 : 32);
    if (digits === undefined || (digits.length === 16 && bits === 32)) return [];
    const limit: Limit = { value: value.text, stays: digits.length === bits / 4, bits };
    return [{ limit, at: value.at }];
  });
}
