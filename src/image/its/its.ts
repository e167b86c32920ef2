// Reads device tree source, the language of image trees (.its): text to tree. The grammar is
// grammar/its.peggy; its-source.ts puts included files in place, its-tree.ts says what is meant.
import { type Content, contentOf } from "../content.js";
import type { DeviceTree } from "../fdt/tree.js";
import { SyntaxError as GrammarError, parse } from "./grammar.js";
import { gatherIts, type ItsFile, type ItsFiles, type ItsProblem, type ItsText } from "./source.js";
import type { ItsSyntax } from "./syntax.js";
import { buildIts } from "./tree.js";

/** A tree, or what is wrong with its source. */
export type ReadIts =
  | { readonly tree: DeviceTree; readonly problems: readonly [] }
  | { readonly tree: undefined; readonly problems: readonly ItsProblem[] };

/** So many problems are enough to read. */
const LIMIT = 20;

/** Reads the source in `file`; `files` has what it names. Never throws but what `files` throws. */
export function readIts(file: ItsFile, files: ItsFiles): ReadIts {
  const source = gatherIts(file, files);
  const problems: ItsProblem[] = [...source.problems];
  const report = (code: ItsProblem["code"], offset: number, message: string) => {
    if (problems.length < LIMIT) problems.push({ ...source.placeAt(offset), code, message });
  };
  if (problems.length > 0) return { tree: undefined, problems };
  const syntax = parseIts(source, report);
  if (!syntax) return { tree: undefined, problems };
  const included = new Map<string, Content | string>();
  const include = (name: string, offset: number) => {
    const from = source.placeAt(offset).file;
    const key = `${from}\0${name}`;
    const before = included.get(key);
    if (before !== undefined) return before;
    const found = files.open(name, from);
    const content = typeof found === "string" ? `${name}: ${found}` : found.content;
    included.set(key, content);
    return content;
  };
  const tree = buildIts(syntax, { include, report });
  return problems.length > 0 ? { tree: undefined, problems } : { tree, problems: [] };
}

/** A source that is in memory, with nothing beside it but `files`, by name. */
export function readItsText(
  text: string,
  files: Readonly<Record<string, Content | string>> = {},
): ReadIts {
  const contentIn = (value: Content | string) =>
    typeof value === "string" ? contentOf(new TextEncoder().encode(value)) : value;
  const open = (name: string) => {
    const found = Object.hasOwn(files, name) ? files[name] : undefined;
    return found === undefined ? "no such file" : { name, content: contentIn(found) };
  };
  return readIts({ name: "(text)", content: contentIn(text) }, { open });
}

type Report = (code: ItsProblem["code"], offset: number, message: string) => void;

function parseIts({ text }: ItsText, report: Report): ItsSyntax | undefined {
  try {
    return parse(text) as ItsSyntax;
  } catch (error) {
    if (error instanceof GrammarError) {
      report("its-syntax", error.location.start.offset, error.message);
      return undefined;
    }
    // The parser calls itself for each level, so that is what ends a source of endless levels.
    if (!(error instanceof RangeError)) throw error;
    report("its-syntax", 0, "nodes or parentheses are nested too deep");
    return undefined;
  }
}
