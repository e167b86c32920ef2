// What a text becomes where somebody else's format is written: one function for each format, so that no
// name and no value begins a line, a directive or an element. A value that a format cannot carry is refused
// before (program/rules.ts and the forms of the settings); what comes here is written whatever it holds.
// Leaves out U-Boot's shell (hush/print.ts), JSON, which Node writes, YAML and Mermaid, which have one
// writer each. Documents: make's manual "Rule Syntax", systemd.syntax(7), systemd.service(5), XML 1.0 2.2,
// Prometheus' "Exposition formats", CommonMark 0.31 2.4.

/** What moves a cursor, ends a line somewhere, or cannot be seen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text on one line, for logs and for comments in files of UTF-8. */
export const oneLine = (text: string): string => text.replace(UNSEEN, "?");

/** The same for readers that know only ASCII: config.txt, scripts. */
export const printableAscii = (text: string): string => text.replace(/[^ -~]/gu, "?");

/** Words in Markdown, none of which is read as Markdown or HTML. */
export const markdownText = (text: string): string =>
  oneLine(text).replace(/[\\`*_[\]<>#&|~]/g, "\\$&");

/** One word of a command for a shell, in a text of one line. */
export function shellWord(text: string): string {
  const word = text.startsWith("-") ? `./${text}` : text;
  if (/^[\w./:@%+=-]+$/.test(word)) return word;
  return `'${oneLine(word).replaceAll("'", "'\\''")}'`;
}

/** One argument in a unit's command line; never taken for a flag. */
export function unitArgument(text: string): string {
  const word = text.startsWith("-") ? `./${text}` : text;
  const safe = word.replaceAll("%", "%%").replaceAll("$", "$$$$");
  if (/^[A-Za-z0-9._/%$-]+$/.test(safe)) return safe;
  const quoted = safe.replace(/["\\]/g, "\\$&");
  const lines = quoted.replaceAll("\n", "\\n");
  return `"${lines.replace(UNSEEN, (sign) => `\\U${hexadecimal(sign, 8)}`)}"`;
}

const hexadecimal = (sign: string, digits: number) =>
  (sign.codePointAt(0) ?? 0).toString(16).padStart(digits, "0");

/** A setting of a unit that is words for a person. */
export const unitText = (text: string): string =>
  oneLine(text).replaceAll("%", "%%").replace(/\\+$/, "");

/** Text or an attribute in XML: what has no form there becomes a question mark. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "?")
    .replace(/[&<>"\n\t\r]/g, (sign) => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
};

/** The value of a label for Prometheus, without its quotes. */
export const labelValue = (text: string): string =>
  text
    .replace(/["\\]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replace(/\p{Cc}/gu, "?");

/** A prerequisite for make; undefined where make has no way to write the name. */
export function makeName(name: string): string | undefined {
  if (/[\r\n\0]/.test(name)) return undefined;
  return name.replace(/(\\*)([ \t#:])/g, "$1$1\\$2").replaceAll("$", "$$$$");
}

/** A target for make. There a `%` would make it a pattern. */
export const makeTarget = (name: string): string | undefined =>
  makeName(name)?.replaceAll("%", "\\%");
