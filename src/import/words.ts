// Words of the shell as texts of a flow. What a flow cannot hold (apostrophes, backslashes, characters
// outside of ASCII) has no such text.
import type { Argument } from "../lint/index.js";

/** Variables that a flow can read. */
const readable = /^[A-Za-z]\w*#?$/;

/** A stretch of text as it stands between the quotes of a flow: nothing in it is replaced. */
const escaped = (text: string): string => text.replace(/\$\{|["\\{]/g, (found) => `\\${found}`);

/** `"…"` for a line of the shell as it is. */
export function lineText(line: string): string | undefined {
  if (!/^[ -~]*$/.test(line)) return undefined;
  const text = line.split(/(\$\{[A-Za-z]\w*#?\})/).map((each, index) =>
    // Every other piece is a variable, which stays one.
    index % 2 === 1 ? each : escaped(each),
  );
  return `"${text.join("")}"`;
}

/** `"…"` for words that a command gets, joined by blanks. Undefined where a flow has no such text. */
export function valueText(args: readonly Argument[]): string | undefined {
  const words = args.map(({ word }) =>
    word.parts.map((part) => {
      if (part.type === "variable")
        return readable.test(part.name) ? `\${${part.name}}` : undefined;
      return /^[ -~]*$/.test(part.text) && !/['\\]/.test(part.text)
        ? escaped(part.text)
        : undefined;
    }),
  );
  if (words.some((parts) => parts.includes(undefined))) return undefined;
  return `"${words.map((parts) => parts.join("")).join(" ")}"`;
}
