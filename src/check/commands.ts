// The commands that a script runs, generated ones and those of `uboot` lines alike, with the place
// in the flow each comes from.
import type { Span } from "../diagnostics/index.js";
import type { Words } from "../faults/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { List, Node, Word } from "../hush/index.js";
import { lineCommands } from "../lint/index.js";

/** A command that the script runs. */
export interface ScriptCommand {
  readonly words: Words;
  readonly span: Span | undefined;
  /** Whether it was written by hand. */
  readonly raw: boolean;
}

/** All commands of `script`. */
export function commandsOf({ tree, origins }: GeneratedScript): readonly ScriptCommand[] {
  const found: ScriptCommand[] = [];
  const visitAll = (nodes: List, outer: Span | undefined) => {
    // What prepares a step stands before it and has no place of its own.
    let after = outer;
    const places = nodes.map(() => outer);
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at];
      after = (node && origins.get(node)) ?? after;
      places[at] = after;
    }
    for (const [index, node] of nodes.entries()) visit(node, places[index]);
  };
  const visit = (node: Node, span: Span | undefined): void => {
    switch (node.type) {
      case "command":
        found.push({ words: node.words.map(wordText), span, raw: false });
        return;
      case "raw":
        for (const { words, written } of lineCommands(node.text, "old")) {
          found.push({ words: [written, ...words.slice(1)], span, raw: true });
        }
        return;
      case "or":
      case "and":
        for (const each of node.operands) visit(each, span);
        return;
      case "if":
        visit(node.condition, span);
        visitAll(node.body, span);
        visitAll(node.otherwise, span);
        return;
      case "while":
        visit(node.condition, span);
        visitAll(node.body, span);
        return;
      case "for":
        visitAll(node.body, span);
        return;
      default:
    }
  };
  visitAll(tree, undefined);
  return found;
}

const wordText = (word: Word) =>
  word.map((part) => (typeof part === "string" ? part : `\${${part.variable}}`)).join("");
