// What a script sets `fdt_high` and `initrd_high` to, where that is all ones on some board.
import { allOnes, setTo } from "../faults/index.js";
import type { Script } from "./script.js";
import { expanded } from "./values.js";

/**
 * The places where `variable` is set to all ones of 32 or 64 bits. A script that starts its kernels with
 * `booti` alone may: an arm64 or RISC-V kernel takes its tree and initrd anywhere, and `booti` has placed
 * them by the address that the script gives.
 */
export function limitsIn({ moments, commands, board }: Script, variable: string) {
  const started = commands.filter(({ name }) => /^boot[imz]$/.test(name));
  if (started.length > 0 && started.every(({ name }) => name === "booti")) return [];
  return moments.flatMap(({ command: { name, args }, before }) => {
    const [text] = setTo(variable, [name, ...args.map((each) => each.text)]) ?? [];
    const value = args.find((each, index) => index > 0 && each.text === text);
    const limit = text === undefined ? undefined : allOnes(expanded(text, before), board?.bits);
    return limit && value ? [{ limit: { ...limit, value: value.text }, at: value.at }] : [];
  });
}
