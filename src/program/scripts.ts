// Scripts, before their statements are compiled: where they go and what their file is called.
import type { Board } from "../boards/index.js";
import { diagnose, nearest } from "../diagnostics/index.js";
import { MOST } from "../files/index.js";
import type { ScriptDeclaration, Statement } from "../language/index.js";
import type { Context } from "./context.js";
import type { Place, Script } from "./program.js";

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

/** Resolves one script; its statements stay as they were written. */
export function resolveScript(
  declaration: ScriptDeclaration,
  context: Context,
): Script | undefined {
  const { name, file, forEachClient, container, body, span } = declaration;
  const place = readPlace(declaration.place, context);
  if (countOf(body) > MOST.statements) {
    context.report(
      diagnose("too-many", { what: "statements in a script", most: MOST.statements }, name.span),
    );
    return undefined;
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
  return (
    place && {
      name: name.name,
      span: { ...span, end: file.span.end },
      place,
      file,
      forEachClient,
      ...(container && { container }),
      body,
    }
  );
}

/** The statements of `body` and of the blocks in it, each argument of a `bootargs` for one. */
function countOf(body: readonly Statement[]): number {
  let count = 0;
  for (const each of body) {
    count++;
    if ("body" in each) count += countOf(each.body);
    if ("otherwise" in each) count += countOf(each.otherwise);
    if (each.type === "bootargs") count += each.arguments.length;
  }
  return count;
}
