// Passphrases of private keys: from the environment, or asked for where somebody sits at a terminal. What
// is typed is not shown, and kept only as long as the process runs.
import { openSync, readSync, writeSync } from "node:fs";

/** Where the passphrase of a private key comes from first. */
export const PASSPHRASE = "UBOOTC_KEY_PASSPHRASE";

/** The passphrase in the environment. */
export function givenPassphrase(): string | undefined {
  return process.env[PASSPHRASE] || undefined;
}

const known = new Map<string, string>();

/** The passphrase of the key in `file`; undefined where none is set and nobody can be asked. */
export function passphraseOf(file: string): string | undefined {
  const passphrase = givenPassphrase() ?? known.get(file) ?? ask(`Passphrase of ${file}: `);
  if (passphrase !== undefined) known.set(file, passphrase);
  return passphrase;
}

/** A new passphrase, typed twice; undefined where nobody can be asked, or it was not the same. */
export function newPassphrase(): string | undefined {
  const passphrase = ask("New passphrase: ");
  return passphrase !== undefined && ask("Once more: ") === passphrase ? passphrase : undefined;
}

/**
 * What is typed after `question`, without showing it; undefined without a terminal, and for nothing.
 * It waits, since a flow is compiled in one go.
 */
function ask(question: string): string | undefined {
  const { stdin, stderr } = process;
  if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined;
  // First: what is typed as soon as the question is there must not be shown.
  stdin.setRawMode(true);
  try {
    writeSync(2, question);
    return typed() || undefined;
  } finally {
    stdin.setRawMode(false);
    writeSync(2, "\n");
  }
}

/** Ended by ctrl-C, as shells have it. */
const INTERRUPTED = 130;

/** The bytes up to the end of the line, as far as they were not taken back. */
function typed(): string {
  // Node reads its own descriptor without waiting, which Windows does not mind.
  const terminal = process.platform === "win32" ? process.stdin.fd : openSync("/dev/tty", "r");
  const line: number[] = [];
  const byte = new Uint8Array(1);
  while (readSync(terminal, byte) > 0) {
    const [key = 0] = byte;
    if (key === 3) {
      process.stdin.setRawMode(false);
      process.exit(INTERRUPTED);
    }
    if (key === 4 || key === 10 || key === 13) break;
    if (key === 8 || key === 127) eraseCharacter(line);
    else if (key === 21) line.length = 0;
    else line.push(key);
  }
  return new TextDecoder().decode(Uint8Array.from(line));
}

/** Takes the last character of UTF-8 back: its bytes after the first begin with 10. */
function eraseCharacter(line: number[]): void {
  while (((line.pop() ?? 0) & 0xc0) === 0x80);
}
