// A private key in a folder that is served: everybody may fetch it, and it is told so once. Leaves out
// files that are larger than that of a key; those of a flow are looked at when it is checked.
import { holdsKey } from "../ground/index.js";
import type { Source } from "../tftp/index.js";

/** Larger than the file of any private key, in bytes. */
const LARGEST_KEY = 64 << 10;

/** So many are told of; a client could ask for one by endless names. */
const MOST_TOLD = 100;

/** `source`; `tell` gets a message for each private key that it hands out. */
export function tellingOfKeys(source: Source, tell: (message: string) => void): Source {
  const told = new Set<string>();
  return {
    open(name, address) {
      const file = source.open(name, address);
      if (typeof file === "string" || file.content.size > LARGEST_KEY) return file;
      if (told.has(name) || told.size >= MOST_TOLD) return file;
      try {
        if (holdsKey(file.content.read(0, file.content.size))) {
          told.add(name);
          tell(`${name} looks like a private key, and everybody can fetch it`);
        }
      } catch {
        // The transfer meets the same fault, and knows what to do with it.
      }
      return file;
    },
  };
}
