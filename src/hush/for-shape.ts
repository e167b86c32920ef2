// What a `for` must look like. Both parsers notice it only when the command is about to run.
import type { Compound, Dialect, Section, Steps } from "./tree.js";

/** The parts of a `for` that can run. */
export interface ForShape {
  /** The step that is the variable's name; none: the old parser does nothing then. */
  readonly variable: Steps;
  /** The step with the values. Without one there are none. */
  readonly values: Steps;
  readonly body: Steps;
}

/** The parts of `compound`, undefined when the parser calls it wrong. */
export function shapeOfFor(dialect: Dialect, { sections }: Compound): ForShape | undefined {
  const [variable, next, ...rest] = sections;
  const body = dialect === "old" ? rest.find(isDo) : rest[0];
  if (!variable) return undefined;
  if (dialect === "modern") {
    if (variable.body.length !== 1 || !variable.body[0]?.command) return undefined;
    if (next && isDo(next)) {
      return next.body.length > 0
        ? { variable: variable.body, values: [], body: next.body }
        : undefined;
    }
    if (next?.body.length !== 1 || !body || body.body.length === 0) return undefined;
    return { variable: variable.body, values: next.body, body: body.body };
  }
  const values = next?.keyword === "in" ? next.body : [];
  if (variable.body.length > 1 || values.slice(1).some(({ command }) => command)) return undefined;
  if (variable.body.length === 1 && values.length === 0) return undefined;
  return { variable: variable.body, values: values.slice(0, 1), body: body?.body ?? [] };
}

const isDo = ({ keyword }: Section) => keyword === "do";
