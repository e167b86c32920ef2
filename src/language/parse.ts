// Text to tree. After a syntax error the statement it is in is blanked out and the rest read again,
// so that several errors of one file are all reported.
import { closest, distance } from "fastest-levenshtein";
import { type Diagnostic, diagnose, type Source } from "../diagnostics/index.js";
import { SyntaxError as GrammarError, parse as parseGrammar } from "./grammar.js";
import type { SyntaxTree } from "./syntax.js";

/** The tree, or what is wrong: a tree that is there is whole. */
export interface Parsed {
  readonly tree?: SyntaxTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** So many errors are enough to read. */
const LIMIT = 20;

/** Reads a flow. */
export function parse(source: Source): Parsed {
  const diagnostics: Diagnostic[] = [];
  let text = source.text;
  while (diagnostics.length < LIMIT) {
    try {
      const tree = parseGrammar(text, { grammarSource: source }) as SyntaxTree;
      return diagnostics.length === 0 ? { tree, diagnostics } : { diagnostics };
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error;
      const offset: number = error.location.start.offset;
      diagnostics.push(syntaxError(source, offset, error.expected ?? []));
      const rest = blankStatement(text, offset);
      if (rest === undefined) break;
      text = rest;
    }
  }
  return { diagnostics };
}

interface Expectation {
  readonly type: string;
  readonly description?: string;
  readonly text?: string;
}

function syntaxError(source: Source, offset: number, expectations: readonly Expectation[]) {
  const found = /^(?:[A-Za-z0-9_.-]+|[^\s])/u.exec(source.text.slice(offset))?.[0];
  const words = expectations.filter(isWord).map(({ text }) => text);
  const data = {
    expected: describe(expectations),
    found: found
      ? `\`${found}\``
      : offset < source.text.length
        ? "the end of the line"
        : "the end of the file",
    ...suggestion(found, words),
  };
  return diagnose("syntax", data, { source, start: offset, end: offset + (found?.length ?? 1) });
}

/** What could stand there, in a person's words and in a fixed order. */
function describe(expectations: readonly Expectation[]): readonly string[] {
  const words = new Set(expectations.filter(isWord).map(({ text }) => text));
  const result = new Set<string>();
  if (words.has("board")) result.add("a declaration (`board`, `kernel`, `script` …)");
  else if (words.has("dhcp")) result.add("a statement (`dhcp`, `load`, `boot` …)");
  else for (const word of [...words].sort()) result.add(`\`${word}\``);
  for (const { type, description, text } of expectations) {
    if (type === "other" && description && description !== "blank") result.add(description);
    if (type === "literal" && text && !/^[a-z]/.test(text) && text !== "#")
      result.add(`\`${text}\``);
  }
  if (result.has("a value") && result.has("text in quotes")) {
    for (const each of ["text in quotes", "`${name}`", "`{name}`", "a name"]) result.delete(each);
  }
  return [...result].filter((each) => each !== "`\\`" && each !== "`$`");
}

function isWord(expectation: Expectation): expectation is Expectation & { text: string } {
  return expectation.type === "literal" && /^[a-z]/.test(expectation.text ?? "");
}

function suggestion(found: string | undefined, words: readonly string[]): { nearest?: string } {
  if (!found || words.length === 0) return {};
  const nearest = closest(found, [...words]);
  return distance(found, nearest) <= Math.max(1, found.length / 3) ? { nearest } : {};
}

/**
 * `text` with the statement around `offset` replaced by blanks, line ends kept, so that every
 * offset stays what it was; with a block behind it when it opens one. Undefined when there is
 * nothing left to blank.
 */
function blankStatement(text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  let end = newline < 0 ? text.length : newline;
  const depth = braces(text, lineStart, end).reduce((sum, brace) => sum + brace.step, 0);
  if (depth > 0) {
    const closing = braces(text, lineStart, text.length).find(
      (brace) => brace.depth === 0 && brace.step < 0 && brace.offset >= end,
    );
    end = closing ? closing.offset + 1 : text.length;
  }
  let blanked = text.slice(lineStart, end).replace(/[^\r\n]/g, " ");
  if (depth < 0 && text[offset] !== "}") blanked = blanked.slice(0, depth) + "}".repeat(-depth);
  const result = text.slice(0, lineStart) + blanked + text.slice(end);
  return result === text ? undefined : result;
}

/** The braces that open and close blocks between two offsets, with the depth behind each. */
function braces(text: string, start: number, end: number) {
  const found: { offset: number; step: 1 | -1; depth: number }[] = [];
  let depth = 0;
  const token = /"(?:\\.|[^"\\\n])*"?|#[^\n]*|\$?\{[\w.#-]+\}|[{}]/g;
  const stretch = text.slice(start, end);
  for (const match of stretch.matchAll(token)) {
    if (match[0] !== "{" && match[0] !== "}") continue;
    const step = match[0] === "{" ? 1 : -1;
    depth += step;
    found.push({ offset: start + match.index, step, depth });
  }
  return found;
}
