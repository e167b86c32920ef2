// The modern parser: the tokens of a whole text into one list. The first fault ends it and nothing
// runs. Commands that are not there (`&& ;`) leave no trace, so there are no empty steps but where
// `for` has them.
import { closes, follows, isKeyword, opens } from "./keywords.js";
import { simpleCommand } from "./read-old.js";
import {
  type Compound,
  type Fault,
  type Group,
  type Keyword,
  literalText,
  type ScriptWord,
  type Section,
  type Span,
  type Step,
  type Steps,
  type SyntaxFault,
  type Token,
} from "./tree.js";

/** A compound command or group that is not complete, or the script itself. */
interface Frame {
  readonly opened: Span & { readonly word: string };
  readonly sections: Section[];
  section: (Omit<Section, "body"> & { readonly keyword: Keyword }) | undefined;
  steps: Step[];
  words: ScriptWord[];
  command: Compound | Group | undefined;
  inverted: boolean;
}

/**
 * Reads a text from its tokens: all of it, or what is wrong first. `partial`: as before 2025.01, when
 * of a text that ends inside a compound command the innermost one was run as far as it went.
 */
export function readModern(
  tokens: readonly Token[],
  partial = false,
): { steps: Steps; fault?: SyntaxFault } {
  const reader = new ModernReader();
  for (const token of tokens) {
    const fault = reader.take(token);
    if (fault) return { steps: [], fault };
  }
  return reader.end(partial);
}

const groups = ["{}", "()"];
const closedBy = (opening: string) => groups.find(([first]) => first === opening)?.[1];
const isCloser = (text: string) => groups.some(([, last]) => last === text);
const beginsWithCloser = ({ parts: [first, ...more] }: ScriptWord) =>
  first?.type === "text" &&
  first.quote === "none" &&
  first.text.startsWith(")") &&
  (first.text !== ")" || more.length > 0);
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

class ModernReader {
  #frame: Frame = newFrame({ start: 0, end: 0, word: "" });
  readonly #outer: Frame[] = [];
  #word: ScriptWord | undefined;

  take(token: Token): SyntaxFault | undefined {
    if (token.type === "word") {
      this.#word = token;
      return undefined;
    }
    if (token.type === "broken") {
      return { kind: "broken", what: token.what, start: token.start, end: token.end };
    }
    const fault = this.#endWord();
    if (fault) return fault;
    if (token.type === "newline") this.#endStep(";", token.type);
    else if (token.type === "operator") {
      if (token.operator === "(") this.#open(token, "(");
      else this.#endStep(token.operator, token.type);
    }
    return undefined;
  }

  end(partial: boolean): { steps: Steps; fault?: SyntaxFault } {
    // Inside of a group the last word does not matter any more, unless it is the end.
    const isEnd = this.#word && literalText(this.#word)?.text === closedBy(this.#frame.opened.word);
    const open = isEnd ? undefined : this.#group();
    if (open) return { steps: [], fault: open };
    const fault = this.#endWord();
    if (fault) return { steps: [], fault };
    const { opened } = this.#frame;
    const unfinished: SyntaxFault | undefined =
      this.#outer.length > 0 && !partial ? { kind: "unfinished", ...opened } : undefined;
    const left = this.#group() ?? unfinished;
    if (left) return { steps: [], fault: left };
    this.#endStep(";", "newline");
    const { section, sections, steps } = this.#frame;
    if (!section) return { steps };
    const { start, end } = opened;
    const compound = [...sections, { ...section, body: steps }];
    const command: Compound = { type: "compound", start, end, sections: compound, partial };
    return { steps: [{ command, inverted: false, operator: ";" }] };
  }

  /** The innermost group that is open. */
  #group(): SyntaxFault | undefined {
    const group = [...this.#outer, this.#frame].findLast(({ opened }) => closedBy(opened.word));
    return group && { kind: "unfinished", ...group.opened };
  }

