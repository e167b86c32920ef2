// Commands of U-Boot that a flow names itself, in `uboot` lines and in statements that stand for one command,
// as the checks look at them: as the rules for scripts by hand read them.
import type { Text } from "../language/index.js";
import { type LineCommand, lineCommands } from "../lint/index.js";
import type { Wording } from "../program/index.js";
import type { CallStep, Step, UbootStep } from "../steps/index.js";

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

/** The commands of U-Boot that `step` names. */
export function commandsOfStep(step: Step): readonly LineCommand[] {
  if (step.type === "uboot") return commandsOfLine(step);
  return step.type === "call" ? [commandOfCall(step)] : [];
}

function commandOfCall({ words: all }: CallStep): LineCommand {
  const words = all.map((each) =>
    "kind" in each ? `{${each.kind}}` : each.parts.map(partText).join(""),
  );
  return { words, written: words[0] ?? "", always: true };
}
