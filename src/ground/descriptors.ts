// How many files and sockets this process may have open, so that a server takes on no more than it
// can hold. Node raises the soft limit to the hard one when it starts.
import { readFileSync } from "node:fs";

/** What is taken where the system does not say: the least that POSIX systems give by default. */
const USUAL = 256;

/** The limit of open descriptors of this process; `Infinity` where there is none. */
export function descriptorLimit(): number {
  try {
    // proc(5): the soft limit, then the hard one.
    const [, soft] =
      /^Max open files\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    if (soft === "unlimited") return Number.POSITIVE_INFINITY;
    return soft === undefined ? USUAL : Number(soft);
  } catch {
    return process.platform === "win32" ? 8192 : USUAL;
  }
}

/** Whether `problem` says that this machine, or this process, has no more of something just now. */
export function isExhausted(problem: unknown): boolean {
  const code = problem instanceof Error && "code" in problem ? String(problem.code) : "";
  return ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"].includes(code);
}
