// `uboot` lines as the checks look at them: their text, and their commands as the rules for scripts by hand
// read them.
import type { Text } from "../language/index.js";
import { type LineCommand, lineCommands } from "../lint/index.js";
import type { Wording } from "../program/index.js";
import type { UbootStep } from "../steps/index.js";

/** The text of a `uboot` line; what only a client knows stays `{…}`. */
export function rawText({ parts }: Text): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.type === "variable" ? `\${${part.name}}` : `{${part.path.join(".")}}`;
    })
    .join("");
}

/** The same of a line that was read. */
export function lineText({ line: { parts } }: Pick<UbootStep, "line">): string {
  return parts.map(partText).join("");
}

function partText(part: Wording["parts"][number]): string {
  if (typeof part === "string") return part;
  if (part.type === "given") return part.given.text;
  return part.type === "variable" ? `\${${part.name}}` : `{client.${part.key}}`;
}

const known = new WeakMap<UbootStep, readonly LineCommand[]>();

/** The commands of a `uboot` line. */
export function commandsOfLine(step: UbootStep): readonly LineCommand[] {
  const found = known.get(step) ?? lineCommands(lineText(step), "old");
  known.set(step, found);
  return found;
}
