// FITs, their configurations, and the keys that sign them.
import { code, page, quoted } from "./entry.js";

/** Why a file is not a key to sign with, and what to do about it. */
export const keyFaults = {
  encrypted: {
    what: "is encrypted, and no passphrase was given",
    help: "set UBOOTC_KEY_PASSPHRASE to its passphrase; on a terminal ubootc asks for it",
  },
  "wrong-passphrase": {
    what: "does not open with this passphrase",
    help: "give the passphrase that it was encrypted with, in UBOOTC_KEY_PASSPHRASE or when asked",
  },
  public: {
    what: "has only the public half of a key",
    help: "name the private key, or give the command that signs with it: `--sign-command`",
  },
  size: {
    what: "is an RSA key of a size that U-Boot does not verify with",
    help: "name one of 2048, 3072 or 4096 bits with an exponent of 64 bits or less; `ubootc keys new` makes one",
  },
  unusable: {
    what: "is not a private key that can be used",
    help: "name an RSA key of 2048, 3072 or 4096 bits, or an ECDSA key on P-256 or P-384, as PEM",
  },
} as const;

export const fits = {
  "fit-no-kernel": code<{ config?: string | undefined }>({
    severity: "error",
    message: ({ config }) =>
      config === undefined
        ? "this FIT has no kernel"
        : `the configuration \`${config}\` has no kernel`,
    help: () => "write `kernel NAME` between the braces",
    explain: page(
      "A configuration says what is started together; without a kernel `bootm` has nothing to start. A `config` takes from the FIT what it does not name itself, if the FIT has exactly one of it.",
      "Name a kernel in the FIT, or in the configuration.",
    ),
  }),
  "fit-with": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is a FIT, which has its device tree and initrd inside`,
    help: ({ name }) =>
      `write \`boot ${name} config "NAME"\`, and name the device tree and initrd there`,
    explain: page(
      "`bootm` takes the device tree and the initrd from the configuration of a FIT. Files that are given beside it would be covered by no signature.",
      "Put them into the FIT; if there are several, in a configuration for each.",
    ),
  }),
  "config-unclear": code<{ kind: string; names: readonly string[] }>({
    severity: "error",
    message: ({ kind, names }) => `this does not say which ${kind} to use: ${quoted(names)}`,
    help: ({ kind, names }) => `write a \`config "…" { ${kind} ${names[0]} }\` for each`,
    explain: page(
      "A configuration starts one kernel, with one device tree and one initrd. If a FIT has several of one kind, a `config` has to say which.",
      "Name exactly one in each `config`.",
    ),
  }),
  "config-outside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is a kernel, and only a FIT has configurations`,
    help: ({ name }) => `declare \`fit os { kernel ${name} … }\`, or remove \`config\``,
    explain: page(
      "Configurations are parts of a FIT: each names a kernel, a device tree and an initrd. A kernel that is not in a FIT is started with what stands after `with`.",
      "Boot the FIT that the kernel is in, or remove `config`.",
    ),
  }),
  "key-unreadable": code<{ path: string; fault: keyof typeof keyFaults }>({
    severity: "error",
    message: ({ path, fault }) => `\`${path}\` ${keyFaults[fault].what}`,
    help: ({ fault }) => keyFaults[fault].help,
    explain: page(
      "FITs are signed with a private key in PEM: PKCS#1, PKCS#8 or SEC1. U-Boot verifies RSA with 2048, 3072 and 4096 bits, and ECDSA on P-256 and P-384. The passphrase of an encrypted key comes from the environment variable UBOOTC_KEY_PASSPHRASE, or from the terminal, where ubootc asks for it.",
      "A key that cannot leave its token or its service is named by its public half, a certificate or a public key. Then a command makes the signatures. It is given with `--sign-command`, never in the flow.",
      "`ubootc keys new NAME` makes a key for development.",
    ),
  }),
  "signing-failed": code<{ path: string; why: string }>({
    severity: "error",
    message: ({ path, why }) => `no signature was made with \`${path}\`: ${why}`,
    help: () =>
      "run the signing command by itself, with what `--sign-input` says on its standard input",
    explain: page(
      "A key that is named by its public half signs through a command (`--sign-command`). The command gets the digest of what is to be signed on its standard input, or what `--sign-input` says. It prints the signature as bytes (for RSA the number, for ECDSA both numbers, or the DER of them) and ends with status 0.",
      "Run the command by itself to see what it says. Its signature is checked with the public half before anything is written. After a failure it is not run again in the same build, since a token locks itself after a few wrong PINs.",
    ),
  }),
  "key-mismatch": code<{ algorithm: string; key: string }>({
    severity: "error",
    message: ({ algorithm, key }) => `${algorithm} cannot be made with this key, which is ${key}`,
    help: ({ key }) => `write \`algorithm "sha256,${key}"\`, or remove it`,
    explain: page(
      "The algorithm of a signature names the hash and the kind of key with its size, and U-Boot refuses a signature of any other length.",
      "Remove `algorithm`: the key says which it is.",
    ),
  }),
};
