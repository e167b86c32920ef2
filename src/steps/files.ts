// The names of files and folders that a board asks for, and what they may be made of.
import type { Board } from "../boards/index.js";
import { diagnose } from "../diagnostics/index.js";
import {
  aroundFileName,
  askedFile,
  askedPath,
  boardsOf,
  clientParts,
  clientVariables,
  filePath,
  type Program,
  type Script,
  serverPath,
  type Wording,
  withinFileName,
  withinServerPath,
} from "../program/index.js";
import { admitted, type Reading, type Rules } from "./reading.js";

/** The rules for a file that the build writes or the board asks for. */
export const forFileNames: Rules = {
  written: aroundFileName,
  given: withinFileName,
  whole: filePath,
};
/** A file that the board has or gets, by a name that the flow's author knows. */
export const forAskedFiles: Rules = {
  written: askedFile,
  given: withinFileName,
  whole: askedPath,
};

const forServerPaths: Rules = { written: withinServerPath, given: withinFileName };

/** An absolute path on a server; what a client or parameter gives stays within one folder's name. */
export function serverPathRules({ parts: [first] }: Wording): Rules {
  // What the board puts in first may well begin with the slash.
  const late = typeof first === "object" && first.type === "variable";
  return late ? forServerPaths : { ...forServerPaths, whole: serverPath };
}

/** The name that a script is asked for, with what only the board knows left open. */
export function readAskedName(script: Script, reading: Reading): Wording | undefined {
  const wording = askedName(script, reading.program, reading.board);
  const [own] = clientParts(script.file);
  if (own && !reading.script.forEachClient) {
    const why = `\`${reading.script.name}\` is the same for all clients`;
    if (!reading.idle) {
      reading.report(diagnose("client-outside", { name: own.key, why }, own.span));
    }
    return undefined;
  }
  return admitted(script.file, forFileNames, reading) ? wording : undefined;
}

/** Addresses differ between boards: what all clients share is one file a kind of board. */
export function askedName(script: Script, program: Program, board: Board): Wording {
  const { file, forEachClient, place } = script;
  const shared = !forEachClient && place === "tftp" && boardsOf(program).size > 1;
  return shared ? { ...file, parts: [`${board.id}/`, ...file.parts] } : file;
}

/** The name of a client's file: with the client's own values for the variables. */
export function ownName({ file }: Script): Wording {
  const parts = file.parts.map((part) => {
    if (typeof part === "string" || part.type !== "variable") return part;
    const key = clientVariables.get(part.name) ?? part.name;
    return { type: "client", span: part.span, key } as const;
  });
  return { ...file, parts };
}