  #endWord(): SyntaxFault | undefined {
    const word = this.#word;
    const frame = this.#frame;
    if (!word) return undefined;
    this.#word = undefined;
    const { text = "", quoted = true } = literalText(word) ?? {};
    if (frame.command) {
      if (quoted || !(isKeyword(text) || isCloser(text)))
        return fault({ kind: "argument", word: text }, word);
      this.#endStep(";", "word");
    }
    const { section, steps } = frame;
    if (section?.keyword === "for" && (steps.length === 0 || quoted || !/^(?:in|do)$/.test(text))) {
      if (steps.length === 0 && (quoted || !variableName.test(text))) {
        return fault({ kind: "variable" }, word);
      }
      frame.words.push(word);
      this.#endStep(";", "word");
      return undefined;
    }
    // What comes directly after `in` is a value, whatever it looks like.
    const isValue = section?.keyword === "in" && steps.length === 0;
    if (frame.words.length === 0 && !isValue && beginsWithCloser(word)) {
      return this.#closer(text, word);
    }
    if (frame.words.length > 0 || quoted || isValue) {
      frame.words.push(word);
      return undefined;
    }
    return this.#firstWord(text, word);
  }

  /** A `)` where a command begins stands for itself, whatever follows it. */
  #closer(text: string, word: ScriptWord): SyntaxFault | undefined {
    const { opened, steps } = this.#frame;
    const ends = opened.word === "(" && steps.length > 0;
    return fault(
      ends ? { kind: "argument", word: text.slice(1) } : { kind: "misplaced", word: ")" },
      word,
    );
  }

  /** A word without quotes where a command begins. */
  #firstWord(text: string, word: ScriptWord): SyntaxFault | undefined {
    const frame = this.#frame;
    if (isKeyword(text)) return this.#keyword(text, word);
    if (text === "!") {
      if (frame.inverted) return fault({ kind: "inversion" }, word);
      frame.inverted = true;
    } else if (text === "{") {
      this.#open(word, "{");
    } else if (isCloser(text)) {
      if (closedBy(frame.opened.word) !== text || frame.steps.length === 0) {
        return fault({ kind: "misplaced", word: text }, word);
      }
      const { opened, steps: body } = frame;
      this.#frame = this.#outer.pop() as Frame;
      this.#frame.command = { type: "group", start: opened.start, end: word.end, body };
    } else {
      frame.words.push(word);
    }
    return undefined;
  }

  #keyword(keyword: Keyword, { start, end }: Span): SyntaxFault | undefined {
    const at = { start, end };
    if (opens(keyword)) this.#open(at, keyword);
    else {
      const { section } = this.#frame;
      if (!section || !follows("modern", section.keyword, keyword)) {
        return fault({ kind: "misplaced", word: keyword }, at);
      }
    }
    const frame = this.#frame;
    if (frame.section) frame.sections.push({ ...frame.section, body: frame.steps });
    frame.steps = [];
    frame.section = { keyword, at };
    frame.inverted = false;
    if (closes(keyword)) {
      const { opened, sections } = frame;
      this.#frame = this.#outer.pop() as Frame;
      this.#frame.command = { type: "compound", start: opened.start, end, sections };
    }
    return undefined;
  }

  #open({ start, end }: Span, word: string): void {
    // An opening parenthesis after words makes the parser forget them.
    this.#frame.words = [];
    this.#outer.push(this.#frame);
    this.#frame = newFrame({ start, end, word });
  }

  #endStep(operator: Step["operator"], by: Token["type"]): void {
    const frame = this.#frame;
    const command = frame.command ?? simpleCommand(frame.words);
    const within = frame.section?.keyword;
    const mayBeEmpty =
      (within === "in" && by !== "newline") || (within === "for" && by === "newline");
    if (command || (mayBeEmpty && frame.steps.length === 0)) {
      frame.steps.push({ ...(command && { command }), inverted: frame.inverted, operator });
    }
    frame.words = [];
    frame.command = undefined;
    frame.inverted = false;
  }
}

function newFrame(opened: Frame["opened"]): Frame {
  return {
    opened,
    sections: [],
    section: undefined,
    steps: [],
    words: [],
    command: undefined,
    inverted: false,
  };
}

function fault(what: Fault, { start, end }: Span): SyntaxFault {
  return { ...what, start, end };
}
