// Program to scripts, scripts to artifacts. What is the same for several clients is done once:
// layouts are made per board, placements per set of files.
import type { Board } from "../boards/index.js";
import {
  type Code,
  type Diagnostic,
  diagnose,
  type Report,
  type Span,
} from "../diagnostics/index.js";
import { type List, type Node, type PrintProblem, print } from "../hush/index.js";
import { type Architecture, contentOf, encodeUImage } from "../image/index.js";
import { type Analysis, boardsOf, type Plan, packedOf, SCRIPT_ROOM } from "../memory/index.js";
import { type Client, type Program, type Provision, type Script, walk } from "../program/index.js";
import type { Artifact } from "./artifact.js";
import type { Root } from "./devices.js";
import { type Made, reportTakenNames } from "./names.js";
import { generateScript } from "./script.js";
import { clientFile, fileWord, plainText } from "./words.js";

/** A script of the flow as it goes to one board: change `tree`, and what is printed changes. */
export interface GeneratedScript {
  readonly name: string;
  readonly board: Board;
  /** Undefined for a script that all clients share. */
  readonly client?: Client;
  readonly root: Artifact["root"];
  readonly file: string;
  readonly tree: List;
  /** What it was made from; clients that take the same branches share one. */
  readonly analysis: Analysis;
  /** Where in the flow a node of the tree comes from. */
  readonly origins: WeakMap<Node, Span>;
}

/** Everything a flow comes to, before it is printed and packed. */
export interface Generated {
  readonly scripts: readonly GeneratedScript[];
  /** The provisions, each with the folders it is fetched from. */
  readonly provided: ReadonlyMap<string, ReadonlySet<Root>>;
  /** The load address of each kernel image that is made here. */
  readonly loads: ReadonlyMap<string, number>;
}

/** How artifacts are made. */
export interface AssembleOptions {
  /** Leaves comments and indentation out of the scripts. */
  readonly strip?: boolean;
  /** The time in image headers, in seconds since 1970. Default: 0, so that builds compare equal. */
  readonly time?: number;
}

/** Compiles every script of `plan` for everyone who runs it. */
export function generate({ program, runs, loads }: Plan, to: Report): Generated {
  const report = onceOnly("server-missing", to);
  const scripts: GeneratedScript[] = [];
  const provided = new Map<string, Set<Root>>();
  const leaves = usesShell(program);
  for (const run of runs) {
    const { script, board, client, scope } = run;
    const { tree, origins, fetched } = generateScript(program, run, leaves, report);
    for (const [name, roots] of fetched) {
      const known = provided.get(name) ?? new Set<Root>();
      for (const root of roots) known.add(root);
      provided.set(name, known);
    }
    const file = client
      ? clientFile(script.file, client, scope, report)
      : plainText(fileWord(script.file, scope, report) ?? []);
    if (!file) continue;
    const root = rootOf(script, board, program);
    const { name } = script;
    scripts.push({
      name,
      board,
      root,
      file,
      tree,
      origins,
      analysis: run.analysis,
      ...(client && { client }),
    });
  }
  return { scripts, provided, loads };
}

/** `report`, for `code` only the first time: more places of it say nothing new. */
function onceOnly(code: Code, report: Report): Report {
  let said = false;
  return (diagnostic) => {
    if (diagnostic.code !== code || !said) report(diagnostic);
    said ||= diagnostic.code === code;
  };
}

/** Scripts for all go to a folder of the board's own where boards differ. */
function rootOf(script: Script, board: Board, program: Program): Artifact["root"] {
  const several = !script.forEachClient && boardsOf(program).size > 1;
  return several && script.place === "sdcard" ? `sdcard/${board.id}` : script.place;
}

function usesShell(program: Program): boolean {
  let found = false;
  for (const { body } of program.scripts.values()) {
    walk(body, ({ type }) => {
      found ||= type === "shell";
    });
  }
  return found;
}

/** Prints and packs: the files of a build. */
export function assemble(
  program: Program,
  generated: Generated,
  options: AssembleOptions,
  report: Report,
): readonly Artifact[] {
  const made: Made[] = [];
  for (const script of generated.scripts) {
    const artifact = scriptArtifact(script, program, options, report);
    const span = script.client?.span ?? program.scripts.get(script.name)?.span;
    if (artifact) made.push({ artifact, span });
  }
  for (const provision of program.provisions.values()) {
    const artifact = provisionArtifact(provision, program, generated, options, report);
    if (!artifact) continue;
    for (const root of rootsOf(provision, generated, program)) {
      made.push({ artifact: { ...artifact, root }, span: provision.fileSpan });
    }
  }
  reportTakenNames(made, report);
  return made.map(({ artifact }) => artifact);
}

