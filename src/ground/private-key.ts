// Whether something looks like a private key: such a file is never shown, and never served without a word.
// Leaves out what is only known by its contents (raw keys of 32 bytes). RFC 7468, 5958, 8017, 5915 and 7517,
// PROTOCOL.key of OpenSSH, age's and PuTTY's formats.

/** Where a line begins such a file or block; never so in a flow, where texts stand in quotes. */
const LINES: readonly RegExp[] = [
  /^[ \t\ufeff]*-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/m,
  /^[ \t\ufeff]*---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/m,
  /^[ \t\ufeff]*PuTTY-User-Key-File-\d/m,
  /^[ \t\ufeff]*AGE-(?:SECRET-KEY|PLUGIN)-/m,
  /^[ \t]*PrivateKey[ \t]*=[ \t]*[A-Za-z0-9+/]{43}=/m,
  // JWK: of one key, or of a set.
  /"kty"\s*:[\s\S]{0,10000}"(?:d|k)"\s*:\s*"[\w-]{16,}"|"(?:d|k)"\s*:\s*"[\w-]{16,}"[\s\S]{0,10000}"kty"\s*:/,
];

/** A block of PEM with data in it, anywhere: programs that read keys have only its first line. */
const BLOCK =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n(?:[\w-]+: .*\r?\n|\r?\n)*[A-Za-z0-9+/=]{40,}/;

/** DER: SEQUENCE, its length, and then what tells a private key, in hexadecimal. */
const DER =
  /^30(?:8[1-4])?(?:[0-9a-f]{2}){1,4}(?:020100(?:30|02)|0201010420|0201010430|0201010442|0201033082|0201033080|30[0-9a-f]{2}06092a864886f70d0105|30[0-9a-f]{2}060a2a864886f70d010c01)/;

/** Whether a text looks like the file of a private key. */
export function isKeyText(text: string): boolean {
  return LINES.some((line) => line.test(text));
}

/** Whether bytes look like the file of a private key, or hold a block of one. */
export function holdsKey(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 32));
  if (DER.test(head.toString("hex")) || head.toString("latin1").startsWith("openssh-key-v1\0")) {
    return true;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return BLOCK.test(text) || (!text.includes("\0") && isKeyText(text));
}
