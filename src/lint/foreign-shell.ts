// What a POSIX shell has and U-Boot's has not: commands in the place of a word, arithmetic, functions,
// `case`, `break`, redirections. U-Boot takes their characters for parts of words. Governed by
// common/cli_hush.c and cli_hush_upstream.c, in which these are left out.
import { diagnoseScript, type Span } from "../diagnostics/index.js";
import { foreign } from "./commands.js";
import type { Rule } from "./rule.js";
import { simpleIn, textAt } from "./script.js";

export const foreignShell: Rule = ({ commands, lists, source }, report) => {
  const tell = (what: string, instead: string, at: Span) =>
    report(diagnoseScript("foreign-shell", { what, instead }, at));
  for (const { written, nameAt } of commands) {
    const instead = Object.hasOwn(foreign, written) ? foreign[written] : undefined;
    if (instead !== undefined) tell(`command \`${written}\``, instead, nameAt);
  }
  for (const unit of lists) {
    for (const { words, start, end } of simpleIn(unit)) {
      const at = unit.locate({ start, end });
      // Where a value was expanded, its characters do not stand in the text.
      if (at.source !== source) continue;
      const [first] = words;
      if (first && /^[A-Za-z_]\w*\(\)$/.test(textAt(unit.locate(first)))) {
        tell("functions", "`setenv NAME '…'` and `run NAME`", unit.locate(first));
      }
      for (const word of words) {
        const place = unit.locate(word);
        const found = inWord(bare(word.parts, (part) => textAt(unit.locate(part))));
        if (found) tell(...found, place);
      }
    }
  }
};

interface Piece {
  readonly type: string;
  readonly quote?: string;
}

/** What of a word stands outside of quotes. */
function bare<Part extends Piece>(parts: readonly Part[], text: (part: Part) => string): string {
  return parts.map((part) => (part.quote === "none" ? text(part) : "\u0001")).join("");
}

function inWord(text: string): readonly [what: string, instead: string] | undefined {
  if (/\$\(\(/.test(text)) return ["arithmetic in `$((…))`", "`setexpr NAME …`"];
  if (/\$\(/.test(text)) return ["output of a command in `$(…)`", VARIABLE];
  if (text.includes("`")) return ["output of a command in backticks", VARIABLE];
  // `echo > Booting` and `fdt set … <1 2>` are meant as they stand.
  if (/^(?:[12&]>{1,2}|>{1,2}(?=\/))/.test(text)) {
    return ["redirections", "nothing: what a command prints goes to the console"];
  }
  return undefined;
}

const VARIABLE =
  "a command that leaves its result in a variable: `part uuid`, `fdt get value`, `env import`";
