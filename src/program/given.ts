// Values and where they were given: texts, and what a written value is put together from.
import type { Span } from "../diagnostics/index.js";

/** A text and where it was given. */
export interface Given {
  readonly text: string;
  readonly span: Span;
  /** The parameter it was given for with `-D`; then `span` is where that is declared. */
  readonly define?: string;
}

/** The value of a parameter. */
export interface GivenPart {
  readonly type: "given";
  /** Where it is used. */
  readonly span: Span;
  readonly given: Given;
}

/** `{client.KEY}`: what each client has. */
export interface ClientPart {
  readonly type: "client";
  readonly span: Span;
  readonly key: string;
}

/** `${name}`: what U-Boot puts in. */
export interface VariablePart {
  readonly type: "variable";
  readonly span: Span;
  readonly name: string;
}

/** A piece of a value; a string is text of the flow's author. */
export type WordingPart = string | GivenPart | ClientPart | VariablePart;

/** A value that was read, and where it is written. */
export interface Wording {
  readonly parts: readonly WordingPart[];
  readonly span: Span;
}
