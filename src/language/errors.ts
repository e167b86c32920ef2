// From what the grammar expected to a message: the words a person uses, in a fixed order, and what
// was found in their place.
import { type Diagnostic, diagnose, nearest, type Span } from "../diagnostics/index.js";
import { excessOfClosing, openedBy } from "./blocks.js";

/** One thing that the grammar could have gone on with. */
interface Expected {
  readonly type: string;
  readonly description?: string;
  readonly text?: string;
}

/** What could have stood somewhere. */
export interface Expectations {
  /** Words and signs of the language, as they are. */
  readonly words: ReadonlySet<string>;
  /** All of it, as it is said. */
  readonly expected: readonly string[];
}

/** Words that begin a declaration, and those that begin a statement; `network` does both. */
const declarations =
  "board server param kernel dtb overlay initrd file fit sign nfsroot client clients network script firmware eeprom test include".split(
    " ",
  );
const statements =
  "dhcp network ping load chain boot bootargs set local default unset save if try retry for fdt print sleep run fail reset poweroff shell uboot".split(
    " ",
  );

/** Whether `word` begins a declaration. */
export const isDeclaration = (word: string): boolean => declarations.includes(word);
/** Whether `word` begins a statement. */
export const isStatement = (word: string): boolean => statements.includes(word);

/** What peggy expected, told in words. */
export function expectationsOf(all: readonly Expected[]): Expectations {
  const words = new Set(all.flatMap(wordOf));
  const said = new Set<string>();
  if (words.has("board")) said.add("a declaration (`board`, `kernel`, `script` …)");
  else if (words.has("chain")) said.add("a statement (`dhcp`, `load`, `boot` …)");
  else if (words.has("expect")) said.add("what a test holds (`client`, `fault`, `expect` …)");
  else for (const word of [...words].filter(isKeyword).sort()) said.add(`\`${word}\``);
  for (const { type, description } of all) {
    const hidden =
      description === undefined || description === "blank" || /^`\w+`$/.test(description);
    if (type === "other" && !hidden) said.add(description);
  }
  for (const word of words) if (!isKeyword(word) && word !== "#") said.add(`\`${word}\``);
  if (said.has("a value") && said.has("text in quotes")) {
    for (const each of ["text in quotes", "`${name}`", "`{name}`", "a name"]) said.delete(each);
  }
  // Inside a text everything else is better said as what is missing: its end.
  if (said.has("a closing quote")) for (const each of ["`${name}`", "`{name}`"]) said.delete(each);
  const last = said.delete("the end of the line") ? ["the end of the line"] : [];
  return { words, expected: [...said, ...last] };
}

function wordOf({ type, description = "", text }: Expected): string[] {
  if (type === "literal" && text) return [text];
  const [, keyword] = /^`(\w+)`$/.exec(description) ?? [];
  return keyword === undefined ? [] : [keyword];
}

const isKeyword = (word: string) => /^[a-z]/.test(word);

const LONGEST = 60;
const word = /^(?:[\p{L}\p{N}_.:/+@-]*[\p{L}\p{N}]|[=!<>]=|&&|\|\||\/[/*]|\$\{|[^\n])/u;

/** The word, text or sign at `offset`; undefined at the end of a line or of the whole. */
export function foundAt(text: string, offset: number): string | undefined {
  const rest = text.slice(offset, offset + LONGEST);
  if (/^[ \t]*(?:\r?\n|$)/.test(rest)) return undefined;
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const outside = (before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 0;
  const quoted = outside ? /^"(?:\\.|[^"\\\r\n])*"/.exec(rest) : undefined;
  return (quoted ?? word.exec(rest))?.[0];
}

/** The message that `found` stands where something else was expected. */
export function unexpected(
  { words, expected }: Expectations,
  span: Span,
  found?: string,
): Diagnostic {
  const { source, start } = span;
  const lineStart = source.text.lastIndexOf("\n", start - 1) + 1;
  const after = source.text.slice(start);
  const lineEnd = /\r?\n|$/.exec(after)?.index ?? 0;
  const close = found && nearest(found, [...words].filter(isKeyword));
  const within = openedBy(source.text, start);
  const data = {
    expected,
    found,
    atEnd: start >= source.text.length,
    before: source.text.slice(lineStart, start),
    rest: source.text.slice(start, start + lineEnd),
    within,
    next: after.slice(lineEnd).split(/\r?\n/)[1] ?? "",
    spare: excessOfClosing(source.text) > 0,
    begins: found !== undefined && (within === "" ? isDeclaration(found) : isStatement(found)),
    ...(close ? { nearest: close } : {}),
  };
  return diagnose("syntax", data, span);
}
