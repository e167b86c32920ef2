// The commands of a script as statements of a flow, one by one; what no statement is known for stays as
// a `uboot` line. Comments stay where they stood.
import {
  type Compound,
  type ScriptCommand as Node,
  parse,
  type SimpleCommand,
  type Step,
  type Steps,
} from "../hush/index.js";
import { commandOf, type Locate, type ScriptCommand } from "../lint/index.js";
import { bootargsText } from "./bootargs.js";
import { conditionText } from "./conditions.js";
import { type Found, originOf } from "./found.js";
import { lineText, valueText } from "./words.js";

/** What writing needs to know. */
export interface Importing {
  readonly text: string;
  readonly locate: Locate;
  readonly found: Found;
  readonly comments: readonly { readonly start: number; readonly text: string }[];
  /** Whether the kernel's root is on the server: then it is declared. */
  readonly nfsroot?: boolean;
}

/** Writes the statements of `importing`; one for each script. */
export class StatementWriter {
  private readonly lines: string[] = [];
  /** The lists that stay as they are. */
  readonly kept: Steps[] = [];
  private comment = 0;

  constructor(private readonly importing: Importing) {}

  /** The lines for `steps`, indented by two blanks. */
  write(steps: Steps): readonly string[] {
    this.list(steps, "  ");
    this.commentsUntil(Number.POSITIVE_INFINITY, "  ");
    return this.lines;
  }

  private list(steps: Steps, indent: string): void {
    for (let from = 0; from < steps.length; ) {
      let to = from;
      while (/^(?:&&|\|\|)$/.test(steps[to]?.operator ?? "") && to + 1 < steps.length) to++;
      this.chain(steps.slice(from, to + 1), indent);
      from = to + 1;
    }
  }

  private chain(steps: Steps, indent: string): void {
    const [first, ...rest] = steps;
    if (!first?.command) return;
    this.commentsUntil(first.command.start, indent);
    if (rest.length === 0 && !first.inverted) {
      this.node(first.command, indent);
      return;
    }
    const joints = steps.slice(0, -1).map(({ operator }) => operator);
    if (joints.every((each) => each === "&&") && steps.every((each) => this.isKnown(each))) {
      for (const { command } of steps) if (command) this.node(command, indent);
    } else if (joints.length === 1 && steps.every((each) => this.isKnown(each))) {
      if (steps.every(({ command }) => command && this.isSilent(command))) return;
      this.lines.push(`${indent}try {`);
      this.node(first.command, `${indent}  `);
      this.lines.push(`${indent}} else {`);
      if (rest[0]?.command) this.node(rest[0].command, `${indent}  `);
      this.lines.push(`${indent}}`);
    } else this.raw(steps, indent);
  }

  private node(node: Node, indent: string): void {
    if (node.type === "simple") {
      const statements = this.simple(node);
      if (statements) for (const each of statements) this.lines.push(`${indent}${each}`);
      else this.raw([alone(node)], indent);
    } else if (!(node.type === "compound" && this.conditional(node.sections, node.end, indent))) {
      this.raw([alone(node)], indent);
    }
  }

  /** Whether a statement stands for all of it. */
  private isKnown({ command, inverted }: Step): boolean {
    return !inverted && command?.type === "simple" && this.simple(command) !== undefined;
  }

  /** An `if`, if its first condition is one that a flow has; what its others are, is seen inside. */
  private conditional(sections: Compound["sections"], end: number, indent: string): boolean {
    const [first, then, next] = sections;
    if (!(first && then) || !/^(?:el)?if$/.test(first.keyword) || then.keyword !== "then")
      return false;
    const test = this.conditionOf(first.body);
    const attempt = first.body.every((each) => this.isKnown(each)) && onlyAnd(first.body);
    if (test === undefined && !attempt) return false;
    this.lines.push(`${indent}${test === undefined ? "try" : `if ${test}`} {`);
    if (test === undefined) this.list(first.body, `${indent}  `);
    this.list(then.body, `${indent}  `);
    this.commentsUntil(next?.at.start ?? end, `${indent}  `);
    if (next) {
      this.lines.push(`${indent}} else {`);
      if (next.keyword === "else") this.list(next.body, `${indent}  `);
      else this.nested(sections.slice(2), end, `${indent}  `);
      this.commentsUntil(end, `${indent}  `);
    }
    this.lines.push(`${indent}}`);
    return true;
  }

  /** `elif` and what follows, as the `if` that it is. */
  private nested(sections: Compound["sections"], end: number, indent: string): void {
    if (this.conditional(sections, end, indent)) return;
    const [first] = sections;
    if (!first) return;
    const whole: Compound = {
      type: "compound",
      start: first.at.start,
      end,
      sections: [{ ...first, keyword: "if" }, ...sections.slice(1)],
    };
    this.raw([alone(whole)], indent);
  }

  private conditionOf(body: Steps): string | undefined {
    const [only, ...more] = body;
    const command =
      more.length === 0 && only?.command?.type === "simple" ? only.command : undefined;
    if (!command || only?.inverted) return undefined;
    return conditionText(commandOf(command, this.importing.locate).command);
  }

