// What a text may hold where it ends up, so that no value can become shell syntax, a second kernel
// argument or a path outside. Allow-lists; why each is as it is stands in grammar/README.md,
// "What a value may hold".

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
}

/** What may be part of one kernel argument: no blank, no quote, nothing a shell reads. */
export const kernelArgument: Rule = {
  role: "part of one kernel argument",
  allowed:
    "letters, digits and _ . , : / = @ % + - # [ ] ( ) ~ * ! ^ are allowed: no blanks, no quotes",
  pattern: /^[\w.,:/=@%+\-#[\]()~*!^]*$/,
  offence: /[^\w.,:/=@%+\-#[\]()~*!^]/u,
};

/** Several kernel arguments as the author of the flow wrote them. */
export const kernelArguments: Rule = {
  role: "kernel arguments",
  allowed: "printable ASCII without ' and \\ is allowed",
  pattern: /^[ -&(-[\]-~]*$/,
  offence: /['\\]|[^ -~]/u,
};

/** A text that the shell carries as one word. */
export const shellText: Rule = {
  role: "text in a U-Boot script",
  allowed:
    "printable ASCII without ' and \\ is allowed, which the two hush parsers read differently",
  pattern: kernelArguments.pattern,
  offence: kernelArguments.offence,
};

/** One component of a file's name. */
export const fileComponent: Rule = {
  role: "a file name",
  allowed:
    "letters, digits and . _ - are allowed, a letter or digit first, at most 63 characters a component",
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
  offence: /[^A-Za-z0-9._-]/u,
};

/** A name with folders: components joined by `/`. */
export const filePath: Rule = {
  role: "a file name",
  allowed: `${fileComponent.allowed}, components joined by /`,
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,62})*$/,
  offence: /[^A-Za-z0-9._/-]|(?<=^|\/)[._/-]|\/$/u,
};

/** What goes into a file name from a client table: within one component. */
export const withinFileName: Rule = {
  role: "part of a file name",
  allowed: "letters, digits and . _ - are allowed",
  pattern: /^[A-Za-z0-9._-]+$/,
  offence: /[^A-Za-z0-9._-]/u,
};

/** An absolute path on a server. */
export const serverPath: Rule = {
  role: "a path on a server",
  allowed: "an absolute path without blanks, quotes, commas or .. is allowed",
  pattern: /^\/(?:[A-Za-z0-9._@+-]+(?:\/[A-Za-z0-9._@+-]+)*\/?)?$/,
  offence: /[^A-Za-z0-9._/@+-]/u,
};

/** Whether `text` may stand where `rule` says; a path with a `..` component never may. */
export function allows(rule: Rule, text: string): boolean {
  return rule.pattern.test(text) && !/(^|\/)\.\.(\/|$)/.test(text);
}
