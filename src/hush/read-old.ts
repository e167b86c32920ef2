// The old parser: tokens into units, which it reads and runs one after the other. Not in the grammar
// because of what it does with a misplaced keyword: it reports it and, when `;`, `&&` or `||` stands
// directly after the word, reads on. That is done here in the same order as on a board.
import { closes, follows, isKeyword, opens } from "./keywords.js";
import {
  type Compound,
  type Fault,
  type Keyword,
  literalText,
  type ScriptCommand,
  type ScriptWord,
  type Section,
  type Span,
  type Step,
  type Steps,
  type SyntaxFault,
  type Token,
} from "./tree.js";

/** What is read before something is run: usually a line, or a compound command. */
export interface Unit {
  readonly steps: Steps;
  /** Each is a "syntax error" on the console. */
  readonly faults: readonly SyntaxFault[];
  /** `failed` and `unfinished` units do not run. The text ended in an unfinished one. */
  readonly state: "complete" | "failed" | "unfinished";
  /** Where it ends in the source. */
  readonly end: number;
}

export interface OldReaderOptions {
  /** All of the text is one unit, as for `run`. */
  readonly whole?: boolean;
  /** The second reading of a command, which knows no keywords. */
  readonly again?: boolean;
}

/** A compound command that is not complete, or the unit itself. */
interface Frame {
  readonly opened: Span & { readonly word: string };
  readonly sections: Section[];
  section: Omit<Section, "body"> | undefined;
  /** The last keyword that had its place. */
  keyword: Keyword | undefined;
  steps: Step[];
  words: ScriptWord[];
  compound: Compound | undefined;
}

/** Reads the units of a text from its tokens. */
export class OldReader {
  #position = 0;
  #frames: Frame[] = [];
  #faults: SyntaxFault[] = [];
  #word: ScriptWord | undefined;
  readonly #whole: boolean;
  readonly #again: boolean;

  constructor(
    private readonly tokens: readonly Token[],
    options: OldReaderOptions = {},
  ) {
    this.#whole = options.whole ?? false;
    this.#again = options.again ?? false;
  }

  /** Whether nothing is left to be read. */
  get isAtEnd(): boolean {
    return this.#position >= this.tokens.length;
  }

  /** The next unit; empty for an empty line. */
  next(): Unit {
    this.#frames = [newFrame({ start: this.#offset, end: this.#offset, word: "" })];
    this.#faults = [];
    this.#word = undefined;
    while (!this.isAtEnd) {
      const token = this.tokens[this.#position++] as Token;
      const state = this.#take(token);
      if (state) return this.#unit(state);
    }
    if (this.#frames.length > 1) {
      const { opened } = this.#frame;
      this.#faults.push({ kind: "unfinished", ...opened });
      return this.#unit("unfinished");
    }
    this.#endWord();
    this.#endStep(";");
    return this.#unit("complete");
  }

  /** Goes on after the next newline, as a checker does after a failed unit. */
  skipLine(): void {
    while (!this.isAtEnd && this.tokens[this.#position++]?.type !== "newline");
  }

  #take(token: Token): Unit["state"] | undefined {
    switch (token.type) {
      case "word":
        this.#word = this.#word ? joined(this.#word, token) : token;
        return undefined;
      case "comment":
        return undefined;
      case "blank":
        return this.#endWord() ? undefined : "failed";
      case "newline": {
        if (!this.#endWord()) return "failed";
        this.#endStep(";");
        const { section, keyword } = this.#frame;
        return this.#whole || section || keyword ? undefined : "complete";
      }
      case "operator":
        // Whether the word before it has its place does not matter to the old parser here.
        this.#endWord();
        if (token.operator === "&" || token.operator === "|" || token.operator === "(") {
          this.#fault({ kind: "operator", operator: token.operator }, token);
          return "failed";
        }
        this.#endStep(token.operator);
        return undefined;
      case "broken":
        this.#fault({ kind: "broken", what: token.what }, token);
        return "failed";
    }
  }

  /** Ends the word before a separator. False: it has no place here. */
  #endWord(): boolean {
    const word = this.#word;
    const frame = this.#frame;
    if (!word) return true;
    if (frame.compound) {
      // It stays, and what comes next is joined to it.
      return this.#fault({ kind: "argument", word: literalText(word)?.text ?? "" }, word);
    }
    this.#word = undefined;
    const text = literalText(word)?.text;
    // Quotes do not keep a word from being a keyword, a backslash does.
    const isPlain = word.parts.every(({ quote }) => quote !== "backslash");
    if (frame.words.length === 0 && !this.#again && isPlain && text && isKeyword(text)) {
      return this.#endKeyword(text, word);
    }
    frame.words.push(word);
    if (frame.section?.keyword === "for") this.#endStep(";");
    return true;
  }

  #endKeyword(keyword: Keyword, at: Span): boolean {
    const frame = this.#frame;
    const span = { start: at.start, end: at.end };
    const within = frame.section?.keyword;
    if (opens(keyword)) {
      if (within === "for" || within === "in") return this.#misplaced(keyword, span);
      this.#frames.push(newFrame({ ...span, word: keyword }));
    } else if (!frame.keyword || !follows("old", frame.keyword, keyword)) {
      return this.#misplaced(keyword, span);
    }
    this.#frame.keyword = keyword;
    this.#beginSection({ keyword, at: span });
    if (closes(keyword)) {
      const { opened, sections } = this.#frames.pop() as Frame;
      this.#frame.compound = { type: "compound", start: opened.start, end: at.end, sections };
      // After a misplaced keyword the end of a compound command is wrong, without a message.
      return this.#frame.section?.keyword !== "misplaced";
    }
    return true;
  }

  #misplaced(word: Keyword, at: Span): false {
    // What came before cannot skip what comes now.
    if (this.#frames.length === 1) this.#frame.steps.push({ inverted: false, operator: ";" });
    this.#beginSection({ keyword: "misplaced", at });
    return this.#fault({ kind: "misplaced", word }, at);
  }

  #beginSection(section: Omit<Section, "body">): void {
    const frame = this.#frame;
    // The unit itself has no sections; being in one only means that a newline does not end it.
    if (frame.section && this.#frames.length > 1) {
      frame.sections.push({ ...frame.section, body: frame.steps });
      frame.steps = [];
    }
    frame.section = section;
  }

  #endStep(operator: Step["operator"]): void {
    const frame = this.#frame;
    const command = frame.compound ?? simpleCommand(frame.words);
    frame.steps.push({ ...(command && { command }), inverted: false, operator });
    frame.words = [];
    frame.compound = undefined;
  }

  #fault(fault: Fault, { start, end }: Span): false {
    this.#faults.push({ ...fault, start, end });
    return false;
  }

  #unit(state: Unit["state"]): Unit {
    const { steps } = this.#frames[0] as Frame;
    return { steps, faults: this.#faults, state, end: this.#offset };
  }

  get #frame(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame;
  }

  get #offset(): number {
    return this.tokens[this.#position - 1]?.end ?? 0;
  }
}

function newFrame(opened: Frame["opened"]): Frame {
  return {
    opened,
    sections: [],
    section: undefined,
    keyword: undefined,
    steps: [],
    words: [],
    compound: undefined,
  };
}

function joined(first: ScriptWord, second: ScriptWord): ScriptWord {
  const parts = [...first.parts, ...second.parts];
  return { type: "word", start: first.start, end: second.end, parts };
}

/** The command that `words` are, if there are any. */
export function simpleCommand(words: readonly ScriptWord[]): ScriptCommand | undefined {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return undefined;
  return { type: "simple", start: first.start, end: last.end, words };
}
