// Words of the shell as values of a flow. What a flow cannot hold (apostrophes, backslashes, characters
// outside of ASCII) has no such value.
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

/** `"…"` for words that a command gets, joined by spaces. Undefined where a flow has no such text. */
export function valueText(args: readonly Pick<Argument, "word">[]): string | undefined {
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

/** The same, where what is written keeps to `allowed`. */
export function plainValue(args: readonly Argument[], allowed: RegExp): string | undefined {
  const written = args.flatMap(({ word }) => word.parts);
  const good = written.every((part) => part.type === "variable" || allowed.test(part.text));
  return good ? valueText(args) : undefined;
}

/** `text`, or the variable that is all of it. */
export const bare = (text: string | undefined): string | undefined =>
  /^"(\$\{[^}]*\})"$/.exec(text ?? "")?.[1] ?? text;

/** An address: a number, a variable, or one of both with a size or a configuration after it. */
export function addressText(arg: Argument | undefined): string | undefined {
  const text = arg && plainValue([arg], /^[\w.:#@-]*$/);
  if (text === undefined || text === '""') return undefined;
  return /^"\d[\w]*"$/.test(text) ? text.slice(1, -1) : bare(text);
}

/** Whether a word is nothing, or several, when its variables are so. */
export const mayVanish = ({ word }: Argument): boolean =>
  word.parts.length > 0 &&
  word.parts.every(
    (part) => part.quote === "none" && (part.type === "variable" || part.text === ""),
  );

/** The device of the words `kind where`, and the file's name after them. */
export function deviceText(kind: Argument | undefined, where: Argument | undefined) {
  if (!kind || !where) return undefined;
  const [, number, part] = /^(\d\d?)(?::([0-9a-f]+))?$/.exec(where.text) ?? [];
  // Others have to be started first, which the script does or does not do by itself.
  if (kind.text === "mmc" && number !== undefined && !/^0./.test(number)) {
    // The flow has partitions in decimal.
    return `mmc ${number}${part === undefined ? "" : `:${Number.parseInt(part, 16)}`}`;
  }
  const text = plainValue([kind, where], /^[\w.:#-]*$/);
  return text === undefined || /^" | "$/.test(text) ? undefined : `device ${text}`;
}

/** A file's name as it is asked for. */
export const fileText = (arg: Argument | undefined): string | undefined => {
  const text = arg && plainValue([arg], /^[\w.,:/=@%+#~-]*$/);
  return text === '""' ? undefined : text;
};
