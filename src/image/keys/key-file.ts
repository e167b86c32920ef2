// A key as people have it in a file: a private one, which may be encrypted, or the public half of one
// that is kept elsewhere.
import { publicKeyFromPem, signerFromPem } from "#crypto";
import { isVerifiable, type PublicKey } from "./public-key.js";
import type { FitSigner } from "./sign.js";
import { type SignElsewhere, signerElsewhere } from "./sign-elsewhere.js";

/** What there is to sign with beside the files of keys. */
export interface KeyMeans {
  /** The passphrase of the key in `file`, which is encrypted; undefined when there is none. */
  passphrase?(file: string): string | undefined;
  /** Signs with the private half of the key `name`, where `file` has only the public one. */
  elsewhere?(file: string, name: string): SignElsewhere;
  /** Such keys sign with zeros: for what is looked at and not kept. */
  readonly blank?: true;
}

/** Why a file is no key to sign with. */
export type KeyFault = "encrypted" | "wrong-passphrase" | "public" | "size" | "unusable";

/** A signer, or why there is none. */
export type OpenedKey =
  | {
      readonly signer: FitSigner;
      /** Whether the file has the private half. */
      readonly isPrivate: boolean;
      readonly fault?: never;
    }
  | { readonly signer?: never; readonly isPrivate?: never; readonly fault: KeyFault };

/** The key `name` in `file`, which holds `pem`: a private key, a public one or a certificate. */
export function openKey(pem: string, file: string, name: string, means: KeyMeans): OpenedKey {
  const encrypted = /^(?:-----BEGIN |Proc-Type: 4,)ENCRYPTED/m.test(pem);
  const passphrase = encrypted ? means.passphrase?.(file) : undefined;
  if (encrypted && passphrase === undefined) return { fault: "encrypted" };
  try {
    if (/PRIVATE KEY-----/.test(pem)) {
      const signer = signerFromPem(pem, passphrase);
      return isVerifiable(signer.key) ? { signer, isPrivate: true } : { fault: "size" };
    }
    const key = publicKeyFromPem(pem);
    if (!isVerifiable(key)) return { fault: "size" };
    const { elsewhere, blank } = means;
    if (elsewhere) return { signer: signerElsewhere(key, elsewhere(file, name)), isPrivate: false };
    return blank ? { signer: blankSigner(key), isPrivate: false } : { fault: "public" };
  } catch {
    return { fault: encrypted ? "wrong-passphrase" : "unusable" };
  }
}

/** Signs with zeros, as many as the signature has: for what is measured and not kept. */
export function blankSigner(key: PublicKey): FitSigner {
  return { key, sign: () => new Uint8Array((key.kind === "rsa" ? 1 : 2) * (key.bits / 8)) };
}