/** Where a provision goes: where it is fetched from, and where `on` says. */
function rootsOf(
  provision: Provision,
  { provided }: Generated,
  program: Program,
): ReadonlySet<Artifact["root"]> {
  const roots = new Set<Root>(provided.get(provision.name));
  if (provision.place) roots.add(provision.place);
  if (roots.size === 0) roots.add("tftp");
  const boards = boardsOf(program);
  return new Set(
    [...roots].flatMap((root): Artifact["root"][] =>
      root === "sdcard" && boards.size > 1
        ? [...boards].map((each) => `sdcard/${each.id}` as const)
        : [root],
    ),
  );
}

function scriptArtifact(
  script: GeneratedScript,
  program: Program,
  { strip = false, time = 0 }: AssembleOptions,
  report: Report,
): Artifact | undefined {
  const { board, tree, origins, name, root, file, client } = script;
  const { cbsize, maxargs } = board.limits;
  const { text, problems } = print(tree, { cbsize, maxargs, readable: !strip });
  for (const problem of problems) report(printProblem(problem, script, origins, program));
  if (problems.length > 0) return undefined;
  // The old parser takes an empty last line for a success: no line end behind the last status.
  const bytes = new TextEncoder().encode(text.replace(/\n$/, ""));
  const { image } = encodeUImage({
    type: "script",
    arch: board.arch,
    name,
    time,
    payload: contentOf(bytes),
  });
  if (!image) return undefined;
  if (image.size > SCRIPT_ROOM) {
    const data = { name, size: image.size, most: SCRIPT_ROOM };
    report(diagnose("script-too-large", data, program.scripts.get(name)?.span));
    return undefined;
  }
  const madeFrom = [program.name];
  return { root, name: file, content: image, madeFrom, ...(client && { client: client.name }) };
}

function printProblem(
  problem: PrintProblem,
  { name, board }: GeneratedScript,
  origins: WeakMap<Node, Span>,
  program: Program,
): Diagnostic {
  const where = origins.get(problem.node) ?? program.scripts.get(name)?.span;
  const { limits, id } = board;
  switch (problem.kind) {
    case "line-too-long":
      return diagnose(
        "line-too-long",
        { length: problem.length, most: limits.cbsize - 1, board: id },
        where,
      );
    case "too-many-arguments":
      return diagnose(
        "too-many-arguments",
        { count: problem.count, most: limits.maxargs, board: id },
        where,
      );
    case "character":
      return diagnose(
        "not-portable",
        { what: `the character ${JSON.stringify(problem.character)}` },
        where,
      );
    default:
      return diagnose("not-portable", { what: `the variable name \`${problem.name}\`` }, where);
  }
}

function provisionArtifact(
  provision: Provision,
  program: Program,
  { loads }: Generated,
  { time = 0 }: AssembleOptions,
  report: Report,
): Omit<Artifact, "root"> | undefined {
  const packed = packedOf(provision);
  if (!packed || !provision.input) return undefined;
  const { name, file, kind, title, entry } = provision;
  const madeFrom = [provision.input.name];
  if (!provision.wrapped) return { name: file, content: packed.content, madeFrom };
  const load = kind === "kernel" ? (loads.get(name) ?? 0) : 0;
  const { image, problems } = encodeUImage({
    type: kind === "kernel" ? "kernel" : "ramdisk",
    arch: architectureOf(packed.inner.kind, program.board.arch),
    // U-Boot hands a ramdisk to the kernel as it is: the label would only mislead.
    compression: kind === "kernel" ? packed.compression : "none",
    load,
    entry: entry?.address ?? load,
    name: title ?? name,
    time,
    payload: packed.content,
  });
  if (image)
    return { name: file, content: image, madeFrom, ...(kind === "kernel" ? { load } : {}) };
  for (const { message } of problems) {
    report(diagnose("image-impossible", { name, why: message }, provision.span));
  }
  return undefined;
}

/** What the payload is for, if it says; otherwise the board's own architecture. */
function architectureOf(kind: string, board: Architecture): Architecture {
  if (kind === "arm64-image") return "arm64";
  if (kind === "riscv-image") return "riscv";
  return kind === "zimage" ? "arm" : board;
}
