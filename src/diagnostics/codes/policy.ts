// What findings count for.
import { code, didYouMean, type Misspelt } from "./entry.js";

export const policy = {
  "code-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `no finding is called \`${name}\``,
    help: ({ nearest }) => didYouMean({ nearest }) ?? "`ubootc explain` lists them",
    explain:
      "`allow` and `-W` call a finding by its code: the word in brackets behind `error` or `warning` that its message begins with. `ubootc explain` lists all of them.",
  }),
  "code-fixed": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is not a matter of judgement`,
    help: () => "correct what it finds: without that there is nothing to compile",
    explain:
      "What a check finds can be allowed or turned down, since its author may know better. A mistake in the text, an unknown name or a missing file cannot: the compiler does not know what to write.",
  }),
  "allow-unused": code<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `nothing here is found to be \`${name}\``,
    help: () => "leave it out: it would hide the next one",
    explain:
      "An `allow` covers the declaration or the statement that follows it, with its block. This one covers nothing that is found there.",
  }),
};
