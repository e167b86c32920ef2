// What a command has to sign with beside the files of keys: passphrases, and a command of the user's
// that makes signatures with a key which cannot leave its token. That command is never read out of a
// flow, so that a flow of somebody else runs nothing.
import { Option } from "commander";
import { keyFaults } from "../../diagnostics/index.js";
import {
  bytesOf,
  digestInfo,
  type KeyFault,
  type KeyMeans,
  type SigningFailure,
  type SigningRequest,
} from "../../image/index.js";
import { runProgram } from "../run-program.js";
import { passphraseOf } from "./passphrase.js";

/** For commands that keep nothing of what they make. */
export const onlyLooking: KeyMeans = { passphrase: passphraseOf, blank: true };

/** What the signing command finds on its standard input. */
const inputs = {
  digest: ({ digest }: SigningRequest) => digest,
  "digest-info": ({ hash, digest }: SigningRequest) => digestInfo(hash, digest),
  data: ({ data }: SigningRequest) => bytesOf(data),
};

/** The options, as commander names them. */
export interface SignFlags {
  readonly signCommand?: string;
  readonly signInput: keyof typeof inputs;
}

/** `--sign-command` and `--sign-input`. */
export const signCommandOption = () =>
  new Option(
    "--sign-command <command>",
    "what signs with keys that the flow has only the public half of",
  ).env("UBOOTC_SIGN_COMMAND");
export const signInputOption = () =>
  new Option("--sign-input <what>", "what that command gets on its standard input")
    .choices(Object.keys(inputs))
    .default("digest")
    .env("UBOOTC_SIGN_INPUT");

/** Why a file is no key to sign with, in words. */
export function faultText(fault: KeyFault): string {
  const { what, help } = keyFaults[fault];
  return `${what}; ${help}`;
}

/** The means that `flags` give. */
export function keyMeans({ signCommand, signInput }: SignFlags): KeyMeans {
  const words = wordsOf(signCommand ?? "");
  const [program, ...args] = words;
  return {
    passphrase: passphraseOf,
    ...(program !== undefined && {
      elsewhere: (_file, name) => (request) =>
        signatureFrom([program, ...args], name, inputs[signInput](request), request),
    }),
  };
}

/** The words of a command line, between blanks or in `'…'` or `"…"`; there is no shell in it. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"));
}

/** So many of its last lines on stderr are shown when it fails. */
const LINES = 3;

function signatureFrom(
  command: readonly [string, ...string[]],
  name: string,
  input: Uint8Array,
  { hash, padding }: SigningRequest,
): Uint8Array | SigningFailure {
  const about = { UBOOTC_SIGN_KEY: name, UBOOTC_SIGN_HASH: hash, UBOOTC_SIGN_PADDING: padding };
  const printed = runProgram(command, { input, env: { ...process.env, ...about } });
  if (printed.output) return printed.output;
  const { why, said } = printed;
  return { why: said.length === 0 ? why : `${why}: ${said.slice(-LINES).join("; ")}` };
}
