// What a written value means: `{}` replaced, `${}` kept for U-Boot, numbers and addresses read.
// Every function reports what it cannot make sense of, at its place, and returns undefined.
import { isIPv4 } from "node:net";
import { diagnose, nearest, type Report, type Span } from "../diagnostics/index.js";
import { LONGEST } from "../files/index.js";
import type { Interpolation, Name, Property, Text, Value, Variable } from "../language/index.js";
import { type Evidence, givenAt, madeAt } from "./evidence.js";
import type { Client, Given } from "./program.js";

/** What `{}` can see. */
export interface Scope {
  /** Values of `param`, by name. */
  readonly parameters: ReadonlyMap<string, Given>;
  /** Parameters that have none, which was said where they are declared. */
  readonly broken?: ReadonlySet<string>;
  /** The client a script or name is compiled for. */
  readonly client?: Client;
  /** Said instead of "no client here" where the reader should know why. */
  readonly outside?: string;
}

/** A value with `{}` replaced: text, and what U-Boot puts in at boot. */
export type Parts = readonly (string | Variable)[];

/** The value of `{…}`. */
export function interpolate(node: Interpolation, scope: Scope, report: Report): Given | undefined {
  const [first = "", second, ...rest] = node.path;
  if (first === "client" && second !== undefined && rest.length === 0) {
    const { client } = scope;
    if (!client) {
      report(diagnose("client-outside", { name: second, why: scope.outside }, node.span));
      return undefined;
    }
    const given = client.values.get(second);
    if (given) return given;
    const known = [...client.values.keys()];
    report(
      diagnose(
        "client-value-missing",
        { client: client.name, name: second, nearest: nearest(second, known) },
        [{ span: node.span }, { span: client.span, text: "this client has none" }],
      ),
    );
    return undefined;
  }
  const given = node.path.length === 1 ? scope.parameters.get(first) : undefined;
  if (given) return given;
  const known = [...scope.parameters.keys()];
  const name = node.path.join(".");
  if (scope.broken?.has(name)) return undefined;
  report(
    diagnose("name-unknown", { kind: "param", name, nearest: nearest(name, known) }, node.span),
  );
  return undefined;
}

/** The parts of `value`. */
export function partsOf(value: Value, scope: Scope, report: Report): Parts | undefined {
  switch (value.type) {
    case "name":
      return [value.name];
    case "bare":
      return [value.text];
    case "variable":
      return [value];
    case "interpolation": {
      const given = interpolate(value, scope, report);
      return given && [given.text];
    }
    case "text":
      return textParts(value, scope, report);
  }
}

function textParts(text: Text, scope: Scope, report: Report): Parts | undefined {
  const result: (string | Variable)[] = [];
  let whole = true;
  for (const part of text.parts) {
    if (typeof part === "string" || part.type === "variable") result.push(part);
    else {
      const given = interpolate(part, scope, report);
      if (given) result.push(given.text);
      else whole = false;
    }
  }
  // Before it is joined: texts that are made of each other double each time.
  const long = result.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 0), 0);
  if (whole && long > LONGEST.value) {
    report(diagnose("text-too-long", { what: "the text", most: LONGEST.value }, text.span));
    return undefined;
  }
  return whole ? result : undefined;
}

/** `value` where only text that is known when compiling makes sense. */
export function constantOf(value: Value, scope: Scope, report: Report): string | undefined {
  const parts = partsOf(value, scope, report);
  if (!parts) return undefined;
  const late = parts.find((part) => typeof part !== "string");
  if (late && typeof late !== "string") {
    report(diagnose("variable-too-late", { name: late.name }, late.span));
    return undefined;
  }
  return parts.join("");
}

/** Where `value` came from: a single `{}` is where that was given. */
export function originOf(value: Value, scope: Scope): Evidence {
  const parts = value.type === "text" ? value.parts : [value];
  const given = parts.flatMap((part) => {
    if (typeof part === "string" || part.type !== "interpolation") return [];
    return interpolate(part, scope, () => {}) ?? [];
  });
  const [only] = given;
  return only && parts.length === 1 ? givenAt(only, value.span) : madeAt(value.span, given);
}

/** Reads a value as a `T`; reports and returns undefined otherwise. */
export type Reader<T> = (value: Value, scope: Scope, report: Report) => T | undefined;

