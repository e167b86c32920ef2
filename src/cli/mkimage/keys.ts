// What `ubootc mkimage` signs with: keys in a folder (-k), one key in a file (-G), or keys in an engine of
// OpenSSL (-N), found as U-Boot's mkimage finds them.
import { join } from "node:path";
import { openFile, readWhole, tooLarge } from "../../files/index.js";
import { type FitSigner, openKey } from "../../image/index.js";
import { engineKey } from "../engine.js";
import { faultText, keyMeans, type SignFlags } from "../keys/key-means.js";

/** The flags that are about keys to sign with, as commander names them. */
export interface KeyFlags extends SignFlags {
  readonly keyDir?: string;
  readonly keyFile?: string;
  readonly engine?: string;
}

/** The keys: `<hint>.key` for RSA, `<hint>.pem` for ECDSA, `<hint>.crt` where a command signs; -G; or -N. */
export class Keys {
  readonly problems: string[] = [];
  readonly #signers = new Map<string, FitSigner | undefined>();

  constructor(private readonly flags: KeyFlags) {}

  /** Whether something is to be signed: as there, an engine alone does not say so. */
  get any(): boolean {
    return this.flags.keyDir !== undefined || this.flags.keyFile !== undefined;
  }

  /** Whether an engine is named for nothing. */
  get isIdle(): boolean {
    return this.flags.engine !== undefined && !this.any;
  }

  signerOf(hint: string): FitSigner | undefined {
    if (!this.#signers.has(hint)) this.#signers.set(hint, this.#read(hint));
    return this.#signers.get(hint);
  }

  /** Where the key of `hint` is looked for. */
  placesOf(hint: string): string[] {
    const { keyDir, keyFile } = this.flags;
    if (keyDir === undefined) return keyFile === undefined ? [] : [keyFile];
    const certificate = this.flags.signCommand === undefined ? [] : [".crt"];
    return [".key", ".pem", ...certificate].map((end) => join(keyDir, `${hint}${end}`));
  }

  #read(hint: string): FitSigner | undefined {
    const { engine } = this.flags;
    if (engine !== undefined) return this.#readFrom(engine, hint);
    for (const place of this.placesOf(hint)) {
      const { file } = openFile(place);
      if (!file) continue;
      const bytes = readWhole(file, "sign key");
      file.close();
      if (!bytes) {
        this.problems.push(tooLarge(place, "sign key"));
        return undefined;
      }
      const pem = new TextDecoder().decode(bytes);
      const { signer, fault } = openKey(pem, place, hint, keyMeans(this.flags));
      if (fault) this.problems.push(`${place}: ${faultText(fault)}`);
      return signer;
    }
    return undefined;
  }

  #readFrom(engine: string, hint: string): FitSigner | undefined {
    // Every question may cost the token one of the few PINs that it takes.
    if (this.problems.length > 0) return undefined;
    const { signer, why } = engineKey(engine, this.flags.keyDir, hint);
    if (why !== undefined) this.problems.push(why);
    return signer;
  }
}
