// What U-Boot's two parsers read differently, or one of them differently from every other shell. What
// neither of them can read is script-syntax.
import { diagnoseScript, type Span } from "../diagnostics/index.js";
import type { Compound, Dialect, ScriptWord, Step, WordPart } from "../hush/index.js";
import type { Rule } from "./rule.js";
import { type Script, textAt } from "./script.js";
import type { Unit } from "./walk.js";

/** A construct that was found. */
interface Construct {
  readonly at: Span;
  readonly what: string;
  readonly instead: string;
  /** Which parser by itself reads it as nobody means it. */
  readonly trap?: Dialect;
}

export const shellDialect: Rule = (script, report) => {
  const [only] = script.dialects.length === 1 ? script.dialects : [];
  const found = [...script.lists.flatMap(constructsIn), ...modernFaults(script)];
  for (const { at, what, instead, trap } of found) {
    if (only && trap !== only) continue;
    report(diagnoseScript("shell-dialect", { what, reader: only, instead }, at));
  }
};

function constructsIn(unit: Unit): readonly Construct[] {
  const chains = mixedChains(unit);
  return [...chains, ...unit.steps.flatMap((step) => constructsOf(step, unit))];
}

/** `a && b || c`: the old parser skips all the rest, whatever operators are in it. */
function mixedChains({ steps, locate }: Unit): readonly Construct[] {
  return steps.flatMap(({ operator, command }, index) => {
    const next = steps[index + 1];
    const mixed =
      (operator === "&&" && next?.operator === "||") ||
      (operator === "||" && next?.operator === "&&");
    if (!mixed || !command || !next?.command) return [];
    const behind = steps[index + 2]?.command;
    const at = locate({ start: command.start, end: (behind ?? next.command).end });
    const instead =
      operator === "&&"
        ? "write `if …; then …; else …; fi`"
        : "write `if …; then …; fi` inside of one another";
    return [{ at, what: "a row of `&&` and `||`", instead, trap: "old" }];
  });
}

function constructsOf({ command, inverted, operator }: Step, unit: Unit): readonly Construct[] {
  if (!command) return [];
  const at = unit.locate(command);
  if (command.type === "group" || inverted) {
    const what = inverted ? "`!` before a command" : "a group of commands";
    const instead = inverted ? "write `if …; then false; else true; fi`" : "write an `if`";
    return [{ at, what, instead }];
  }
  const rest = at.source.text.slice(at.end);
  const atLineEnd =
    (operator === "&&" || operator === "||") && /^[ \t]*(?:&&|\|\|)[ \t]*\n/.test(rest);
  const ended: readonly Construct[] = atLineEnd
    ? [
        {
          at,
          what: `\`${operator}\` at the end of a line`,
          instead: "write the row on one line, or an `if`",
          trap: "old",
        },
      ]
    : [];
  if (command.type === "compound") return [...ended, ...emptyBranches(command, unit)];
  if (command.type !== "simple") return ended;
  const [first] = command.words;
  const name = first && textAt(unit.locate(first));
  const text = textAt(at);
  return [
    ...ended,
    ...ofName(name, at, command.words.length),
    ...command.words.flatMap((word) =>
      inWord(word, unit, takesNothing(name), /[$`]\(|`/.test(text)),
    ),
  ];
}

/** `then elif` on one line: to the old parser the `elif` is part of the branch, and never taken. */
function emptyBranches({ sections }: Compound, { locate }: Unit): readonly Construct[] {
  return sections.flatMap(({ keyword, at }, index) => {
    const next = sections[index + 1];
    if (keyword !== "then" || next?.keyword !== "elif") return [];
    const both = locate({ start: at.start, end: next.at.end });
    if (!/^then[ \t]+elif$/.test(textAt(both))) return [];
    const instead = "put `true` in the branch that does nothing";
    return [{ at: both, what: "`then elif` on one line", instead, trap: "old" }];
  });
}

const exits = "leave the script with nested `if`s: both parsers come to its end";

function ofName(name: string | undefined, at: Span, words: number): readonly Construct[] {
  if (name === "!")
    return [
      {
        at,
        what: "`!` before a command",
        instead: "write `if …; then false; else true; fi`",
        trap: "old",
      },
    ];
  if (name === "{" || name === "}")
    return [{ at, what: `\`${name}\``, instead: "write an `if`", trap: "old" }];
  if (name !== "exit") return [];
  const late = words > 1 && at.source.text.slice(at.start, at.end).includes("$");
  return [
    {
      at,
      what: late ? "`exit` with a variable" : "`exit`",
      instead: exits,
      trap: late ? "old" : "modern",
    },
  ];
}

/** Commands to which a word that is empty is the same as none: `echo ''`, `setenv v ''`. */
const takesNothing = (name = "") => /^(?:echo|setenv|print)$/.test(name);

function inWord(
  word: ScriptWord,
  { locate }: Unit,
  emptyIsNone: boolean,
  foreign: boolean,
): readonly Construct[] {
  const at = locate(word);
  const written = textAt(at);
  const found = word.parts.map((part) => ofPart(part, locate)).find((each) => each !== undefined);
  if (found) return [found];
  if (written === "''" && emptyIsNone) return [];
  if (written === "''") return [{ at, what: "`''`", instead: 'write `""`', trap: "modern" }];
  // foreign-shell says more of these.
  if (foreign || /\(\)$/.test(written)) return [];
  // Outside of quotes and variables.
  const bare = word.parts.some(
    (part) => part.type === "text" && part.quote === "none" && /[()]/.test(part.text),
  );
  return bare
    ? [
        {
          at,
          what: "a parenthesis without quotes",
          instead: `write \`"${written}"\``,
          trap: "modern",
        },
      ]
    : [];
}

function ofPart(part: WordPart, locate: Unit["locate"]): Construct | undefined {
  const at = locate(part);
  const written = textAt(at);
  if (part.type === "variable") {
    if (/^(?:[A-Za-z]\w*#?|\$\?|\?)$/.test(part.name)) return undefined;
    const instead = /[:?=+-]/.test(part.name)
      ? 'write `if test -z "${v}"; then setenv v …; fi`'
      : "use a name of letters, digits and _";
    return { at, what: `\`${written}\``, instead, trap: "modern" };
  }
  if (part.quote === "backslash" && written.endsWith("\n")) {
    const instead = "write it on one line";
    return {
      at: { ...at, end: at.end - 1 },
      what: "a backslash at the end of a line",
      instead,
      trap: "old",
    };
  }
  // At the end of a line it is a line end to one and nothing to the other, which commands cope with.
  if (part.quote === "none" || part.quote === "backslash" || !/\\(?!\n)/.test(written))
    return undefined;
  return {
    at,
    what: "a backslash in quotes",
    instead: "remove it, or keep the value in a file",
    trap: "old",
  };
}

/** What only the modern parser refuses, if nothing else has said why. */
function modernFaults({ parsed, dialects, source, lists }: Script): readonly Construct[] {
  const fault = dialects.length > 1 ? parsed.get("modern")?.errors[0] : undefined;
  if (!fault || lists.some((unit) => constructsIn(unit).length > 0)) return [];
  const { text } = source;
  // What U-Boot's shell has not is foreign-shell's.
  if (/\$\(|`/.test(text.slice(fault.start - 2, fault.end))) return [];
  const line = text.indexOf("\n", fault.start);
  const at = { source, start: fault.start, end: line < 0 ? text.length : line };
  return [
    {
      at,
      what: "this",
      instead: "the modern parser cannot read it, and runs nothing of the script",
    },
  ];
}
