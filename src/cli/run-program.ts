// Runs a program of this machine for what it prints. There is no shell, so that a word stays a word.
import { type SpawnSyncOptions, spawnSync } from "node:child_process";

/** What came of it: the bytes on its standard output, when it ended with 0. */
export type Printed =
  | { readonly output: Uint8Array; readonly why?: never }
  | {
      readonly output?: never;
      readonly why: string;
      /** The program does not exist. */
      readonly isMissing: boolean;
      /** What it printed on stderr, by lines. */
      readonly said: readonly string[];
    };

/** Larger than any signature or key, in bytes. */
const MOST = 1 << 16;

/** Waits for `program`, which prints a signature or a key. */
export function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  options: SpawnSyncOptions,
): Printed {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    maxBuffer: MOST,
    windowsHide: true,
    ...options,
  });
  const text = String(stderr ?? "").trim();
  const said = text === "" ? [] : text.split(/\s*\n\s*/);
  // A command that does not read its input may still have made a signature.
  if (error && "code" in error && error.code !== "EPIPE") {
    const isMissing = error.code === "ENOENT";
    const why: Readonly<Record<string, string>> = {
      ENOENT: `there is no \`${program}\``,
      ENOBUFS: `\`${program}\` prints more than a signature`,
    };
    return { why: why[String(error.code)] ?? error.message, isMissing, said: [] };
  }
  if (status === 0) return { output: new Uint8Array(Buffer.from(stdout)) };
  const end = signal === null ? `ended with ${status}` : `was ended by ${signal}`;
  return { why: `\`${program}\` ${end}`, isMissing: false, said };
}
