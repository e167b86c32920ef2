// Words for the mistakes in a script's own syntax, as src/hush tells them apart.

/** What is wrong with the text of a script, as src/hush calls it. */
export interface ShellFault {
  kind: string;
  word?: string | undefined;
}
const ends: Readonly<Record<string, string>> = {
  if: "fi",
  for: "done",
  while: "done",
  until: "done",
  "{": "}",
  "(": ")",
};
const brokenQuotes: Readonly<Record<string, string>> = { single: "'", double: '"' };
/** What is wrong, in a line. */
export function shellWords({ kind, word = "" }: ShellFault): string {
  switch (kind) {
    case "unfinished":
      return `this \`${word}\` has no \`${ends[word] ?? "end"}\``;
    case "misplaced":
      return `\`${word}\` cannot be here`;
    case "argument":
      return `\`${word}\` stands after the end of a compound command`;
    case "operator":
      return `U-Boot's shell has no \`${word}\``;
    case "broken":
      return word in brokenQuotes
        ? `this ${brokenQuotes[word]} is never closed`
        : "this `$` begins a name that does not end";
    case "for":
      return "a `for` needs a variable, `in` and something to do";
    case "variable":
      return "the word after `for` is not the name of a variable";
    default:
      return "two `!` in a row";
  }
}

/** What to write instead. */
export function shellHint({ kind, word = "" }: ShellFault): string {
  switch (kind) {
    case "unfinished":
      return `put \`${ends[word] ?? "its end"}\` after its last command`;
    case "misplaced":
      return /^(?:then|do)$/.test(word)
        ? `put a \`;\` or a new line before \`${word}\``
        : `look for the word that it belongs to: \`if … fi\`, \`for … done\``;
    case "argument":
      return "put a `;` or a new line before it";
    case "operator":
      return word === "&" ? "write `;` or `&&`" : "write each command on a line of its own";
    case "broken":
      return word in brokenQuotes
        ? `put a ${brokenQuotes[word]} where the text ends`
        : "write `${name}`";
    case "for":
    case "variable":
      return "write `for NAME in WORDS; do …; done`";
    default:
      return "remove both";
  }
}
