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
import {
  type Files,
  isProblem,
  LARGEST,
  LONGEST,
  MOST,
  pathBeside,
  readWhole,
  type Whole as WholeFile,
} from "../files/index.js";
import { holdsKey } from "../ground/index.js";
import { type Content, contentOf, identify } from "../image/index.js";
import {
  allowancesOf,
  type Declaration,
  isShellText,
  otherText,
  parse,
} from "../language/index.js";

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

/** All of an input; one that is larger than a `what` may be is reported at `where`. */
export function readInput(
  files: Files,
  path: string,
  what: WholeFile,
  where: Span | undefined,
  report: Report,
): Uint8Array | undefined {
  const content = openInput(files, path, where, report);
  const bytes = content && readWhole(content, what);
  if (content && !bytes) reportTooLarge(path, content.size, what, where, report);
  return bytes;
}

/** Says that a file of `size` bytes is larger than a `what` may be. */
export function reportTooLarge(
  path: string,
  size: number,
  what: WholeFile,
  where: Span | undefined,
  report: Report,
): void {
  report(diagnose("source-too-large", { path, size, what, most: LARGEST[what] }, where));
}

/** Reads a text that a person wrote: UTF-8, a BOM is dropped. */
export function readSource(
  files: Files,
  path: string,
  what: WholeFile,
  where: Span | undefined,
  report: Report,
): Source | undefined {
  const bytes = readInput(files, path, what, where, report);
  if (!bytes) return undefined;
  if (holdsKey(bytes)) {
    report(diagnose("private-key", { path }, where));
    return undefined;
  }
  try {
    const source = { name: path, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
    return what === "flow" && hasLongLine(source, report) ? undefined : source;
  } catch {
    if (identify(contentOf(bytes)).kind === "uimage" && what === "flow") {
      report(diagnose("not-a-flow", { path, what: "an image for U-Boot", isScript: true }, where));
      return undefined;
    }
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const source = { name: path, text };
    const start = text.indexOf("\ufffd");
    report(diagnose("not-utf8", { path }, { source, start, end: start + 1 }));
    return undefined;
  }
}

/** What `source` is, where it is something else that people have. */
function noFlow(source: Source): Diagnostic | undefined {
  const { name: path, text } = source;
  const other = otherText(text);
  const isScript = !other && isShellText(text);
  if (!other && !isScript) return undefined;
  const what = other ? `${other.what}, which ${other.reader} reads` : "a script for U-Boot's shell";
  const start = /^[^#\s]/m.exec(text)?.index ?? 0;
  const end = start + (/\n|$/.exec(text.slice(start))?.index ?? 0);
  return diagnose("not-a-flow", { path, what, isScript }, { source, start, end });
}

/** Reports the first line that is longer than any can be. */
function hasLongLine(source: Source, report: Report): boolean {
  const { text } = source;
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    if (end - start <= LONGEST.line) continue;
    const span = { source, start: start + LONGEST.line, end: start + LONGEST.line + 1 };
    report(diagnose("text-too-long", { what: "the line", most: LONGEST.line }, span));
    return true;
  }
  return false;
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
  let full = false;
  const read = (file: string, where: Span | undefined, within: readonly string[]) => {
    taken.add(file);
    const source = readSource(files, file, "flow", where, note);
    if (!source) return;
    main ??= source;
    const { tree, diagnostics } = parse(source);
    const other = tree ? undefined : noFlow(source);
    for (const diagnostic of other ? [other] : diagnostics) note(diagnostic);
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
      } else if (taken.has(next)) {
        // It is there already.
      } else if (chain.length >= MOST.chain) {
        const what = "files that include each other in a chain";
        note(diagnose("too-many", { what, most: MOST.chain }, from.span));
      } else if (taken.size >= MOST.files) {
        // Said once: whatever else is included is not read either.
        if (full) continue;
        full = true;
        note(diagnose("too-many", { what: "files in one flow", most: MOST.files }, from.span));
      } else read(next, from.span, chain);
    }
  };
  read(path, undefined, []);
  return clean && main ? { main, declarations, allowances } : undefined;
}
