// From a file to the declarations of a whole flow: reads it, parses it, and puts the declarations
// of included files where `include` stands.
import {
  type Allowance,
  type Diagnostic,
  diagnose,
  type Report,
  type Source,
  type Span,
} from "../diagnostics/index.js";
import { type Files, isProblem, pathBeside } from "../files/index.js";
import { bytesOf, type Content } from "../image/index.js";
import { allowancesOf, type Declaration, parse } from "../language/index.js";

/** Larger sources are a mistake, such as a kernel given as a flow. */
const LARGEST_SOURCE = 64 * 1024 * 1024;

/** Opens an input; a missing, unreadable or empty one is reported at `where`. */
export function openInput(
  files: Files,
  path: string,
  where: Span | undefined,
  report: Report,
): Content | undefined {
  const opened = files.open(path);
  const problem = isProblem(opened) ? opened : undefined;
  const kind = problem?.code ?? (isProblem(opened) || opened.size > 0 ? undefined : "empty");
  if (kind === undefined && !isProblem(opened)) return opened;
  const detail = problem?.message.replace(`${path}: `, "") ?? "is empty";
  report(diagnose(codes[kind ?? "unreadable"], { path, detail }, where));
  return undefined;
}

const codes = {
  missing: "input-missing",
  "not-a-file": "input-not-a-file",
  empty: "input-empty",
  unreadable: "input-unreadable",
  unwritable: "input-unreadable",
} as const;

/** Reads a text that a person wrote: UTF-8, a BOM is dropped. */
export function readSource(
  files: Files,
  path: string,
  where: Span | undefined,
  report: Report,
): Source | undefined {
  const content = openInput(files, path, where, report);
  if (!content) return undefined;
  if (content.size > LARGEST_SOURCE) {
    report(diagnose("source-too-large", { path, size: content.size }, where));
    return undefined;
  }
  const bytes = bytesOf(content);
  try {
    return { name: path, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const source = { name: path, text };
    const start = text.indexOf("\ufffd");
    report(diagnose("not-utf8", { path }, { source, start, end: start + 1 }));
    return undefined;
  }
}

/** A flow in one piece. */
export interface Whole {
  /** The file it begins with. */
  readonly main: Source;
  readonly declarations: readonly Declaration[];
  readonly allowances: readonly Allowance[];
}

/** What is written in `path` and all it includes, or undefined when something is wrong. */
export function readDeclarations(files: Files, path: string, report: Report): Whole | undefined {
  const declarations: Declaration[] = [];
  const allowances: Allowance[] = [];
  let main: Source | undefined;
  let clean = true;
  const note: Report = (diagnostic: Diagnostic) => {
    clean = false;
    report(diagnostic);
  };
  // A file that two others include is there once.
  const taken = new Set<string>();
  const read = (file: string, where: Span | undefined, within: readonly string[]) => {
    taken.add(file);
    const source = readSource(files, file, where, note);
    if (!source) return;
    main ??= source;
    const { tree, diagnostics } = parse(source);
    for (const diagnostic of diagnostics) note(diagnostic);
    if (tree) allowances.push(...allowancesOf(tree));
    for (const declaration of tree?.declarations ?? []) {
      if (declaration.type !== "include") {
        declarations.push(declaration);
        continue;
      }
      const { from } = declaration;
      const name = from.parts.filter((part) => typeof part === "string").join("");
      const next = pathBeside(file, name);
      const chain = [...within, file];
      if (name === "" || from.parts.some((part) => typeof part !== "string")) {
        note(diagnose("include-not-constant", {}, from.span));
      } else if (chain.includes(next)) {
        note(diagnose("include-cycle", { path: next, chain: [...chain, next] }, from.span));
      } else if (!taken.has(next)) read(next, from.span, chain);
    }
  };
  read(path, undefined, []);
  return clean && main ? { main, declarations, allowances } : undefined;
}
