// What `ubootc graph` shows, before it is drawn: the statements of each script as they are written,
// and where each goes on when it succeeds and when it fails. A failure leaves its block for the
// nearest `else` or `retry`, and otherwise ends the script.
import {
  type Block,
  type ChainStatement,
  missed,
  nests,
  type Statement,
} from "../language/index.js";
import type { Analysis, Plan } from "../memory/index.js";
import type { Program, Script } from "../program/index.js";
import { stepsIn } from "../steps/index.js";
import { placeOf } from "./place.js";

/** How a node is drawn. */
export type NodeKind =
  | "start"
  | "step"
  | "choice"
  | "retry"
  /** The script ends here: a kernel runs, the board resets, the prompt appears. */
  | "end"
  | "done"
  | "failed";

/** A statement, or the beginning or an end of a script. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** `23: boot linux with pi3`. */
  readonly text: string;
  /** How many blocks are around it. */
  readonly depth: number;
  /** What the block is, in front of the first node of one that has no node of its own. */
  readonly opens?: string;
}

/** From one node to another. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "next" | "yes" | "no" | "fails" | "chain";
}

/** A script with its nodes in written order, the ends after them. */
export interface ScriptGraph {
  readonly name: string;
  /** `tftp: netboot-${serial#}.scr`. */
  readonly file: string;
  readonly nodes: readonly GraphNode[];
}

/** A whole flow. */
export interface FlowGraph {
  readonly name: string;
  readonly scripts: readonly ScriptGraph[];
  readonly edges: readonly GraphEdge[];
}

/** The graph of everything that is planned. */
export function flowGraph({ program, analyses }: Plan): FlowGraph {
  const edges: GraphEdge[] = [];
  const returns = returning(program, analyses);
  const scripts = [...program.scripts.values()].map((script, index) =>
    scriptGraph(script, { id: `s${index + 1}`, program, analyses, returns, edges }),
  );
  return { name: program.name, scripts, edges };
}

interface Context {
  readonly id: string;
  readonly program: Program;
  readonly analyses: readonly Analysis[];
  /** The scripts that can end with success, so that what called them goes on. */
  readonly returns: ReadonlySet<Script>;
  /** Edges are added here. */
  readonly edges: GraphEdge[];
}

function scriptGraph(script: Script, context: Context): ScriptGraph {
  const { id, program, edges } = context;
  const nodes: GraphNode[] = [];
  const ids = new Map<Statement, string>();
  const start = { id: `${id}_start`, kind: "start", text: script.name, depth: 0 } as const;
  const done = {
    id: `${id}_done`,
    kind: "done",
    text: `${script.name} is done`,
    depth: 0,
  } as const;
  const failed = {
    id: `${id}_failed`,
    kind: "failed",
    text: `${script.name} failed`,
    depth: 0,
  } as const;

  const number = (block: Block, depth: number, opens?: string) => {
    for (const [index, statement] of block.entries()) {
      const label = index === 0 ? opens : undefined;
      if (statement.type === "try") number(statement.body, depth + 1, "try");
      else {
        const own = `${id}_${nodes.length + 1}`;
        ids.set(statement, own);
        nodes.push({
          id: own,
          kind: kindOf(statement),
          text: textOf(statement),
          depth,
          ...(label && { opens: label }),
        });
        if ("body" in statement) number(statement.body, depth + 1);
      }
      if ("next" in statement) number(statement.next, depth + 1, "then");
      if ("otherwise" in statement) number(statement.otherwise, depth + 1, "else");
    }
  };
  number(script.body, 0);

  const entryOf = ([first, ...rest]: Block, next: string): string => {
    if (!first) return next;
    return first.type === "try"
      ? entryOf([...first.body, ...first.next], entryOf(rest, next))
      : (ids.get(first) ?? next);
  };
  const link = (block: Block, next: string, failure: string) => {
    for (const [index, statement] of block.entries()) {
      linkOne(statement, entryOf(block.slice(index + 1), next), failure);
    }
  };
  const linkOne = (statement: Statement, next: string, failure: string) => {
    const from = ids.get(statement) ?? "";
    const add = (kind: GraphEdge["kind"], to: string) => edges.push({ from, to, kind });
    switch (statement.type) {
      case "try":
        link(statement.body, entryOf(statement.next, next), entryOf(statement.otherwise, next));
        link(statement.next, next, failure);
        link(statement.otherwise, next, failure);
        return;
      case "if":
        add("yes", entryOf(statement.body, next));
        add("no", entryOf(statement.otherwise, next));
        link(statement.body, next, failure);
        link(statement.otherwise, next, failure);
        return;
      case "each":
        add("next", entryOf(statement.body, next));
        add("no", next);
        link(statement.body, from, failure);
        return;
      case "retry":
        add("next", entryOf(statement.body, next));
        if (statement.count) add("fails", failure);
        link(statement.body, next, from);
        return;
      case "chain": {
        const called = chainedBy(statement, script, context);
        for (const each of called) add("chain", `s${positionIn(program, each)}_start`);
        if (called.some((each) => context.returns.has(each))) add("next", next);
        break;
      }
      default:
        if (nests(statement)) missed(statement);
        else if (goesOn(statement)) add("next", next);
    }
    if (canFail(statement)) add("fails", failure);
  };
  edges.push({ from: start.id, to: entryOf(script.body, done.id), kind: "next" });
  link(script.body, done.id, failed.id);
  const ends = [done, failed].filter((end) => edges.some(({ to }) => to === end.id));
  const { file } = script;
  const name = file.span.source.text.slice(file.span.start + 1, file.span.end - 1);
  return { name: script.name, file: `${script.place}: ${name}`, nodes: [start, ...nodes, ...ends] };
}

