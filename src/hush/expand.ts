// What becomes of a word: of the old parser's, text that is read a second time, of the modern one's,
// arguments.
import type { Shell } from "./shell.js";
import type { ScriptWord, WordPart } from "./tree.js";

/** Whether a word of the old parser counts as quoted: then all of it does. */
export function isQuoted({ parts }: ScriptWord): boolean {
  return parts.some(({ quote }) => quote === "single" || quote === "double");
}

export const hasVariable = ({ parts }: ScriptWord): boolean =>
  parts.some(({ type }) => type === "variable");

/** The text before the first variable. */
export function leadingText({ parts }: ScriptWord): string {
  const end = parts.findIndex(({ type }) => type === "variable");
  return (end < 0 ? parts : parts.slice(0, end)).map(partText).join("");
}

const partText = (part: WordPart) => (part.type === "text" ? part.text : "");

/**
 * A word's text with values in place of the variables, where newlines become blanks. The old parser
 * keeps a variable's name between bytes 0x03, so that one in the text begins or ends a name, too.
 */
export function expandOld(word: ScriptWord, shell: Shell, mark = ""): string {
  const marked = word.parts.map((part) =>
    part.type === "text" ? part.text : `\x03${part.name}\x03`,
  );
  const text = marked
    .join("")
    .split("\x03")
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      const value = oldValue(piece, shell);
      return value === undefined ? "" : mark + value + mark;
    })
    .join("");
  return hasVariable(word) ? text.replaceAll("\n", " ") : text;
}

/** The text of a word that has no variable. */
export const plainText = ({ parts }: ScriptWord): string => parts.map(partText).join("");

/**
 * The value of what stands between the braces, with `:-`, `:=` and `:+`. What comes after `:+` is
 * used when there is no value, and nothing when there is one.
 */
function oldValue(inside: string, shell: Shell): string | undefined {
  const [, name = "", operator, word = ""] = /^([^:]*)(?::([-=+]?)([\s\S]*))?$/.exec(inside) ?? [];
  const value = name.startsWith("$") ? status(name, shell) : shell.lookup(name);
  if (value !== undefined && value !== "") return operator === "+" ? "" : value;
  if (!operator) return operator === undefined ? value : undefined;
  if (operator === "=") assignOld(name, word, shell);
  return word;
}

/** `$?`: the status as 32 bits without a sign. */
function status(name: string, shell: Shell): string | undefined {
  return name[1] === "?" ? String(shell.status >>> 0) : undefined;
}

/** Sets a variable of the shell. An empty value removes it, and does nothing before 2023.07. */
export function assignOld(name: string, value: string, shell: Shell): void {
  if (value === "" && !shell.since("2023.07")) return;
  if (name === "HUSH_VERSION") {
    if (shell.locals.get(name) !== value) shell.write(`${name}: readonly variable`);
  } else if (value === "") shell.locals.delete(name);
  else shell.locals.set(name, value);
}

/** A value of the modern parser as one text, for an assignment. */
export function expandWhole(word: ScriptWord, shell: Shell): string {
  return word.parts.map((part) => partValue(part, shell)).join("");
}

function partValue(part: WordPart, shell: Shell): string {
  if (part.type === "text") return part.text;
  return special(part.name, shell) ?? shell.lookup(part.name) ?? "";
}

/** The parameters that a POSIX shell has; there are none here. */
function special(name: string, shell: Shell): string | undefined {
  if (name === "?") return String(shell.status);
  if (name === "#") return "0";
  return /^(?:[0-9]+|[*@-])$/.test(name) ? "" : undefined;
}

/** The arguments that a word of the modern parser gives: none, one, or several. */
export function expandModern(word: ScriptWord, shell: Shell): string[] {
  const fields = new Fields(shell.locals.get("IFS") ?? " \t\n");
  for (const part of word.parts) {
    const value = partValue(part, shell);
    if (part.type === "variable" && part.quote === "none") fields.split(value);
    else if (part.quote !== "double" || (part.type === "variable" && part.name === "@")) {
      if (value !== "") fields.add(escaped(value, part));
    } else fields.add(escaped(value, part));
  }
  return fields.end();
}

/** Text of a word as a pattern: what quotes keep from being one has a backslash before it. */
function escaped(value: string, { quote }: WordPart): string {
  if (quote === "none") return value;
  return value.replace(quote === "backslash" ? /[\s\S]/g : /[*?[\\-]/g, "\\$&");
}

/**
 * A word without its backslashes. One with an open `*`, `?` or `[` keeps them: there are no files to
 * find, and so nobody takes them away (perform_glob in common/cli_hush_upstream.c).
 */
function unescaped(pattern: string): string {
  if (/^(?:[^\\*?[]|\\[\s\S])*[*?[]/.test(pattern)) return pattern;
  return pattern.replace(/\\([\s\S])/g, "$1");
}

/** Collects arguments, as patterns, while values are split. */
class Fields {
  readonly #complete: string[] = [];
  #current: string | undefined;

  constructor(private readonly separators: string) {}

  /** Text that is not split; it makes an argument even when it is empty. */
  add(text: string): void {
    this.#current = (this.#current ?? "") + text;
  }

  /**
   * Blanks in a row separate once, every other separator each time. What comes after a backslash
   * gets one more (o_addblock_duplicate_backslash).
   */
  split(value: string): void {
    let escapes = false;
    for (const character of value) {
      if (this.separators.includes(character)) {
        if (!/\s/.test(character)) this.add("");
        this.#close();
        escapes = false;
      } else if (escapes) {
        this.add(`\\${character}`);
        escapes = false;
      } else {
        escapes = character === "\\";
        this.add(escapes ? "\\\\" : character);
      }
    }
  }

  end(): string[] {
    this.#close();
    return this.#complete;
  }

  #close(): void {
    if (this.#current !== undefined) this.#complete.push(unescaped(this.#current));
    this.#current = undefined;
  }
}