/** A reader that accepts a constant text by `parse`, described as `expected`. */
export function reading<T>(expected: string, parse: (text: string) => T | undefined): Reader<T> {
  return (value, scope, report) => {
    const text = constantOf(value, scope, report);
    if (text === undefined) return undefined;
    const result = parse(text);
    if (result === undefined) {
      const { labels, notes } = originOf(value, scope);
      report(diagnose("value-invalid", { expected, found: text }, labels, notes));
    }
    return result;
  };
}

/** Any text without control characters. */
export const text = reading("text without control characters", (found) =>
  /\p{Cc}/u.test(found) ? undefined : found,
);

/** A hexadecimal address; the `0x` is demanded, since 80000 could mean either. */
export const address = reading("an address such as 0x80000", (found) => {
  if (!/^0x[0-9a-f]{1,13}$/i.test(found)) return undefined;
  return Number.parseInt(found, 16);
});

/** A size or count: decimal, or hexadecimal with 0x, with K, M or G for KiB, MiB, GiB. */
export const size = reading("a size such as 512, 0x4000, 64K or 512M", sizeOf);

function sizeOf(found: string): number | undefined {
  const [, digits, unit = ""] = /^(0x[0-9a-f]{1,13}|\d{1,15})([KMG]?)$/i.exec(found) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * 1024 ** ["", "K", "M", "G"].indexOf(unit.toUpperCase());
}

const MiB = 1024 * 1024;
/** A size of one MiB at least, such as 512M, in bytes; undefined for anything else. */
export const memoryOf = (found: string): number | undefined => {
  const value = sizeOf(found);
  return value !== undefined && value >= MiB ? value : undefined;
};

/** How much memory there is: nobody means bytes by 512. */
export const memorySize = reading("a size of memory such as 512M or 1G", memoryOf);

/** A size of one MiB at least. */
export const largeSize = reading("a size with its unit such as 64M", memoryOf);

/** An IPv4 address in its usual form. */
export const ipv4 = reading("an IPv4 address such as 192.168.0.250", (found) =>
  isIPv4(found) ? found : undefined,
);

/** A MAC address in its usual form, in lower case. */
export const mac = reading("a MAC address such as b8:27:eb:12:34:56", (found) =>
  /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(found) ? found.toLowerCase() : undefined,
);

/** One of `words`. */
export const word = <W extends string>(...words: W[]): Reader<W> =>
  reading(words.join(" or "), (found) => words.find((each) => each === found));

const DAY = 24 * 3_600_000;

/** A time in milliseconds, from `2s`, `500ms` or `1min`. */
export const duration = reading("a duration of at most a day, such as 2s or 500ms", (found) => {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|min)$/.exec(found) ?? [];
  const milliseconds = { ms: 1, s: 1000, min: 60_000 }[unit];
  if (number === undefined || !milliseconds) return undefined;
  const result = Math.round(Number(number) * milliseconds);
  return result <= DAY ? result : undefined;
});

/** What was read of a property, and where it stood. */
export interface Found<T> {
  readonly value: T;
  readonly span: Span;
}

type Schema = Readonly<Record<string, Reader<unknown>>>;
type Read<S extends Schema> = {
  readonly [K in keyof S]?: Found<NonNullable<ReturnType<S[K]>>>;
};

/**
 * The properties of a declaration, read by `schema`; others are reported.
 * `what` names the declaration in messages.
 */
export function readProperties<S extends Schema>(
  what: string,
  properties: readonly Property[],
  schema: S,
  scope: Scope,
  report: Report,
): Read<S> {
  const result: Record<string, Found<unknown>> = {};
  const seen = new Map<string, Name>();
  for (const { key, value } of properties) {
    const before = seen.get(key.name);
    if (before) {
      report(
        diagnose("property-twice", { name: key.name }, [
          { span: key.span },
          { span: before.span, text: "first given here" },
        ]),
      );
      continue;
    }
    seen.set(key.name, key);
    const reader = Object.hasOwn(schema, key.name) ? schema[key.name] : undefined;
    if (!reader) {
      const known = Object.keys(schema);
      report(
        diagnose(
          "property-unknown",
          { what, name: key.name, known, nearest: nearest(key.name, known) },
          key.span,
        ),
      );
      continue;
    }
    const read = reader(value, scope, report);
    if (read !== undefined) result[key.name] = { value: read, span: value.span };
  }
  return result as Read<S>;
}
