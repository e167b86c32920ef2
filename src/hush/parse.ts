// A script for somebody who looks at it: the whole tree with positions and comments, and every fault
// that the parser of U-Boot would find, also those it only finds when it gets there.
import { shapeOfFor } from "./for-shape.js";
import { readModern } from "./read-modern.js";
import { OldReader } from "./read-old.js";
import { tokenize } from "./tokens.js";
import type { Dialect, ScriptTree, Step, Steps, SyntaxFault, Token } from "./tree.js";

export interface ParsedScript {
  readonly tree: ScriptTree;
  /** In the order of the text. The modern parser runs nothing when there is one. */
  readonly errors: readonly SyntaxFault[];
  /** The text in pieces, none left out. */
  readonly tokens: readonly Token[];
}

/**
 * Reads `text` as a sourced script. Any text gives a tree; after a fault the old parser's reading
 * goes on with the next line, and the modern one's tree is empty.
 */
export function parse(text: string, dialect: Dialect): ParsedScript {
  const tokens = tokenize(text, { dialect });
  const { steps, errors } = dialect === "old" ? readUnits(tokens) : readWhole(tokens);
  const comments = tokens.flatMap((token) =>
    token.type === "comment" ? [{ start: token.start, end: token.end, text: token.text }] : [],
  );
  const shape = wrongLoops(steps, dialect);
  return {
    tree: { type: "script", start: 0, end: text.length, steps, comments },
    errors: [...errors, ...shape].sort((a, b) => a.start - b.start),
    tokens,
  };
}

function readWhole(tokens: readonly Token[]) {
  const { steps, fault } = readModern(tokens);
  return { steps, errors: fault ? [fault] : [] };
}

function readUnits(tokens: readonly Token[]) {
  const reader = new OldReader(tokens);
  const steps: Step[] = [];
  const errors: SyntaxFault[] = [];
  while (!reader.isAtEnd) {
    const unit = reader.next();
    errors.push(...unit.faults);
    if (unit.state === "failed") reader.skipLine();
    else if (unit.steps.some(({ command }) => command)) steps.push(...unit.steps);
  }
  return { steps, errors };
}

function wrongLoops(steps: Steps, dialect: Dialect): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  // Not by recursion: a hostile text nests as deep as it is long.
  const lists = [steps];
  for (let list = lists.pop(); list; list = lists.pop()) {
    for (const { command } of list) {
      if (command?.type === "group") lists.push(command.body);
      if (command?.type !== "compound") continue;
      const { sections, start, end } = command;
      for (const { body } of sections) lists.push(body);
      if (sections[0]?.keyword === "for" && !shapeOfFor(dialect, command)) {
        faults.push({ kind: "for", start, end });
      }
    }
  }
  return faults;
}
