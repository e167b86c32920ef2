// From a value that was read to a word of the shell.
import type { Part, Word } from "../../hush/index.js";
import { type Client, partFor, type Wording } from "../../program/index.js";

/** The word that `wording` is for `client`. */
export function wordFor({ parts }: Wording, client: Client | undefined): Word {
  return parts.map((part): Part => {
    if (typeof part !== "string" && part.type === "variable") return { variable: part.name };
    return partFor(part, client);
  });
}

/** The text of a word without variables. */
export function plainText(word: Word): string | undefined {
  return word.every((part) => typeof part === "string") ? word.join("") : undefined;
}
