// What the compiler has to say about a flow. Mistakes of a person are collected as these, never
// thrown. The words come from codes.ts, the layout from render.ts.
import { type Code, type Data, entryOf, type Severity } from "./codes.js";
import type { Edit, Typed } from "./edit.js";
import type { Span } from "./source.js";
import { typed, typedByHand } from "./typed.js";

/** A place with a few words about it. */
export interface Label {
  readonly span: Span;
  readonly text?: string;
}

/** One finding. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** The guilty place first; empty when there is none (a missing file named on the command line). */
  readonly labels: readonly Label[];
  readonly notes: readonly string[];
  /** What to type instead. */
  readonly help?: string;
  /** The help as changes to the texts, to be made together; absent where a person has to decide. */
  readonly edits?: readonly Edit[];
}

/** Collects findings. */
export type Report = (diagnostic: Diagnostic) => void;

/**
 * The finding `code`, worded from `data`.
 * `where` is the guilty place, alone or followed by others that explain it.
 */
export function diagnose<C extends Code>(
  code: C,
  data: Data<C>,
  where?: Span | readonly Label[],
  notes: readonly string[] = [],
): Diagnostic {
  return worded(code, data, [entryOf(code).help?.(data), typed(code)], where, notes);
}

/** A fault that was found: its code, and what its words are made of. */
export type Finding<C extends Code = Code> = {
  readonly [Each in C]: { readonly code: Each; readonly data: Data<Each> };
}[C];

/** A finding of `code`. */
export function finding<C extends Code>(code: C, data: Data<C>): Finding<C> {
  return { code, data } as Finding<C>;
}

/** A finding in a flow, or in a script that was written by hand, at its place. */
export function diagnoseFound(
  { code, data }: Finding,
  door: "flow" | "script",
  where?: Span | readonly Label[],
  notes: readonly string[] = [],
): Diagnostic {
  // The two belong together, which a union of all codes does not tell the type checker.
  return (door === "flow" ? diagnose : diagnoseScript)<Code>(code, data as never, where, notes);
}

/** As `diagnose`, of a script that was written by hand: what helps a flow does not always help it. */
export function diagnoseScript<C extends Code>(
  code: C,
  data: Data<C>,
  where?: Span | readonly Label[],
  notes: readonly string[] = [],
): Diagnostic {
  const { help, byHand = help } = entryOf(code);
  return worded(code, data, [byHand?.(data), typedByHand(code)], where, notes);
}

function worded<C extends Code>(
  code: C,
  data: Data<C>,
  [help, type]: readonly [help: string | undefined, type: Typed<Data<C>> | undefined],
  where: Span | readonly Label[] | undefined,
  notes: readonly string[],
): Diagnostic {
  const { severity, message } = entryOf(code);
  const labels = where === undefined ? [] : "source" in where ? [{ span: where }] : where;
  const edits = type?.(
    data,
    labels.map(({ span }) => span),
  );
  return {
    code,
    severity,
    message: message(data),
    labels,
    notes,
    ...(help !== undefined && { help }),
    ...(edits && edits.length > 0 && { edits }),
  };
}

/**
 * `report` without what was reported before, or is in `found`: the same words about the same
 * places.
 */
export function unrepeated(report: Report, found: readonly Diagnostic[] = []): Report {
  const seen = new Set(found.map(keyOf));
  return (diagnostic) => {
    const key = keyOf(diagnostic);
    if (!seen.has(key)) report(diagnostic);
    seen.add(key);
  };
}

/** Code, words and places. */
function keyOf({ code, message, labels }: Diagnostic): string {
  const places = labels.map(({ span }) => `${span.source.name}:${span.start}`);
  return [code, message, ...places].join("\n");
}

/** Whether any of `diagnostics` forbids going on. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
