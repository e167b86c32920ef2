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

/**
 * The places where `variable` is set to all ones of 32 or 64 bits. A script that starts its kernels with
 * `booti` alone may: an arm64 or RISC-V kernel takes its tree and initrd anywhere, and `booti` has placed
 * them by the address that the script gives.
 */
export function limitsIn({ moments, commands, board }: Script, variable: string) {
  const started = commands.filter(({ name }) => /^boot[imz]$/.test(name));
  if (started.length > 0 && started.every(({ name }) => name === "booti")) return [];
  return moments.flatMap(({ command: { name, args }, before }) => {
    const words = name === "setenv" ? args : name === "env" ? args.slice(1) : [];
    const [first, value] = words.filter(({ text }) => !/^-[a-z]$/.test(text));
    if (first?.text !== variable || !value) return [];
    const digits = /^(?:0x)?(f{8}|f{16})$/i.exec(expanded(value.text, before))?.[1];
    const bits = board?.bits ?? (digits?.length === 16 ? 64 : 32);
    if (digits === undefined || (digits.length === 16 && bits === 32)) return [];
    const limit: Limit = { value: value.text, stays: digits.length === bits / 4, bits };
    return [{ limit, at: value.at }];
  });
}