  /** Whether nothing has to be written for it: `chain` loads the script itself. */
  private isSilent(node: Node): boolean {
    return node.type === "simple" && this.simple(node)?.length === 0;
  }

  private simple(node: SimpleCommand): readonly string[] | undefined {
    const { assignments, command } = commandOf(node, this.importing.locate);
    if (assignments.length > 0 || !command) return undefined;
    return this.loading(command) ?? plainStatement(command, this.importing);
  }

  private loading(command: ScriptCommand): readonly string[] | undefined {
    const { loads, boots, chains } = this.importing.found;
    const { start } = command.at;
    const [kernel, ...others] = boots.get(start) ?? [];
    if (kernel) return [`boot ${kernel}${others.length > 0 ? ` with ${others.join(", ")}` : ""}`];
    const script = chains.get(start);
    if (script) return [`chain ${script.name}`];
    const file = loads.get(start);
    const origin = file && originOf(command);
    if (!file || !origin) return undefined;
    // A script is loaded by the `chain`.
    const own =
      file.kind === "script"
        ? []
        : [`load ${file.name}${origin.device ? ` from ${origin.device}` : ""}`];
    return command.name === "dhcp" ? ["dhcp", ...own] : own;
  }

  private raw(steps: Steps, indent: string): void {
    this.kept.push(steps);
    const line = rawLine(steps, this.importing);
    const text = line === undefined ? undefined : lineText(line);
    if (text !== undefined) this.lines.push(`${indent}uboot ${text}`);
    else {
      const { start = 0 } = steps[0]?.command ?? {};
      const { end = start } = steps.at(-1)?.command ?? {};
      this.lines.push(`${indent}# not imported:`);
      const lines = this.importing.text.slice(start, end).split("\n");
      for (const each of lines) this.lines.push(`${indent}#   ${each.trim()}`);
    }
    const { end = 0 } = steps.at(-1)?.command ?? {};
    this.commentsUntil(end, indent);
  }

  private commentsUntil(end: number, indent: string): void {
    const { comments } = this.importing;
    for (
      let next = comments[this.comment];
      next && next.start < end;
      next = comments[this.comment]
    ) {
      this.lines.push(`${indent}#${next.text.trimEnd()}`);
      this.comment += 1;
    }
  }
}

const alone = (command: Node): Step => ({ command, inverted: false, operator: ";" });
const onlyAnd = (steps: Steps) => steps.slice(0, -1).every(({ operator }) => operator === "&&");

/** What needs nothing but its own words. */
function plainStatement(
  command: ScriptCommand,
  { nfsroot }: Importing,
): readonly string[] | undefined {
  const { name, args } = command;
  const [first, ...rest] = args;
  const word = first?.text ?? "";
  const value = valueText(name === "setenv" ? rest : args);
  switch (name) {
    case "dhcp":
      return args.length === 0 ? ["dhcp"] : undefined;
    case "reset":
    case "poweroff":
      return args.length === 0 ? [name] : undefined;
    case "saveenv":
      return ["save"];
    case "echo":
      return value !== undefined && word !== "-n" ? [`print ${value}`] : undefined;
    case "sleep":
      return args.length === 1 && /^\d+(?:\.\d{1,3})?$/.test(word) ? [`sleep ${word}s`] : undefined;
    case "ping":
      return args.length === 1 && /^[\d.]+$/.test(word) ? [`ping ${word}`] : undefined;
    case "run":
      return args.every(({ text }) => isName(text))
        ? args.map(({ text }) => `run ${text}`)
        : undefined;
    case "setenv":
      if (!isName(word)) return undefined;
      if (rest.length === 0) return [`unset ${word}`];
      if (value === undefined) return undefined;
      return word === "bootargs" ? bootargsText(value, nfsroot === true) : [`set ${word} ${value}`];
    default:
      return undefined;
  }
}

/** Names that a flow can set: letters, digits and _. */
const isName = (text: string) => /^[A-Za-z]\w*$/.test(text);

/** `steps` as one line that means the same; undefined when there is none. */
function rawLine(steps: Steps, { text }: Pick<Importing, "text">): string | undefined {
  const line = lineOf(steps, text);
  // A comment or a line end inside would take the rest with it.
  return /\n/.test(line) || parse(`${line}\n`, "old").errors.length > 0 ? undefined : line;
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

function nodeLine(node: Node, text: string): string {
  if (node.type === "simple") return text.slice(node.start, node.end);
  if (node.type === "group") return `{ ${lineOf(node.body, text)}; }`;
  const parts = node.sections.map(({ keyword, body }) => {
    const inner = lineOf(body, text);
    if (keyword === "for") return `for ${inner}`;
    return `${keyword}${inner === "" ? "" : ` ${inner};`}`;
  });
  return [...parts, node.sections[0]?.keyword === "if" ? "fi" : "done"].join(" ");
}
