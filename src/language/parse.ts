// Text to tree. After a syntax error the statement it is in is blanked out and the rest read again,
// so that several errors of one file are all reported, and none of them twice.
import { type Diagnostic, diagnose, type Source } from "../diagnostics/index.js";
import {
  asBraces,
  blankStatement,
  blankUpTo,
  tooDeep,
  type Unclosed,
  unclosedBrace,
} from "./blocks.js";
import type { SyntaxTree } from "./declarations.js";
import {
  type Expectations,
  expectationsOf,
  foundAt,
  isDeclaration,
  isStatement,
  unexpected,
} from "./errors.js";
import { SyntaxError as GrammarError, parse as parseGrammar } from "./grammar.js";
import type { FaultStatement } from "./test-syntax.js";

/** The tree, or what is wrong: a tree that is there is whole. */
export interface Parsed {
  readonly tree?: SyntaxTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** So many errors are enough to read. */
const LIMIT = 20;
/** So many blocks and parentheses may be in one another: later stages go down by recursion. */
const DEEPEST = 100;

/** Reads a fault, as it comes after `fault` in a test. */
export function parseFault(source: Source): {
  fault?: FaultStatement;
  diagnostics: readonly Diagnostic[];
} {
  const options = { grammarSource: source, deepest: DEEPEST, startRule: "OnlyFault" };
  try {
    return { fault: parseGrammar(source.text, options) as FaultStatement, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    const offset: number = error.location.start.offset;
    const found = foundAt(source.text, offset);
    return { diagnostics: [diagnosisOf(source, offset, found, expectationsOf(error.expected))] };
  }
}

/** Reads a flow. */
export function parse(source: Source): Parsed {
  const deep = tooDeep(source.text, DEEPEST);
  if (deep !== undefined) return { diagnostics: [nestedTooDeep(source, deep)] };
  const diagnostics: Diagnostic[] = [];
  let text: string | undefined = source.text;
  let before: Mistake | undefined;
  while (text !== undefined && diagnostics.length < LIMIT) {
    const result = attempt(source, text);
    if ("tree" in result)
      return diagnostics.length === 0 ? { ...result, diagnostics } : { diagnostics };
    const mistake = understand(source, text, result.error);
    if (!before || !followsFrom(before, mistake, text)) diagnostics.push(mistake.diagnostic);
    before = mistake;
    text = mistake.rest;
  }
  return { diagnostics };
}

function attempt(source: Source, text: string): { tree: SyntaxTree } | { error: GrammarError } {
  try {
    const options = { grammarSource: source, deepest: DEEPEST };
    return { tree: parseGrammar(text, options) as SyntaxTree };
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    return { error };
  }
}

/** What one error of the grammar comes to. */
interface Mistake {
  readonly diagnostic: Diagnostic;
  readonly offset: number;
  readonly found: string | undefined;
  /** Whether a declaration or statement could have begun there. */
  readonly begins: boolean;
  /** The text without what is wrong; undefined when nothing of use is left. */
  readonly rest: string | undefined;
}

function understand(source: Source, text: string, error: GrammarError): Mistake {
  const offset: number = error.location.start.offset;
  const found = foundAt(source.text, offset);
  if (!error.expected) {
    return {
      diagnostic: nestedTooDeep(source, offset),
      offset,
      found,
      begins: false,
      rest: undefined,
    };
  }
  const open = unclosedBrace(text, isDeclaration);
  if (open && offset >= (open.resume ?? text.trimEnd().length)) {
    return { ...unclosed(source, text, open), offset, found, begins: true };
  }
  const expectations = expectationsOf(error.expected);
  const diagnostic = diagnosisOf(source, offset, found, expectations);
  const opens = expectations.words.has("{");
  const rest = (opens && asBraces(text, offset)) || blankStatement(text, offset, opens);
  const begins = ["board", "chain", "expect"].some((word) => expectations.words.has(word));
  return { diagnostic, offset, found, begins, rest };
}

/** A brace that is never closed: the next declaration after it is read as one again. */
function unclosed(source: Source, text: string, { brace, resume }: Unclosed) {
  return {
    diagnostic: diagnose("brace-unclosed", {}, { source, start: brace, end: brace + 1 }),
    rest: resume === undefined ? undefined : blankUpTo(text, resume),
  };
}

function diagnosisOf(
  source: Source,
  offset: number,
  found: string | undefined,
  expectations: Expectations,
): Diagnostic {
  const { words, expected } = expectations;
  const span = { source, start: offset, end: offset + (found?.length ?? 1) };
  const quote = expected.includes("a closing quote") ? openQuote(source.text, offset) : undefined;
  if (quote !== undefined) {
    return diagnose("quote-unclosed", {}, { source, start: quote, end: offset });
  }
  if (words.has("board") && found !== undefined) {
    if (isStatement(found)) return diagnose("statement-outside", { name: found }, span);
    if (found === "}") return diagnose("brace-unopened", {}, span);
  }
  if (words.has("chain") && found !== undefined && isDeclaration(found)) {
    return diagnose("declaration-inside", { name: found }, span);
  }
  return unexpected(expectations, span, found);
}

/** The quote that is not closed on the line that ends at `offset`. */
function openQuote(text: string, offset: number): number | undefined {
  if (offset < text.length && !/[\r\n]/.test(text[offset] ?? "")) return undefined;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text
    .slice(start, offset)
    .replace(/"(?:\\.|[^"\\])*"/g, (whole) => " ".repeat(whole.length));
  const quote = line.indexOf('"');
  return quote < 0 ? undefined : start + quote;
}

/**
 * Whether `mistake` only goes on with what was said of the one before: the `else` of an `if` that
 * was not read, the next of several statements that stand outside, or the second line of a
 * statement that is cut in two.
 */
function followsFrom(before: Mistake, mistake: Mistake, text: string): boolean {
  if (mistake.found === "else") return true;
  const { code } = mistake.diagnostic;
  const runs = code === "statement-outside" || code === "declaration-inside";
  const between = text.slice(before.offset, mistake.offset).replace(/#.*/g, "");
  if (between.trim() !== "") return false;
  if (runs) return code === before.diagnostic.code;
  const cut = before.found === undefined || before.found === "#";
  return cut && mistake.begins && between.split("\n").length === 2;
}

function nestedTooDeep(source: Source, start: number): Diagnostic {
  return diagnose("nested-too-deep", { most: DEEPEST }, { source, start, end: start + 1 });
}
