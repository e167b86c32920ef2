// Where blocks begin and end, told from the text alone, for when the grammar cannot read it: which
// brace was forgotten, and how much to remove to go on after an error. Offsets stay what they
// were: what is removed becomes spaces.

interface Brace {
  readonly offset: number;
  readonly step: 1 | -1;
  /** How many are open after it. */
  readonly depth: number;
}

/**
 * The braces and, if asked for, parentheses between two offsets. What is quoted is skipped; a quote
 * that is not closed on its line is taken for a single character.
 */
function braces(text: string, start: number, end: number, parentheses = false): Brace[] {
  const found: Brace[] = [];
  let depth = 0;
  const token = /"(?:\\.|[^"\\\r\n])*"|#[^\n]*|\$\{[^}\s]*\}|\{[\w.-]+\}|[{}()]/g;
  token.lastIndex = start;
  for (let match = token.exec(text); match && match.index < end; match = token.exec(text)) {
    const [bracket] = match;
    if (bracket.length > 1 || (!parentheses && /[()]/.test(bracket))) continue;
    const step = bracket === "{" || bracket === "(" ? 1 : -1;
    depth += step;
    found.push({ offset: match.index, step, depth });
  }
  return found;
}

/** Where `text` goes deeper than `most`. */
export function tooDeep(text: string, most: number): number | undefined {
  return braces(text, 0, text.length, true).find(({ depth }) => depth > most)?.offset;
}

/** What stands before the innermost brace that is open at `offset`, on its line; "" outside of all. */
export function openedBy(text: string, offset: number): string {
  const open: number[] = [];
  for (const { offset: at, step } of braces(text, 0, offset)) {
    if (step > 0) open.push(at);
    else open.pop();
  }
  const brace = open.at(-1);
  if (brace === undefined) return "";
  const start = Math.max(lineStart(text, brace), text.lastIndexOf("{", brace - 1) + 1);
  return text.slice(start, brace).trim();
}

/** How many more blocks are closed than opened. */
export function excessOfClosing(text: string): number {
  return -(braces(text, 0, text.length).at(-1)?.depth ?? 0);
}

/** A brace without its partner. */
export interface Unclosed {
  readonly brace: number;
  /** Where the next declaration begins, as far as that can be told. */
  readonly resume: number | undefined;
}

/** The brace of `text` that is most likely the one that was not closed, if any is not. */
export function unclosedBrace(
  text: string,
  isDeclaration: (word: string) => boolean,
): Unclosed | undefined {
  const open: number[] = [];
  let odd: number | undefined;
  for (const { offset, step } of braces(text, 0, text.length)) {
    if (step > 0) open.push(offset);
    else {
      const partner = open.pop();
      if (partner !== undefined && closesOther(text, partner, offset)) odd ??= partner;
    }
  }
  const [outermost] = open;
  const brace = odd ?? open.at(-1);
  if (outermost === undefined || brace === undefined) return undefined;
  const margin = indentation(text, outermost);
  for (const { index, 1: indent = "", 2: word = "" } of text.matchAll(/^([ \t]*)([a-z]+)\b/gm)) {
    const resume = index + indent.length;
    if (index > brace && indent.length <= margin && isDeclaration(word)) return { brace, resume };
  }
  return { brace, resume: undefined };
}

/** Whether a brace that begins its line stands further left than the line it would close. */
function closesOther(text: string, open: number, close: number): boolean {
  const start = lineStart(text, close);
  return /^[ \t]*$/.test(text.slice(start, close)) && close - start < indentation(text, open);
}

/** Blanks at the beginning of the line of `offset`. */
function indentation(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0].length ?? 0;
}

/** `text` with all before `offset` removed. */
export function blankUpTo(text: string, offset: number): string {
  return blank(text, 0, offset);
}

/**
 * `text` with the statement around `offset` removed, and the block that it opens: on its line, on
 * the next one or, where there are more ends than beginnings, nowhere. Undefined when nothing of
 * `text` is changed by that.
 */
export function blankStatement(text: string, offset: number, opens: boolean): string | undefined {
  const before = statementBefore(text, offset);
  if (before !== undefined) return changed(text, blank(text, before, offset));
  const start = lineStart(text, offset);
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  const depth = braces(text, start, end).at(-1)?.depth ?? 0;
  const behind = braces(text, start, text.length).filter((brace) => brace.offset >= end);
  let last: Brace | undefined;
  if (depth > 0) last = behind.find((brace) => brace.depth === 0);
  else if (opens) {
    const [next] = behind;
    const late = next !== undefined && next.step > 0 && text.slice(end, next.offset).trim() === "";
    if (late) last = behind.find((brace) => brace.depth === depth && brace.step < 0);
    else if (excessOfClosing(text) > 0) last = behind.find((brace) => brace.depth === depth - 1);
  }
  if (depth > 0 && !last) return changed(text, blank(text, start, text.length));
  const blanked = blank(text, start, last ? last.offset + 1 : end);
  if (depth >= 0 || last || text[offset] === "}") return changed(text, blanked);
  // It also closes blocks that are not its own: those stay closed.
  return changed(text, blanked.slice(0, start) + "}".repeat(-depth) + blanked.slice(start - depth));
}

/** `text` with the bracket at `offset` and its partner made braces, if there is one. */
export function asBraces(text: string, offset: number): string | undefined {
  const open = text[offset];
  const close = open === "(" ? ")" : open === "[" ? "]" : undefined;
  let depth = 0;
  for (let at = offset; close !== undefined && at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) {
      return `${text.slice(0, offset)}{${text.slice(offset + 1, at)}}${text.slice(at + 1)}`;
    }
  }
  return undefined;
}

/** Where the statement begins that stopped short before the `}` at `offset`, if one did. */
function statementBefore(text: string, offset: number): number | undefined {
  const content = text.slice(0, offset).trimEnd().length;
  const start = lineStart(text, content);
  if (text[offset] !== "}" || content <= start || excessOfClosing(text) > 0) return undefined;
  const found = braces(text, start, offset + 1);
  return found.length === 1 && found[0]?.offset === offset ? start : undefined;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

const changed = (before: string, after: string) => (before === after ? undefined : after);

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, " ") + text.slice(end);
}
