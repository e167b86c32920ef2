// What a text may hold where it ends up, so that no value can become shell syntax, a second kernel
// argument or a path outside. Allow-lists; why each is as it is stands in grammar/README.md,
// "What a value may hold".

import { diagnose, type Report } from "../diagnostics/index.js";
import type { Evidence } from "./evidence.js";

/** One place a text can end up in. */
export interface Rule {
  /** What the text is to be, for messages. */
  readonly role: string;
  /** What it may hold, for messages. */
  readonly allowed: string;
  /** Matches a text that may stand there. */
  readonly pattern: RegExp;
  /** Matches the first character that is at fault in one that may not. */
  readonly offence: RegExp;
  /** Whether it is words for a person: `..` does not lead anywhere there. */
  readonly prose?: true;
}

/** What may be part of one kernel argument: no blank, no quote, nothing a shell reads. */
export const kernelArgument: Rule = {
  role: "part of one kernel argument",
  allowed:
    "letters, digits and _ . , : / = @ % + - # [ ] ( ) ~ * ! ^ are allowed: no spaces, no quotes",
  pattern: /^[\w.,:/=@%+\-#[\]()~*!^]*$/,
  offence: /[^\w.,:/=@%+\-#[\]()~*!^]/u,
};

/** Several kernel arguments as the author of the flow wrote them. */
export const kernelArguments: Rule = {
  role: "kernel arguments",
  allowed: "printable ASCII without ' and \\ is allowed",
  pattern: /^[ -&(-[\]-~]*$/,
  prose: true,
  offence: /['\\]|[^ -~]/u,
};

/** A text that the shell carries as one word. */
export const shellText: Rule = {
  role: "text in a U-Boot script",
  allowed:
    "printable ASCII without ' and \\ is allowed, which the two hush parsers read differently",
  pattern: kernelArguments.pattern,
  offence: kernelArguments.offence,
  prose: true,
};

/** What a table puts into a variable or a raw line: one word that nothing reads as syntax. */
export const plainWord: Rule = {
  role: "part of one word",
  allowed: "letters, digits and _ . , : / = @ % + - are allowed",
  pattern: /^[\w.,:/=@%+-]+$/,
  offence: /[^\w.,:/=@%+-]/u,
};

/** Several of those with spaces between them, which the shell takes apart. */
export const plainWords: Rule = {
  role: "a list of words",
  allowed: "letters, digits and _ . , : / = @ % + - are allowed, with spaces between words",
  pattern: /^[\w.,:/=@%+ -]*$/,
  offence: /[^\w.,:/=@%+ -]/u,
};

/**
 * A component of a name that every file system takes: Windows drops dots at the end, and opens
 * devices for some names.
 */
const DEVICE = "(?!(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\.|/|$))";
const COMPONENT = `${DEVICE}[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9_-])?`;
const COMPONENTS = `${COMPONENT}(?:/${COMPONENT})*`;

/** A name with folders: components joined by `/`. */
export const filePath: Rule = {
  role: "a file name",
  allowed:
    "components of letters, digits and . _ - are allowed, joined by /, each of at most 63 characters, a letter or digit first, no dot last, and none that is a device of Windows",
  pattern: new RegExp(`^${COMPONENTS}$`, "i"),
  offence: /[^A-Za-z0-9._/-]|(?<=^|\/)[._/-]|[./]$/u,
};

/** What goes into a file name from a client table: within one component. */
export const withinFileName: Rule = {
  role: "part of a file name",
  allowed: "letters, digits and . _ - are allowed",
  pattern: /^[A-Za-z0-9._-]+$/,
  offence: /[^A-Za-z0-9._-]/u,
};

/** What the author of a flow writes around that. */
export const aroundFileName: Rule = {
  role: "part of a file name",
  allowed: "letters, digits and . _ - / are allowed",
  pattern: /^[A-Za-z0-9._/-]*$/,
  offence: /[^A-Za-z0-9._/-]/u,
};

/** A file that the build does not write: any name that is one word. */
export const askedFile: Rule = {
  role: "a file name",
  allowed: "letters, digits and _ . , : / = @ % + - # ~ are allowed",
  pattern: /^[\w.,:/=@%+#~-]*$/,
  offence: /[^\w.,:/=@%+#~-]/u,
};

/** The whole of such a name: none of its parts leads out of its folder. */
export const askedPath: Rule = {
  ...askedFile,
  allowed: "no part of the name may be . or ..",
  pattern: /^(?!(?:.*\/)?\.\.?(?:\/|$)).*$/,
  offence: /(?<=^|\/)\.\.?(?=\/|$)/u,
};

/** An address as a command of U-Boot takes it, with a size or a configuration after it. */
export const addressWord: Rule = {
  role: "an address",
  allowed:
    "a number or a variable is allowed, with `:` and a size or `#` and a configuration after it",
  pattern: /^[\w.:#@-]*$/,
  offence: /[^\w.:#@-]/u,
};

/** An absolute path on a server. */
export const serverPath: Rule = {
  role: "a path on a server",
  allowed: "an absolute path of letters, digits and . _ @ + - is allowed, without `..`",
  pattern: /^\/(?:[\w.@+-]+(?:\/[\w.@+-]+)*\/?)?$/,
  offence: /[^\w./@+-]|(?<=\/)\//u,
};

/** What a path on a server is put together from. */
export const withinServerPath: Rule = {
  role: "part of a path on a server",
  allowed: "letters, digits and . _ @ + - / are allowed, without `..`",
  pattern: /^[\w./@+-]+$/,
  offence: /[^\w./@+-]/u,
};

/** Whether `text` may stand where `rule` says. What can be a path never has a `..` component. */
export function allows(rule: Rule, text: string): boolean {
  return rule.pattern.test(text) && (rule.prose === true || !OUTSIDE.test(text));
}

const OUTSIDE = /(?<=^|\/)\.\.(?=\/|$)/;

/** Reports `value` when `rule` forbids it; returns whether it may stand. */
export function admit(
  value: string,
  rule: Rule,
  { labels, notes }: Evidence,
  report: Report,
): boolean {
  if (allows(rule, value)) return true;
  const { role, allowed } = rule;
  const offence = (rule.offence.exec(value) ?? OUTSIDE.exec(value))?.[0];
  report(diagnose("unsafe-value", { value, role, allowed, offence }, labels, notes));
  return false;
}
