// Trees and inputs to the files of a build: scripts printed and wrapped, kernels wrapped.
import { type Diagnostic, diagnose, type Report, type Span } from "../diagnostics/index.js";
import { type List, type Node, type PrintProblem, print } from "../hush/index.js";
import { contentOf, encodeUImage } from "../image/index.js";
import { architectureOf, type Plan, packedOf, SCRIPT_ROOM } from "../memory/index.js";
import { boardsOf, containerOf, type Program, type Provision } from "../program/index.js";
import type { Root } from "../steps/index.js";
import type { Artifact, ScriptLine } from "./artifact.js";
import { packFit } from "./fits.js";
import type { GeneratedScript } from "./generated.js";
import { scriptImage } from "./script-image.js";

/** How artifacts are made. */
export interface PackOptions {
  /** Called with each script before it is printed; returns the tree to print. */
  readonly transform?: (script: GeneratedScript) => List;
  /** Leaves comments and indentation out of the scripts. */
  readonly strip?: boolean;
  /** The time in image headers, in seconds since 1970. Default: 0, so that builds compare equal. */
  readonly time?: number;
}

const encoder = new TextEncoder();

/** Prints and wraps one script. */
export function packScript(
  script: GeneratedScript,
  program: Program,
  { strip = false, time = 0, transform = ({ tree }) => tree }: PackOptions,
  report: Report,
): Artifact | undefined {
  const { board, origins, name, root, file, client } = script;
  const { maxargs } = board.limits;
  const { text, lines, problems } = print(transform(script), { maxargs, readable: !strip });
  for (const problem of problems) report(printProblem(problem, script, origins, program));
  if (problems.length > 0) return undefined;
  // The old parser takes an empty last line for a success: no line end after the last status.
  const bytes = encoder.encode(text.endsWith("\n") ? text.slice(0, -1) : text);
  const source = program.scripts.get(name);
  const container = source ? containerOf(source, board) : "uimage";
  const image = scriptImage(container, contentOf(bytes), script, program, time, report);
  if (!image) return undefined;
  if (image.size > SCRIPT_ROOM) {
    const data = { name, size: image.size, most: SCRIPT_ROOM };
    report(diagnose("script-too-large", data, program.scripts.get(name)?.span));
    return undefined;
  }
  const madeFrom = [program.name];
  const span = client?.span ?? program.scripts.get(name)?.span;
  return {
    root,
    name: file,
    content: image,
    madeFrom,
    ...(span && { span }),
    script: { text, lines: scriptLines(lines, script) },
    ...(client && { client: client.name }),
  };
}

/**
 * What is known of each line. The comment over a step says it for all of its lines; a script that is
 * stripped has none, and there the lines say it that are the step's own.
 */
function scriptLines(
  lines: readonly Node[],
  { origins, reports }: GeneratedScript,
): readonly ScriptLine[] {
  const isSaid = (node: Node) => node.type === "comment" && origins.has(node);
  const readable = lines.some(isSaid);
  let place: Span | undefined;
  return lines.map((node) => {
    if (!readable || isSaid(node)) place = origins.get(node) ?? place;
    return { ...(place && { place }), reports: reports.has(node) };
  });
}

function printProblem(
  problem: PrintProblem,
  { name, board }: GeneratedScript,
  origins: Map<Node, Span>,
  program: Program,
): Diagnostic {
  const where = origins.get(problem.node) ?? program.scripts.get(name)?.span;
  const { limits, id } = board;
  switch (problem.kind) {
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

/** The files of the provisions; `provided` says where each is fetched from. */
export function packProvisions(
  plan: Plan,
  provided: ReadonlyMap<string, ReadonlySet<Root>>,
  options: PackOptions,
  report: Report,
): readonly Artifact[] {
  const provisions = [...plan.program.provisions.values()];
  const inFits = new Set(
    provisions.flatMap(({ fit }) => fit?.images.map((each) => each.provision.name) ?? []),
  );
  return provisions.flatMap((provision) => {
    const { name, place } = provision;
    // An image of a FIT is a file of its own only where it is asked for as one.
    if (inFits.has(name) && !provided.has(name) && !place) return [];
    const artifact = provisionArtifact(provision, plan, options, report);
    const roots = artifact ? rootsOf(provision, provided.get(provision.name), plan.program) : [];
    return [...roots].map((root) => ({ ...(artifact as Omit<Artifact, "root">), root }));
  });
}

/** Where a provision goes: where it is fetched from, and where `on` says. */
function rootsOf(
  provision: Provision,
  fetched: ReadonlySet<Root> | undefined,
  program: Program,
): ReadonlySet<Artifact["root"]> {
  const roots = new Set<Root>(fetched);
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

function provisionArtifact(
  provision: Provision,
  plan: Plan,
  { time = 0 }: PackOptions,
  report: Report,
): Omit<Artifact, "root"> | undefined {
  if (provision.fit) return packFit(provision, provision.fit, plan, time, report);
  const { program, loads } = plan;
  const packed = packedOf(provision);
  if (!packed || !provision.input) return undefined;
  const { name, file, fileSpan: span, kind, title, entry } = provision;
  const madeFrom = [provision.input.name];
  if (!provision.wrapped) return { name: file, content: packed.content, madeFrom, span };
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
    return { name: file, content: image, madeFrom, span, ...(kind === "kernel" ? { load } : {}) };
  for (const { message } of problems) {
    report(
      diagnose("image-impossible", { name, container: "uImage", why: message }, provision.span),
    );
  }
  return undefined;
}
