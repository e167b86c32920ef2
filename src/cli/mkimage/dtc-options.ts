// What `-D` says to dtc (its manual), as far as it decides what is in a FIT: where files are looked for. What
// decides only about room has no effect, since mkimage packs the tree afterwards, and warnings are not
// repeated here. What would make another tree is refused.

/** Where `/incbin/` and `/include/` look for files that are not beside their source, the first first. */
export type DtcOptions =
  | { readonly folders: readonly string[]; readonly problem?: never }
  | { readonly folders?: never; readonly problem: string };

/** Options with a value: what may be given to be taken, "any" where it changes nothing. */
const valued: ReadonlyMap<string, string | "any"> = new Map([
  ["i", "any"],
  ["I", "dts"],
  ["O", "dtb"],
  ["V", "17"],
  ["H", "epapr"],
  ...[..."pSRadWE"].map((letter): [string, string] => [letter, "any"]),
]);

/** Options without one that change nothing in a tree that is right. */
const plain = "qf";

const longNames: Readonly<Record<string, string>> = {
  include: "i",
  "in-format": "I",
  "out-format": "O",
  "out-version": "V",
  phandle: "H",
  pad: "p",
  space: "S",
  reserve: "R",
  align: "a",
  "out-dependency": "d",
  warning: "W",
  error: "E",
  quiet: "q",
  force: "f",
};

/** Reads the words in `text`. */
export function dtcOptions(text: string): DtcOptions {
  const words = wordsOf(text);
  if (!words) return { problem: `-D: a shell would read more than words in ${text}` };
  const folders: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const { letters, attached } = partsOf(word);
    const last = letters.at(-1);
    if (last === undefined) return { problem: `-D: dtc has no option ${word}` };
    for (const letter of letters) {
      if (valued.has(letter) || plain.includes(letter)) continue;
      return { problem: `-D: ${word} of dtc is not known here, or makes another tree` };
    }
    if (!valued.has(last)) continue;
    const value = attached ?? words[++at];
    if (value === undefined) return { problem: `-D: the value of ${word} is missing` };
    const taken = valued.get(last);
    if (taken !== "any" && taken !== value) {
      const shown = attached === undefined ? `${word} ${value}` : word;
      return { problem: `-D: ${shown} makes no image tree: it has to be ${taken}` };
    }
    if (last === "i") folders.push(value);
  }
  return { folders };
}

/** The letters of the options in `word`, and the value that is in it too. */
function partsOf(word: string): { letters: readonly string[]; attached?: string } {
  const [, long, value] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
  if (long !== undefined) {
    const letter = Object.hasOwn(longNames, long) ? longNames[long] : undefined;
    const attached = value === undefined ? {} : { attached: value };
    return { letters: letter === undefined ? [] : [letter], ...attached };
  }
  if (!/^-[^-]/.test(word)) return { letters: [] };
  const letters = [...word.slice(1)];
  const at = letters.findIndex((letter) => valued.has(letter));
  if (at < 0 || at === letters.length - 1) return { letters };
  return { letters: letters.slice(0, at + 1), attached: letters.slice(at + 1).join("") };
}

/** The words that a shell makes of `text`; undefined where it would do more. */
function wordsOf(text: string): string[] | undefined {
  const pieces = /\s+|'([^']*)'|"([^"\\$`]*)"|\\(.)|([^\s'"\\$`;&|<>()*?[\]#~]+)/gy;
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const match of text.matchAll(pieces)) {
    end = match.index + match[0].length;
    const piece = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (piece !== undefined) word = (word ?? "") + piece;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < text.length) return undefined;
  return word === undefined ? words : [...words, word];
}
