// The text of a device tree source with what it includes put in place, and where each character of
// it came from. Document: dtc's manual, `/include/`.
import { bytesOf, type Content } from "../content.js";
import { latin1 } from "../layout.js";

/** Finds the files that a source names. */
export interface ItsFiles {
  /** The file `name` as written in the file `from`, or why there is none. */
  open(name: string, from: string): ItsFile | string;
}

/** A file: what it is called in messages and in further `from`s, and what is in it. */
export interface ItsFile {
  readonly name: string;
  readonly content: Content;
}

/** A place in a source. Lines and columns count from 1, columns in bytes. */
export interface ItsPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A problem of a source. */
export interface ItsProblem extends ItsPlace {
  readonly code:
    | "its-syntax"
    | "its-include"
    | "its-file"
    | "its-value"
    | "its-reference"
    | "its-duplicate"
    | "its-name";
  readonly message: string;
}

/** One text of several files. */
export interface ItsText {
  /** One character for each byte. */
  readonly text: string;
  placeAt(offset: number): ItsPlace;
  readonly problems: readonly ItsProblem[];
}

/** Files inside files, as deep as dtc follows them. */
const MAX_DEPTH = 100;

/** Files in one text; each may include others twice. */
const MAX_FILES = 1000;

/** The largest text, in bytes, with everything that is included. */
const MAX_TEXT = 1 << 24;

/** Strings and comments are passed over, since they may hold anything. */
const interesting =
  /"(?:[^\\"]|\\[\s\S])*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|\/include\/\s*"((?:[^\\"]|\\[\s\S])*)"/g;

interface Piece {
  readonly start: number;
  readonly file: string;
  readonly source: string;
  readonly offset: number;
}

/** The text of `file` with every `/include/` replaced. */
export function gatherIts(file: ItsFile, files: ItsFiles): ItsText {
  const pieces: Piece[] = [];
  const problems: ItsProblem[] = [];
  let text = "";
  let count = 0;
  const add = (file: ItsFile, source: string, offset: number, end: number) => {
    pieces.push({ start: text.length, file: file.name, source, offset });
    text += source.slice(offset, end);
  };
  const gather = (file: ItsFile, depth: number): void => {
    if (++count > MAX_FILES || text.length + file.content.size > MAX_TEXT) {
      if (problems.length > 0) return;
      const message = `the text becomes too long: at most ${MAX_TEXT} bytes of ${MAX_FILES} files`;
      problems.push({ file: file.name, line: 1, column: 1, code: "its-include", message });
      return;
    }
    const source = latin1(bytesOf(file.content));
    let done = 0;
    for (const match of source.matchAll(interesting)) {
      if (count > MAX_FILES) break;
      const [found, name] = match;
      if (name === undefined) continue;
      add(file, source, done, match.index);
      done = match.index + found.length;
      const path = new TextDecoder().decode(Uint8Array.from(name, (byte) => byte.charCodeAt(0)));
      const included = depth < MAX_DEPTH ? files.open(path, file.name) : "files include each other";
      if (typeof included === "string") {
        const message = `${path}: ${included}`;
        const place = placeIn(file.name, source, match.index);
        problems.push({ ...place, code: "its-include", message });
      } else {
        gather(included, depth + 1);
      }
    }
    add(file, source, done, source.length);
  };
  gather(file, 0);
  const placeAt = (offset: number): ItsPlace => {
    const piece = pieces.findLast(({ start }) => start <= offset);
    if (!piece) return { file: file.name, line: 1, column: 1 };
    return placeIn(piece.file, piece.source, piece.offset + offset - piece.start);
  };
  return { text, placeAt, problems };
}

function placeIn(file: string, source: string, offset: number): ItsPlace {
  const before = source.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
