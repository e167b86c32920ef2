// The words of a printed script, taken apart again by the rules that both of U-Boot's shells share,
// and not by the code that wrote them.

/** One line: words as the command gets them, a variable as `${name}`; operators stand alone. */
export type Words = readonly string[];

/** What one stretch of a word is, in the order they are tried. */
const stretches: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^'([^']*)'/, (inner) => inner],
  [/^"((?:[^"$\\]|\$\{[A-Za-z]\w*#?\})*)"/, (inner) => inner],
  [/^(\$\{[A-Za-z]\w*#?\})/, (variable) => variable],
  [/^([^\s'"$\\;&|<>()`{}#]+)/, (plain) => plain],
];

/** The lines of `script` without comments. @throws where a character is not portable. */
export function wordsOf(script: string): readonly Words[] {
  return script
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .map(lineWords);
}

function lineWords(line: string): Words {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== "") {
    const operator = /^(?:\|\||&&|;)/.exec(rest)?.[0];
    let word = operator ?? "";
    rest = rest.slice(word.length);
    while (operator === undefined && rest !== "" && !/^(?:\s|;|\|\||&&)/.test(rest)) {
      const [found, value] = firstOf(rest);
      word += value;
      rest = rest.slice(found.length);
    }
    words.push(word);
    rest = rest.trimStart();
  }
  return words;
}

function firstOf(rest: string): readonly [found: string, value: string] {
  for (const [pattern, value] of stretches) {
    const match = pattern.exec(rest);
    if (match) return [match[0], value(match[1] ?? "")];
  }
  throw new Error(`not portable: ${JSON.stringify(rest)}`);
}