function positionIn({ scripts }: Program, script: Script): number {
  return [...scripts.keys()].indexOf(script.name) + 1;
}

function textOf(statement: Statement): string {
  const { place, text } = placeOf(statement);
  return `${place.slice(place.lastIndexOf(":") + 1)}: ${text}`;
}

function kindOf({ type }: Statement): NodeKind {
  if (type === "if") return "choice";
  if (type === "retry" || type === "each") return "retry";
  return leaves.has(type) ? "end" : "step";
}

/** Statements after which nothing more of the script runs when they succeed. */
const leaves: ReadonlySet<Statement["type"]> = new Set(["boot", "reset", "poweroff", "shell"]);

/** Statements that set, say or wait: U-Boot has no reason to refuse them. */
const safe: ReadonlySet<Statement["type"]> = new Set([
  ...(["network", "bootargs", "set", "unset", "print", "sleep"] as const),
  ...(["reset", "poweroff", "shell"] as const),
]);

const canFail = ({ type }: Statement) => !safe.has(type);
const goesOn = ({ type }: Statement) => !leaves.has(type) && type !== "fail";

/** The scripts that a `chain` in `script` leads to, for one client or another. */
function chainedBy(
  { script: named, span }: ChainStatement,
  script: Script,
  { program, analyses }: Pick<Context, "program" | "analyses">,
): readonly Script[] {
  const own = analyses.filter((each) => each.script === script);
  // One whose branch nobody takes leads there all the same.
  const always =
    named.type === "name" && own.length > 0 ? program.scripts.get(named.name) : undefined;
  const called = own
    .flatMap(({ steps }) => stepsIn(steps))
    .flatMap((step) => (step.type === "chain" && step.span === span ? [step.script] : []));
  return [...new Set([...(always ? [always] : []), ...called])];
}

/** The scripts that can end with success. Those that only call one another cannot. */
function returning(program: Program, analyses: readonly Analysis[]): ReadonlySet<Script> {
  const found = new Set<Script>();
  const block = (statements: Block, script: Script): boolean =>
    statements.every((statement) => one(statement, script));
  const one = (statement: Statement, script: Script): boolean => {
    switch (statement.type) {
      case "try":
        return (
          block([...statement.body, ...statement.next], script) ||
          block(statement.otherwise, script)
        );
      case "if":
        return block(statement.body, script) || block(statement.otherwise, script);
      case "each":
        return true;
      case "retry":
        return block(statement.body, script);
      case "chain":
        return chainedBy(statement, script, { program, analyses }).some((each) => found.has(each));
      default:
        return nests(statement) ? missed(statement) : goesOn(statement);
    }
  };
  let before: number;
  do {
    before = found.size;
    for (const script of program.scripts.values()) {
      if (block(script.body, script)) found.add(script);
    }
  } while (found.size > before);
  return found;
}
