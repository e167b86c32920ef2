// Scripts, before their statements are compiled: where they go and what their file is called.
import type { Board } from "../boards/index.js";
import { diagnose, nearest } from "../diagnostics/index.js";
import { MOST } from "../files/index.js";
import { blocksOf, type ScriptDeclaration, type Statement } from "../language/index.js";
import type { Context } from "./context.js";
import type { Place, Program, Script } from "./program.js";
import { plainWording, wordingOf } from "./wording.js";

const places: readonly Place[] = ["sdcard", "tftp"];

/** What U-Boot's variables are called in a client table. `ethaddr` has colons: no file name. */
export const clientVariables: ReadonlyMap<string, string> = new Map([
  ["serial#", "serial"],
  ["ipaddr", "address"],
]);

/** The place named by `name`, or undefined, reported. */
export function readPlace(
  { name, span }: ScriptDeclaration["place"],
  { report }: Context,
): Place | undefined {
  const place = places.find((each) => each === name);
  if (!place) {
    report(diagnose("place-unknown", { name, nearest: nearest(name, places) }, span));
  }
  return place;
}

/** What `script` is wrapped into for `board`: a FIT where said so, or where nothing else runs. */
export function containerOf({ container }: Script, { images }: Board): "fit" | "uimage" {
  const only = images.fit && (!images.legacy || images.verified);
  return container ?? (only ? "fit" : "uimage");
}

/** The boards that run what all clients share: those of the clients, or the flow's own. */
export function boardsOf({ board, clients }: Pick<Program, "board" | "clients">) {
  const boards: readonly Board[] =
    clients.length === 0 ? [board] : clients.map((each) => each.board);
  return new Set(boards);
}

/**
 * Resolves one script; its statements stay as they were written. What is wrong is reported, and
 * replaced by something that is not, so that they can be looked at.
 */
export function resolveScript(declaration: ScriptDeclaration, context: Context): Script {
  const { name, file, forEachClient, container, span } = declaration;
  const place = readPlace(declaration.place, context);
  const tooMany = countOf(declaration.body) > MOST.statements;
  if (tooMany) {
    context.report(
      diagnose("too-many", { what: "statements in a script", most: MOST.statements }, name.span),
    );
  }
  for (const part of file.parts) {
    if (typeof part === "string" || part.type !== "variable") continue;
    if (!forEachClient) {
      context.report(diagnose("file-not-constant", { name: part.name }, part.span));
    } else if (!clientVariables.has(part.name)) {
      const known = [...clientVariables.keys()];
      context.report(diagnose("file-variable", { name: part.name, known }, part.span));
    }
  }
  const outside = `\`${name.name}\` is the same for all clients`;
  const clients = forEachClient ? "each" : "none";
  const wording = wordingOf(file, { ...context.scope, outside }, context.report, clients);
  return {
    name: name.name,
    span: { ...span, end: file.span.end },
    place: place ?? "tftp",
    file: wording ?? plainWording(name.name, file.span),
    forEachClient,
    ...(container && { container }),
    body: tooMany ? [] : declaration.body,
  };
}

/** The statements of `body` and of the blocks in it, each argument of a `bootargs` for one. */
function countOf(body: readonly Statement[]): number {
  let count = 0;
  for (const each of body) {
    count++;
    for (const inner of blocksOf(each)) count += countOf(inner);
    if (each.type === "bootargs") count += each.arguments.length;
  }
  return count;
}
