// The printer, the only place that quotes. It writes the forms of syntax.ts so that the old and the
// modern parser read the same, and says what it cannot write. The rules it follows are listed in
// grammar/README.md, "The shell that comes out".
import type { List, Node, Part, Word } from "./syntax.js";

/** What bounds a script on a board. A line has no bound: CBSIZE is one for what is typed. */
export interface PrintOptions {
  /** CONFIG_SYS_MAXARGS: a command has at most this many words, its name included. */
  readonly maxargs?: number;
  /** Whether comments and indentation are written. Default: yes. */
  readonly readable?: boolean;
}

/** Something that has no portable spelling, or breaks a limit. */
export type PrintProblem =
  | { readonly kind: "character"; readonly node: Node; readonly character: string }
  | { readonly kind: "name"; readonly node: Node; readonly name: string }
  | { readonly kind: "empty-assignment"; readonly node: Node; readonly name: string }
  | { readonly kind: "too-many-arguments"; readonly node: Node; readonly count: number };

/** The script's text, and what is wrong with it: when there are problems, do not use the text. */
export interface Printed {
  readonly text: string;
  /** For each line of the text, what it is a line of. */
  readonly lines: readonly Node[];
  readonly problems: readonly PrintProblem[];
}

/** Prints `list`, one statement a line, each line ended by LF. */
export function print(list: List, options: PrintOptions = {}): Printed {
  const { maxargs = Number.POSITIVE_INFINITY } = options;
  const readable = options.readable ?? true;
  const lines: string[] = [];
  const nodes: Node[] = [];
  const problems: PrintProblem[] = [];

  const emit = (node: Node, depth: number, text: string) => {
    lines.push(readable ? "  ".repeat(depth) + text : text);
    nodes.push(node);
  };
  const word = (node: Node, value: Word): string => {
    const [only] = value;
    // Most words: nothing to quote and nothing to object to.
    if (value.length === 1 && typeof only === "string" && PLAIN.test(only)) return only;
    for (const part of value) problems.push(...problemsOf(node, part));
    return quote(value);
  };
  /** A word that is split: only what is plain may stand around a variable. */
  const value = (node: Node, parts: Word): string => {
    const quoted = word(node, parts);
    if (parts.every((part) => typeof part === "string")) return quoted;
    const odd = parts.find((part) => typeof part === "string" && !PLAIN.test(part));
    if (typeof odd === "string") problems.push({ kind: "character", node, character: odd });
    return parts.map(shown).join("");
  };
  /** A command, assignment or chain on one line. */
  const inline = (node: Node): string => {
    switch (node.type) {
      case "command":
        if (node.words.length > maxargs) {
          problems.push({ kind: "too-many-arguments", node, count: node.words.length });
        }
        return node.words.map((each) => word(node, each)).join(" ");
      case "assignment":
        if (!NAME.test(node.name)) problems.push({ kind: "name", node, name: node.name });
        if (node.value.every((part) => part === "")) {
          problems.push({ kind: "empty-assignment", node, name: node.name });
        }
        return `${node.name}=${word(node, node.value)}`;
      case "or":
        return node.operands.map(inline).join(" || ");
      case "and":
        return node.operands.map(inline).join(" && ");
      case "raw":
        return node.text;
      default:
        throw new Error(`a ${node.type} does not stand on one line`);
    }
  };
  const block = (nodes: List, node: Node, depth: number) => {
    if (nodes.every(({ type }) => type === "comment")) emit(node, depth, "true");
    for (const each of nodes) statement(each, depth);
  };
  const statement = (node: Node, depth: number): void => {
    switch (node.type) {
      case "comment":
        if (readable) emit(node, depth, `# ${printable(node.text)}`.trimEnd());
        return;
      case "if":
        emit(node, depth, `if ${inline(node.condition)}; then`);
        block(node.body, node, depth + 1);
        if (node.otherwise.length > 0) {
          emit(node, depth, "else");
          block(node.otherwise, node, depth + 1);
        }
        emit(node, depth, "fi");
        return;
      case "for":
      case "while":
        emit(
          node,
          depth,
          node.type === "while"
            ? `while ${inline(node.condition)}; do`
            : `for ${node.variable} in ${node.values.map((each) => value(node, each)).join(" ")}; do`,
        );
        block(node.body, node, depth + 1);
        emit(node, depth, "done");
        return;
      default:
        emit(node, depth, inline(node));
    }
  };
  for (const node of list) statement(node, 0);
  return { text: lines.length === 0 ? "" : `${lines.join("\n")}\n`, lines: nodes, problems };
}

/** Names that both parsers take in `name=value` and in `${name}`. */
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
/** `serial#` and its kind are fine to read: both parsers know `#` after a name. */
const READABLE_NAME = /^[A-Za-z][A-Za-z0-9_]*#?$/;
/** Characters that need no quotes anywhere in an argument. */
const PLAIN = /^(?:!=|[A-Za-z0-9_.,:/=@%+-]+)$/;
/** Characters that stay themselves inside double quotes beside a variable. */
const WITHIN_DOUBLE = /^[^"'\\$`]*$/;

/**
 * What cannot be written. An apostrophe ends a quoted word when the old parser reads an expanded
 * command again, and a backslash is removed or kept depending on the parser. A control character
 * may be hush's own marker (0x03), or end the line.
 */
function problemsOf(node: Node, part: Part): PrintProblem[] {
  if (typeof part !== "string") {
    const name = part.variable;
    return READABLE_NAME.test(name) ? [] : [{ kind: "name", node, name }];
  }
  const character = /['\\]|[^ -~]/u.exec(part)?.[0];
  return character === undefined ? [] : [{ kind: "character", node, character }];
}

const shown = (part: Part) => (typeof part === "string" ? part : `\${${part.variable}}`);

/** `word` so that it is exactly one argument. */
function quote(word: Word): string {
  const text = word.filter((part) => typeof part === "string");
  if (text.length === word.length) {
    const whole = text.join("");
    return whole === "" ? '""' : PLAIN.test(whole) ? whole : `'${whole}'`;
  }
  if (text.every((part) => WITHIN_DOUBLE.test(part))) return `"${word.map(shown).join("")}"`;
  return word.map((part) => (typeof part === "string" ? `'${part}'` : `"${shown(part)}"`)).join("");
}

/** `text` with everything but printable ASCII replaced, for comments. */
function printable(text: string): string {
  return text.replace(/[^ -~]/g, "?");
}
