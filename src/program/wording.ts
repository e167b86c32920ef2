// What a written value comes to: text that is known, values given elsewhere, what each client has, and
// what U-Boot puts in when it boots. Values of clients stay open, so that thousands of clients share
// one reading of a script.
import { diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { Interpolation, Value } from "../language/index.js";
import type { ClientPart, Given, VariablePart, Wording, WordingPart } from "./given.js";
import type { Client } from "./program.js";
import { interpolate, type Scope } from "./values.js";

export type {
  ClientPart,
  GivenPart,
  VariablePart,
  Wording,
  WordingPart,
} from "./given.js";

/** `text` as a value that is written at `span`. */
export const plainWording = (text: string, span: Span): Wording => ({ parts: [text], span });

/** What `value` comes to where `clients` says whether there are any; undefined, reported. */
export function wordingOf(
  value: Value,
  scope: Scope,
  report: Report,
  clients: "each" | "none",
): Wording | undefined {
  const { span } = value;
  if (value.type === "name") return plainWording(value.name, span);
  if (value.type === "bare") return plainWording(value.text, span);
  const parts = (value.type === "text" ? value.parts : [value]).map((part) => {
    if (typeof part === "string" || part.type === "variable") return part;
    const key = clients === "each" ? clientKey(part) : undefined;
    if (key !== undefined) return { type: "client", span: part.span, key } as const;
    const given = interpolate(part, scope, report);
    return given && ({ type: "given", span: part.span, given } as const);
  });
  const whole = parts.every((part) => part !== undefined);
  return whole ? { parts, span } : undefined;
}

/** `name` of `{client.name}`; undefined of any other interpolation. */
function clientKey({ path }: Interpolation): string | undefined {
  const [first, second, ...rest] = path;
  return first === "client" && rest.length === 0 ? second : undefined;
}

/** Whether a value of a client is in `value`. */
export function isOfClient(value: Value): boolean {
  const parts = value.type === "text" ? value.parts : [value];
  return parts.some(
    (part) =>
      typeof part !== "string" && part.type === "interpolation" && clientKey(part) !== undefined,
  );
}

/** Whether anything in `value` is replaced when compiling. */
export function isInterpolated(value: Value): boolean {
  const parts = value.type === "text" ? value.parts : [value];
  return parts.some((part) => typeof part !== "string" && part.type === "interpolation");
}

/** The parts of `wording` that clients have. */
export const clientParts = ({ parts }: Wording): readonly ClientPart[] =>
  parts.filter((part) => typeof part !== "string" && part.type === "client");

/** The parts of `wording` that only the board knows. */
export const variablesOf = ({ parts }: Wording): readonly VariablePart[] =>
  parts.filter((part) => typeof part !== "string" && part.type === "variable");

/** What `client` has for `part`; undefined, reported. */
export function valueFor(part: ClientPart, client: Client, report: Report): Given | undefined {
  const given = client.values.get(part.key);
  if (given) return given;
  const node: Interpolation = {
    type: "interpolation",
    span: part.span,
    path: ["client", part.key],
  };
  return interpolate(node, { parameters: new Map(), client }, report);
}

/** The text of a part for `client`; undefined for a variable. */
export function partFor(
  part: Exclude<WordingPart, VariablePart>,
  client: Client | undefined,
): string {
  if (typeof part === "string") return part;
  if (part.type === "given") return part.given.text;
  return client?.values.get(part.key)?.text ?? "";
}

/** The text of `wording` for `client`; variables stay `${name}`. */
export function textFor({ parts }: Wording, client: Client | undefined): string {
  return parts
    .map((part) =>
      typeof part !== "string" && part.type === "variable"
        ? `\${${part.name}}`
        : partFor(part, client),
    )
    .join("");
}

/** Reports the variables in `wording`, where nothing can put them in; whether there are none. */
export function isKnown(wording: Wording, report: Report): boolean {
  const [late] = variablesOf(wording);
  if (late) report(diagnose("variable-too-late", { name: late.name }, late.span));
  return !late;
}
