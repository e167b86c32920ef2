// How deep the groups and compound commands of a script are nested, counted without recursion: what a
// person wrote is followed by functions that call themselves, and the rest is left alone.
import type { Steps } from "../hush/index.js";

/** Deeper nesting is not imported. */
export const DEEPEST = 100;

/** Whether anything in `steps` is nested deeper than `DEEPEST`. */
export function isTooDeep(steps: Steps): boolean {
  let level: Steps[] = [steps];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flat().flatMap(({ command }) => {
      if (command?.type === "group") return [command.body];
      return command?.type === "compound" ? command.sections.map(({ body }) => body) : [];
    });
  }
  return false;
}
