// What findings count for.
import { code, didYouMean, type Misspelt } from "./entry.js";

export const policy = {
  "code-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `there is no code \`${name}\``,
    help: ({ nearest }) => didYouMean({ nearest }) ?? "`ubootc explain` lists them",
    explain:
      "`allow` and `-W` take the code of a finding: the word in brackets after `error` or `warning`, with which the message begins. Correct the word; `ubootc explain` lists all codes.",
  }),
  "code-fixed": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` cannot be allowed or turned off`,
    help: () => "correct what it finds: without that, ubootc does not know what to write",
    explain:
      "What a check finds can be allowed or turned into a warning, since you may know better. A mistake in the text, an unknown name or a missing file cannot: ubootc does not know what to write. Correct what it finds.",
  }),
  "allow-unused": code<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `there is no \`${name}\` here to allow`,
    help: () => "remove it: it would hide the next one",
    explain:
      "An `allow` covers the declaration or the statement after it, with its block. Nothing there has this code. Remove it, or move it before the line that it is meant for: it would hide a fault that comes later.",
  }),
};
