// What no statement stands for, as one line of the shell that means the same.
import {
  type ScriptCommand as Node,
  parse,
  type SimpleCommand,
  type Steps,
} from "../hush/index.js";
import { lineText } from "./words.js";

/** `steps` as the text of a `uboot` line; or why there is none. */
export function rawText(
  steps: Steps,
  text: string,
): { readonly line: string } | { readonly why: string } {
  const line = lineOf(steps, text);
  if (/[^ -~]/.test(line)) {
    return {
      why: /\n/.test(line) ? "a value of several lines" : "characters outside of ASCII",
    };
  }
  const written = lineText(line);
  // The line is looked at as the old shell reads it; a comment inside would take the rest with it.
  const { errors, tree } = parse(`${line}\n`, "old");
  if (errors.length > 0) return { why: "a form that only the modern shell has" };
  return written === undefined || tree.comments.length > 0
    ? { why: "a comment inside a command" }
    : { line: written };
}

function lineOf(steps: Steps, text: string): string {
  const pieces = steps.flatMap(({ command, inverted, operator }) =>
    command ? [{ text: `${inverted ? "! " : ""}${nodeLine(command, text)}`, operator }] : [],
  );
  return pieces
    .map((piece, index) => {
      const last = index === pieces.length - 1;
      const joint = piece.operator === ";" || piece.operator === "&" ? ";" : ` ${piece.operator}`;
      return last ? piece.text : `${piece.text}${joint} `;
    })
    .join("");
}

/** Without the ends of lines that a backslash hides. */
function simpleLine({ start, end, words }: SimpleCommand, text: string): string {
  const [, name] = words.map(({ parts: [first] }) => (first?.type === "text" ? first.text : ""));
  const line = text
    .slice(start, end)
    .replace(/\\\n\s*/g, " ")
    .trim();
  // The kernel takes the end of a line for a space.
  return name === "bootargs" ? line.replace(/\n/g, " ") : line;
}

function nodeLine(node: Node, text: string): string {
  if (node.type === "simple") return simpleLine(node, text);
  const [only] = node.type === "compound" ? node.sections : [];
  // Commands that have to stay on one line, one after the other.
  if (only?.keyword === "misplaced") return lineOf(only.body, text);
  if (node.type === "group") return `{ ${lineOf(node.body, text)}; }`;
  const parts = node.sections.map(({ keyword, body }) => {
    const inner = lineOf(body, text);
    if (keyword === "for") return `for ${inner}`;
    if (keyword === "if" || keyword === "elif" || keyword === "while" || keyword === "until") {
      return `${keyword} ${inner};`;
    }
    // With nothing in it, the old parser never takes what comes after it.
    return inner === "" && keyword !== "in" ? `${keyword} true;` : `${keyword} ${inner};`;
  });
  return [...parts, node.sections[0]?.keyword === "if" ? "fi" : "done"].join(" ");
}
