// The lists, conditions and loops of a script as blocks of a flow. In a flow a step that fails leaves its
// block: where the script goes on, the step stands in a `try` of its own. Comments stay where they stood.
import type { Compound, Dialect, ScriptCommand as Node, Step, Steps } from "../hush/index.js";
import { commandsOf, readsStatus } from "../lint/index.js";
import { conditionOf, negated } from "./conditions.js";
import { rawText } from "./raw.js";
import { type Importing, type Statement, statementFor } from "./statements.js";
import { plainValue } from "./words.js";

type Lines = readonly string[];

/** Writes the statements of a script; one for each script. */
export class BlockWriter {
  /** Commands that stayed as they are, or could not be taken over. */
  left = 0;
  #comment = 0;

  constructor(
    readonly importing: Importing,
    readonly dialect: Dialect,
  ) {}

  /** The lines for `steps`, indented by two spaces; `last`: as in `#list`. */
  write(steps: Steps, last: boolean): Lines {
    const lines = this.#list(steps, last);
    return braced(indented([...lines, ...this.#commentsUntil(Number.POSITIVE_INFINITY)]));
  }

  /** `last`: the status of the script is that of what stands last in it. */
  #list(steps: Steps, last: boolean): Lines {
    const rows = withStatus(rowsOf(steps));
    const starts = this.importing.found ? this.#startsIn(rows) : undefined;
    const lines: string[] = [];
    for (const [index, row] of rows.entries()) {
      const ends = last && index === rows.length - 1;
      if (starts && index === starts.from) {
        const to = starts.to + 1;
        const inside = rows.slice(starts.from, to).flatMap((each) => this.#together(each));
        lines.push(...(last && to === rows.length ? inside : block("try", inside)));
      }
      if (starts && index >= starts.from && index <= starts.to) continue;
      lines.push(...this.#row(row, ends));
    }
    return lines;
  }

  /** From the first load of a declared file to the last start: they stand or fall together. */
  #startsIn(rows: readonly Steps[]): { readonly from: number; readonly to: number } | undefined {
    const kinds = rows.map((row) => {
      const all = row.map(({ command }) => this.#statement(command)?.starts);
      return all.find((each) => each === "boot") ?? all.find((each) => each);
    });
    const from = kinds.findIndex((each) => each);
    return from < 0 ? undefined : { from, to: kinds.lastIndexOf("boot") };
  }

  /** A row whose failure ends the block around it where it loads or starts. */
  #together(row: Steps): Lines {
    const known = row.map(({ command }) => this.#statement(command));
    return known.every((each) => each?.starts) ? this.#attempt(row) : this.#row(row, false);
  }

  #statement(node: Node | undefined): Statement | undefined {
    return node?.type === "simple" ? statementFor(node, this.importing) : undefined;
  }

  /** A row of `&&` and `||` whose status nobody looks at. */
  #row(row: Steps, last: boolean): Lines {
    const [first, ...rest] = row;
    if (!first?.command) return [];
    const before = this.#commentsUntil(first.command.start);
    if (rest.length === 0 && !first.inverted)
      return [...before, ...this.#node(first.command, last)];
    if (this.dialect === "modern" && isMixed(row)) return [...before, ...this.#modern(row)];
    return [...before, ...this.#joined(row, last)];
  }

  /** As the old parser reads it: `&&` and `||` skip all that is left. */
  #joined(row: Steps, last: boolean): Lines {
    const [first, ...rest] = row;
    if (!first) return [];
    if (rest.length === 0) {
      return first.inverted || !first.command
        ? this.#attempted(row)
        : this.#node(first.command, last);
    }
    const condition = this.#condition([first]);
    const skips = first.operator === "||";
    if (condition !== undefined) {
      const asked = skips ? negated(condition) : condition;
      const inside = this.#joined(rest, last);
      const [, name] = /^not defined (\w+)$/.exec(asked) ?? [];
      const [, set, value] =
        /^set (\w+) (".*")$/.exec(inside.length === 1 ? (inside[0] ?? "") : "") ?? [];
      if (name !== undefined && set === name) return [`default ${name} ${value}`];
      return block(`if ${asked}`, inside);
    }
    if (skips)
      return [...block("try", this.#attempt([first])), ...otherwise(this.#joined(rest, last))];
    const all = row.every(({ operator }, index) => operator === "&&" || index === row.length - 1);
    if (all && rest.every((each) => this.#condition([each]) === undefined)) {
      return block("try", this.#attempt(row));
    }
    return [...block("try", this.#attempt([first])), ...after("then", this.#joined(rest, last))];
  }

  /** Mixed, from left to right: what comes before the last operator is one thing. */
  #modern(row: Steps): Lines {
    const all = row.slice(0, -1);
    const joint = row.at(-2)?.operator;
    const tail = this.#attempted(row.slice(-1));
    const head = this.#attempt(all);
    return joint === "||"
      ? [...block("try", head), ...otherwise(tail)]
      : [...block("try", head), ...after("then", tail)];
  }

  #attempted = (row: Steps): Lines => block("try", this.#attempt(row));

  /** The lines that fail when `row` does. */
  #attempt(row: Steps): Lines {
    const [first, ...rest] = row;
    if (!first?.command) return [];
    const condition = this.#condition(row);
    if (condition !== undefined) return [`if ${negated(condition)} { fail "not so" }`];
    if (rest.length > 0 && this.dialect === "modern" && isMixed(row)) {
      const [head, tail] = [row.slice(0, -1), row.slice(-1)];
      const joint = head.at(-1)?.operator;
      const before = this.#attempt(head);
      return joint === "||"
        ? [...block("try", before), ...otherwise(this.#attempt(tail))]
        : [...before, ...this.#attempt(tail)];
    }
    const own = this.#failing(first);
    if (rest.length === 0) return own;
    return first.operator === "||"
      ? [...block("try", own), ...otherwise(this.#attempt(rest))]
      : [...own, ...this.#attempt(rest)];
  }

  #failing(step: Step): Lines {
    const { command, inverted } = step;
    if (!command) return [];
    const before = this.#commentsUntil(command.start);
    if (inverted) {
      const inside = this.#failing({ ...step, inverted: false });
      return [
        ...before,
        ...block("try", inside),
        ...after("then", ['fail "not so"']),
        ...otherwise([]),
      ];
    }
    const statement = this.#statement(command);
    return [...before, ...(statement?.lines ?? this.#raw([alone(command)]))];
  }

  /** A command whose status nobody looks at. */
  #node(node: Node, last: boolean): Lines {
    const statement = this.#statement(node);
    if (statement) {
      const free = !statement.fails || (last && statement.starts === "boot");
      return free ? statement.lines : block("try", statement.lines);
    }
    if (node.type === "group") return this.#list(node.body, last);
    if (node.type === "compound") {
      const [{ keyword } = { keyword: "misplaced" }] = node.sections;
      const lines =
        keyword === "if"
          ? this.#conditional(node.sections, node.end, last)
          : keyword === "for"
            ? this.#loop(node)
            : undefined;
      if (lines) return lines;
    }
    return block("try", this.#raw([alone(node)]));
  }

  /** `if`, `elif` and `else`, from the first of `sections` on. */
  #conditional(sections: Compound["sections"], end: number, last: boolean): Lines | undefined {
    const [first, then, next] = sections;
    if (!(first && then) || then.keyword !== "then") return undefined;
    const rows = rowsOf(first.body);
    const asked = rows.at(-1);
    if (!asked) return undefined;
    const before = rows.slice(0, -1).flatMap((each) => this.#row(each, false));
    const condition = this.#condition(asked);
    const attempt = condition === undefined ? this.#attempt(asked) : [];
    const taken = [...this.#list(then.body, last), ...this.#commentsUntil(next?.at.start ?? end)];
    // With nothing at all in it, the old parser never takes what comes after it.
    const lost = this.dialect === "old" && then.body.length === 0 && taken.length === 0;
    const rest = next && !lost ? this.#otherwise(sections.slice(2), end, last) : [];
    if (next && lost)
      this.left += commandsIn(
        sections.slice(2).flatMap(({ body }) => body),
        this.importing,
      );
    if (condition === undefined) {
      const then = taken.length > 0 ? after("then", taken) : [];
      return [...before, ...block("try", attempt), ...then, ...otherwise(rest)];
    }
    if (taken.length === 0 && rest.length > 0)
      return [...before, ...block(`if ${negated(condition)}`, rest)];
    const [only = ""] = rest;
    const isChain = /^if /.test(only) && closesAt(rest) === rest.length - 1;
    const others = isChain ? elseIf(rest) : otherwise(rest);
    return [...before, ...block(`if ${condition}`, taken), ...others];
  }

  #otherwise(sections: Compound["sections"], end: number, last: boolean): Lines {
    const [first] = sections;
    if (!first) return [];
    if (first.keyword === "else") {
      return [...this.#list(first.body, last), ...this.#commentsUntil(end)];
    }
    const rest = [{ ...first, keyword: "if" as const }, ...sections.slice(1)];
    const lines = this.#conditional(rest, end, last);
    if (lines) return lines;
    const { start } = first.at;
    return block("try", this.#raw([alone({ type: "compound", start, end, sections: rest })]));
  }

  #loop({ sections, end }: Compound): Lines | undefined {
    const [variable, list, inside] = sections;
    const [named, values] = [variable, list].map((each) => {
      const [only, ...more] = each?.body ?? [];
      const words = only?.command?.type === "simple" && more.length === 0 ? only.command.words : [];
      return words;
    });
    const [name] = named ?? [];
    const part = name?.parts[0];
    const text = part?.type === "text" ? part.text : "";
    if (list?.keyword !== "in" || inside?.keyword !== "do" || !/^[A-Za-z]\w*$/.test(text))
      return undefined;
    // The modern parser takes what is quoted for one value.
    const quoted = (values ?? []).some(({ parts }) =>
      parts.some(
        ({ quote, ...each }) =>
          quote !== "none" && (each.type === "variable" || / /.test(each.text)),
      ),
    );
    const args = (values ?? []).map((word) => ({
      word,
      text: "",
      at: this.importing.locate(word),
    }));
    const value = plainValue(args, /^[\w.,:/=@%+ -]*$/);
    if (value === undefined || (quoted && this.dialect === "modern")) return undefined;
    const body = [...this.#list(inside.body, false), ...this.#commentsUntil(end)];
    const shown = /^"(\$\{[^}]*\})"$/.exec(value)?.[1] ?? value;
    return block(`for each ${text} in ${shown}`, body);
  }

  #condition(row: Steps): string | undefined {
    return conditionOf(row, this.dialect, this.importing.locate);
  }

  /** A line of the shell, which fails when its last command does. */
  #raw(steps: Steps): Lines {
    this.left += commandsIn(steps, this.importing);
    const { text } = this.importing;
    const raw = rawText(steps, text);
    const { start = 0 } = steps[0]?.command ?? {};
    const { end = start } = steps.at(-1)?.command ?? {};
    const lines =
      "line" in raw
        ? [`uboot ${raw.line}`]
        : [
            `# not imported, so that it is not done: ${raw.why}`,
            ...text
              .slice(start, end)
              .split("\n")
              .map((each) => `#   ${each.trim()}`),
          ];
    return [...lines, ...this.#commentsUntil(end)];
  }

  #commentsUntil(end: number): Lines {
    const { comments } = this.importing;
    const from = this.#comment;
    while ((comments[this.#comment]?.start ?? end) < end) this.#comment += 1;
    return comments.slice(from, this.#comment).map(({ text }) => `#${text.trimEnd()}`);
  }
}

const alone = (command: Node): Step => ({ command, inverted: false, operator: ";" });
const indented = (lines: Lines): Lines => lines.map((each) => `  ${each}`);

/** Lines in braces; on one line when it is one. */
function block(head: string, lines: Lines): Lines {
  const [only] = lines;
  if (only === undefined) return [`${head} {`, "}"];
  if (head === "try" && lines.every((each) => each.startsWith("#"))) return lines;
  const short = lines.length === 1 && !/^#|[{}]/.test(only.replace(/\$\{[^}]*\}/g, ""));
  if (head === "try" && short) return [`try { ${only} }`];
  return [`${head} {`, ...indented(lines), "}"];
}

/** `then` or `else` after a block. */
const after = (word: string, lines: Lines): Lines => [`${word} {`, ...indented(lines), "}"];
const otherwise = (lines: Lines): Lines => (lines.length > 0 ? after("else", lines) : []);
const elseIf = ([first = "", ...rest]: Lines): Lines => [`else ${first}`, ...rest];

/** With `then` and `else` on the line of the brace before them. */
function braced(lines: Lines): Lines {
  const joined: string[] = [];
  for (const line of lines) {
    const before = joined.at(-1) ?? "";
    const goesOn = /^\s*(?:then|else)\b/.test(line) && before.endsWith("}");
    if (goesOn) joined[joined.length - 1] = `${before} ${line.trim()}`;
    else joined.push(line);
  }
  return joined;
}

/** Where the block that begins `lines`, with what is chained to it, ends. */
function closesAt(lines: Lines): number {
  let at = lines.indexOf("}");
  while (at >= 0 && /^else\b/.test(lines[at + 1] ?? "")) {
    at = lines.findIndex((each, index) => index > at && each === "}");
  }
  return at;
}

/** `steps` as rows of what `&&` and `||` join. */
function rowsOf(steps: Steps): readonly Steps[] {
  const rows: Step[][] = [];
  let open = false;
  for (const step of steps) {
    if (open) rows.at(-1)?.push(step);
    else if (step.command) rows.push([step]);
    open = /^(?:&&|\|\|)$/.test(step.operator);
  }
  return rows;
}

const isMixed = (row: Steps) => new Set(row.slice(0, -1).map(({ operator }) => operator)).size > 1;

const commandsIn = (steps: Steps, { locate }: Importing) =>
  commandsOf(locate({ start: 0, end: 0 }).source, steps).length;

/**
 * A row that looks at `$?`, and the one before it, as one: an `if` on the command itself where that is
 * the same, and otherwise a single line of the shell.
 */
function withStatus(rows: readonly Steps[]): readonly Steps[] {
  const result: Steps[] = [];
  for (const row of rows) {
    const before = result.at(-1);
    const [only] = row;
    if (!before || !only || !asksStatus(only.command)) {
      result.push(row);
      continue;
    }
    result.pop();
    const joined = row.length === 1 ? ifOn(before, only.command) : undefined;
    result.push(joined ?? [alone(together([...before, ...row]))]);
  }
  return result;
}

const together = (steps: Steps): Node => ({
  type: "compound",
  start: steps[0]?.command?.start ?? 0,
  end: steps.at(-1)?.command?.end ?? 0,
  sections: [{ keyword: "misplaced", at: { start: 0, end: 0 }, body: steps }],
});

/** Whether the first command that `node` runs reads the status. */
function asksStatus(node: Node | undefined): boolean {
  if (node?.type === "simple") return readsStatus(node);
  if (node?.type !== "compound") return false;
  return asksStatus(node.sections[0]?.body[0]?.command);
}

/** `COMMAND; if test $? -eq 0; then … fi` as `if COMMAND; then … fi`. */
function ifOn(before: Steps, node: Node | undefined): Steps | undefined {
  if (node?.type !== "compound" || before.length !== 1) return undefined;
  const [asked, then, last, ...more] = node.sections;
  const [test, ...others] = asked?.body ?? [];
  if (!asked || !then || others.length > 0 || test?.command?.type !== "simple") return undefined;
  const words = test.command.words.map(({ parts }) =>
    parts.map((part) => (part.type === "text" ? part.text : "$?")).join(""),
  );
  const [, sign] = /^test \$\? (-eq|=|-ne|!=) 0$/.exec(words.join(" ")) ?? [];
  if (sign === undefined) return undefined;
  const inner = before.map((each) => ({ ...each, operator: ";" as const }));
  const good = sign === "-eq" || sign === "=";
  if (!good && (more.length > 0 || last?.keyword === "elif")) return undefined;
  // As the parser has a line with nothing on it: a step without a command.
  const nothing: Steps = [{ inverted: false, operator: ";" }];
  const none = { keyword: "then" as const, at: then.at, body: last?.body ?? nothing };
  const sections = good
    ? [{ ...asked, body: inner }, ...node.sections.slice(1)]
    : [{ ...asked, body: inner }, none, { ...then, keyword: "else" as const }];
  return [alone({ ...node, sections })];
}
