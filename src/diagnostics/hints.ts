// What a person most likely meant by something the grammar cannot read. Each row is a habit from
// another language, an editor or U-Boot's shell; the first that fits is said. After them stands how the
// statement is written that the mistake is in.

import type { Change } from "./edit.js";

/** Where reading stopped. */
export interface Stop {
  /** What the grammar could have gone on with, as it is said. */
  readonly expected: readonly string[];
  /** What stands there instead; undefined at the end of a line or of the text. */
  readonly found?: string | undefined;
  /** The word that was most likely meant. */
  readonly nearest?: string | undefined;
  /** The line up to there, and from there on. */
  readonly before: string;
  readonly rest: string;
  /** What opens the block that this is in; "" outside of all. */
  readonly within: string;
  /** Whether `found` could begin a line of its own. */
  readonly begins: boolean;
  /** The line after this one. */
  readonly next: string;
  /** Whether more braces are closed than opened. */
  readonly spare: boolean;
}

/** What was most likely meant, and what to type for it where that is one thing. */
export interface Hint {
  readonly help: string;
  readonly change?: Change | undefined;
}

type Said<T> = T | ((rest: string, before: string, stop: Stop) => T);

interface Row {
  /** What follows looks like this. */
  readonly rest: RegExp;
  /** And this is among what was expected. */
  readonly expected?: string;
  /** And the line up to there looks like this. */
  readonly before?: RegExp;
  /** And so does what opens the block. */
  readonly within?: RegExp;
  readonly help: Said<string>;
  readonly change?: Said<Change | undefined>;
}

const firstWord = (rest: string) => /^[^\s,{}"]*/.exec(rest)?.[0] ?? "";
/** The rest of a line without its comment. */
const untilComment = (rest: string) => rest.replace(/\s+#.*/, "").trimEnd();
/** As text in quotes. */
const inQuotes = (words: string) =>
  `"${words.replace(/["\\]/g, "\\$&").replace(/(?<!\$)\{/g, "\\{")}"`;
const asValue = (text: string) => (/^(?:\d[\w.:/+@-]*|".*")$/.test(text) ? text : inQuotes(text));
/** What is glued to the place, on both sides of it. */
const before = (line: string) => /[^\s{}"]*\s*$/.exec(line)?.[0] ?? "";
const glued = (rest: string, line: string) => `${before(line)}${/^[^\s{}]*/.exec(rest)?.[0] ?? ""}`;
const margin = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? "";
/** The blanks before the place, and after so many characters from it on, become a new line. */
const newLine = (rest: string, line: string, sign: RegExp): Change => ({
  cut: /\s*$/.exec(line)?.[0].length ?? 0,
  eat: sign.exec(rest)?.[0].length ?? 0,
  text: `\n${margin(line)}`,
});

/** `NAME = VALUE`, as other languages give a value. */
const ASSIGNED = /^(?:export\s+|let\s+|var\s+|local\s+)?\$?([A-Za-z]\w*)\s*:?=\s*(?!=)(\S.*)$/;
const assigned = (word: string) => (rest: string) => {
  const [, name = "", value = ""] = ASSIGNED.exec(untilComment(rest)) ?? [];
  return `${word} ${name} ${asValue(value.replace(/^'(.*)'$/, '"$1"'))}`;
};
const CONDITION = /^[\s}]*(?:else\s+)?if\b/;
const ARGUMENTS = /^(?:bootargs|cmdline)$/;
/** A value of several words with `,` or `=` between them, as they stand in config.txt. */
const JOINED = /[^\s{}"=,][=,][^\s{}"]+\s*$/;
/** The key that a word stands for, where it stands for one: `gpu_mem=16`. */
const PAIR = /^([A-Za-z][\w-]*)\s*[=:]\s*([^\s{}]+)$/;
const inKeysPlace = (rest: string, line: string) =>
  /(?:^|[{,])\s*$/.test(line.slice(0, line.length - before(line).length)) &&
  PAIR.test(glued(rest, line).trim());
/** A value that has to be in quotes, or a key and its value. */
const joined = (rest: string, line: string): string => {
  const word = glued(rest, line).trim();
  const [, key = "", value = ""] = (inKeysPlace(rest, line) && PAIR.exec(word)) || [];
  return key === "" ? inQuotes(word) : `${key} ${asValue(value)}`;
};
const joinedChange = (rest: string, line: string): Change => ({
  cut: before(line).length,
  eat: glued(rest, line).length - before(line).length,
  text: joined(rest, line) + (/\s*$/.exec(before(line))?.[0] ?? ""),
});
/** Kernel arguments without quotes: all that is left of the line, or of the block. */
const bare = (rest: string, line: string) =>
  inQuotes(`${before(line)}${untilComment(rest.replace(/[}"].*/, ""))}`.trim());
const inDuration = (rest: string) => {
  const [whole = "", number = "", unit = ""] = /^([\d.]+)(?:\s*([a-z]+))?/.exec(rest) ?? [];
  const short = /^m(?:s$|illi)/.test(unit) ? "ms" : /^m/.test(unit) ? "min" : "s";
  return { whole: unit === "" || /^(?:ms|s|m)/.test(unit) ? whole : number, text: number + short };
};
const STORAGE = "mmc|usb|nvme|sata|virtio|scsi|ide";

const rows: readonly Row[] = [
  // --- signs of other languages and of word processors
  {
    rest: /^[“”„‟«»'‘’`´]/u,
    help: 'text stands between straight double quotes: "…"',
    change: (rest) => {
      const [whole, text = ""] = /^[“”„‟«»'‘’`´]([^“”„‟«»'‘’`´"]*)[“”„‟«»'‘’`´]/u.exec(rest) ?? [];
      return whole === undefined ? undefined : { eat: whole.length, text: `"${text}"` };
    },
  },
  {
    rest: /^[\v\f\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]/u,
    help: "put an ordinary space there",
    change: { eat: 1, text: " " },
  },
  {
    rest: /^[\u200b-\u200f\u2060-\u2064\ufeff]/u,
    help: "delete it",
    change: { eat: 1, text: "" },
  },
  { rest: /^\r/u, help: "end lines with LF, or with CR LF", change: { eat: 1, text: "\n" } },
  {
    rest: /^(?:\/\/|\/\*|--)/,
    help: "a comment begins with `#`",
    change: (rest) =>
      rest.startsWith("/*") && !rest.includes("*/")
        ? undefined
        : { eat: rest.length, text: `# ${rest.replace(/^..\s*|\s*\*\/$/g, "")}` },
  },
  {
    rest: /^#/,
    help: "a comment goes on to the end of its line: put it after the whole statement",
  },
  {
    rest: /^\([^()]*\)$/,
    before: /^[\s}]*[a-z]+\s*$/,
    help: "remove the parentheses",
    change: (rest, line) => {
      const inner = rest.slice(1, -1).trim();
      const text = inner === "" || /\s$/.test(line) ? inner : ` ${inner}`;
      return { eat: rest.length, text };
    },
  },
  {
    rest: /^[([]/,
    expected: "`{`",
    help: "write braces: `{ … }`",
    change: (rest) => {
      const [whole] = /^\([^()]*\)|^\[[^[\]]*\]/.exec(rest) ?? [];
      return whole === undefined
        ? undefined
        : { eat: whole.length, text: `{${whole.slice(1, -1)}}` };
    },
  },
  {
    rest: /^;/,
    help: "write one statement a line, without `;`",
    change: (rest, line) => {
      const [row = ""] = /^(?:"(?:\\.|[^"\\])*"|[^"{}#])*/.exec(rest) ?? [];
      const lines = row.trimEnd().split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      const kept = lines.map((each) => each.trim()).filter((each) => each !== "");
      const text = kept.map((each) => `\n${margin(line)}${each}`).join("");
      return { cut: /\s*$/.exec(line)?.[0].length ?? 0, eat: row.trimEnd().length, text };
    },
  },
  {
    rest: /^=(?!=)/,
    expected: "a comparison",
    help: "to compare, write `==`",
    change: { eat: 1, text: "==" },
  },
  {
    rest: /^=/,
    before: /\b(?:set|param)\b.*=$/,
    help: "to give a value, write one `=`, or none",
    change: { eat: 1, text: "" },
  },
  {
    rest: /^=/,
    within: ARGUMENTS,
    help: (rest, line) => `put arguments in quotes: ${bare(rest, line)}`,
    change: (rest, line) => {
      const old = `${before(line)}${untilComment(rest.replace(/[}"].*/, ""))}`;
      return {
        cut: before(line).length,
        eat: old.trimEnd().length - before(line).length,
        text: bare(rest, line),
      };
    },
  },
  {
    rest: /^[\d:.]/,
    before: new RegExp(`\\bon\\s+(?:${STORAGE})\\d*\\s*$`),
    within: /^$/,
    help: "a build puts files on `sdcard` or `tftp`: write `on sdcard`",
    change: (rest, line) => ({
      cut: /\w+\s*$/.exec(line)?.[0].length ?? 0,
      eat: /^[\d:.]+/.exec(rest)?.[0].length ?? 0,
      text: "sdcard",
    }),
  },
  {
    rest: /^:[\d:.]/,
    before: new RegExp(`\\b(?:from|on)\\s+(?:${STORAGE})\\d*$`),
    help: (rest, line) => `put a space between: \`${device(rest, line).text}\``,
    change: (rest, line) => device(rest, line),
  },
  {
    rest: /^[=,:][^\s=]/,
    before: /^(?!.*\b(?:(?:from|on)\s+[\w-]+|range|proxy)$).*[\w"]$/,
    within: /./,
    expected: "a value",
    help: (rest, line) => `write \`${joined(rest, line)}\``,
    change: joinedChange,
  },
  {
    rest: /^(?:[=,}]|\s*$)/,
    before: JOINED,
    within: /./,
    expected: "a value",
    help: (rest, line) => `put it in quotes: ${joined(rest, line)}`,
    change: joinedChange,
  },
  {
    rest: /^[=,\w]/,
    before: /[^\s{}",],?$/,
    within: /^(?!test\b)./,
    expected: "a property",
    help: (rest, line) =>
      inKeysPlace(rest, line)
        ? `write \`${joined(rest, line)}\``
        : `put it in quotes: ${joined(rest, line)}`,
    change: joinedChange,
  },
  {
    rest: /^[=:]/,
    before: /^(?!.*\b(?:from|on)\s+[\w-]+$)/,
    expected: "a value",
    help: "remove it: a value stands after its name, with a space between",
    change: (rest, line) => {
      const value = /^[=:]\s*("(?:[^"\\]|\\.)*"|[^\s,{}]*)/.exec(rest) ?? [];
      const [whole = "", text = ""] = value;
      return { eat: whole.length, text: `${/\s$/.test(line) ? "" : " "}${asValue(text)}` };
    },
  },
  {
    rest: /^[=:]\s*[A-Za-z]/,
    expected: "a name",
    before: /^\s*[a-z]+\s*$/,
    help: "remove it: a name stands after the word, with a space between",
    change: (rest, line) => ({
      eat: /^[=:]\s*/.exec(rest)?.[0].length ?? 0,
      text: /\s$/.test(line) ? "" : " ",
    }),
  },
  {
    rest: /^&&/,
    before: CONDITION,
    expected: "`and`",
    help: "write `and`",
    change: { eat: 2, text: "and" },
  },
  {
    rest: /^&&/,
    help: "begin a new line instead: it runs only if this line has worked",
    change: (rest, line) => newLine(rest, line, /^&&\s*/),
  },
  {
    rest: /^\|\|/,
    before: CONDITION,
    expected: "`or`",
    help: "write `or`",
    change: { eat: 2, text: "or" },
  },
  {
    rest: /^\|\|/,
    help: "write `try { … } else { … }`: the `else` runs if the `try` has failed",
    change: (rest, line) => {
      const [, first = "", other = ""] =
        /^\s*([^{}]+?)\s*\|\|\s*([^{}&|]+)$/.exec(line + rest) ?? [];
      if (first === "" || first.includes("&&")) return undefined;
      const text = `try { ${first} } else { ${other.trimEnd()} }`;
      return { cut: line.length - margin(line).length, eat: rest.length, text };
    },
  },
  { rest: /^!(?!=)/, expected: "`not`", help: "write `not`", change: { eat: 1, text: "not " } },
  {
    rest: /^\$[A-Za-z_]/,
    help: "write `${name}`, with braces",
    change: (rest) => {
      const [whole = "", name = ""] = /^\$(\w+)/.exec(rest) ?? [];
      return { eat: whole.length, text: `\${${name}}` };
    },
  },

  // --- words of other languages
  { rest: /^(?:then|do)\b/, help: "put what depends on it in braces: `{ … }`" },
  {
    rest: /^(?:fi|done|end|endif)\b/,
    help: "a block ends with `}`",
    change: (rest) => ({ eat: firstWord(rest).length, text: "}" }),
  },
  {
    rest: /^(?:elif|elsif|elseif)\b/,
    help: "write `else if`",
    change: (rest) => ({ eat: firstWord(rest).length, text: "else if" }),
  },
  { rest: /^else\b/, help: "`else` follows the `}` of an `if` or a `try`" },
  {
    rest: /^and\b/,
    expected: "`,`",
    help: "put a `,` between them",
    change: (_rest, line) => ({ cut: /\s*$/.exec(line)?.[0].length ?? 0, eat: 3, text: "," }),
  },
  { rest: /^at\b/, expected: "`to`", help: "write `to`", change: { eat: 2, text: "to" } },

  // --- in a text
  {
    rest: /^\s/,
    before: /"[^"]*\{$/,
    help: "write `{name}` without spaces; a brace itself is `\\{`",
    change: (rest) => {
      const [whole = "", name] = /^\s+(?:([A-Za-z][\w-]*(?:\.[\w-]+)*)\s*\})?/.exec(rest) ?? [];
      return name === undefined ? { cut: 1, text: "\\{" } : { eat: whole.length, text: `${name}}` };
    },
  },
  {
    rest: /^/,
    before: /"[^"]*(?<!\$)\{$/,
    help: "a brace in a text is written `\\{`",
    change: { cut: 1, text: "\\{" },
  },
  {
    rest: /^/,
    before: /\\$/,
    help: "remove the `\\`: U-Boot's shells do not agree about it",
    change: { cut: 1, text: "" },
  },
  {
    rest: /^/,
    before: /\$\{[^}]*$/,
    help: "write `${name}`; the two characters themselves are `\\${`",
  },

  // --- in a network, and about places
  {
    rest: /^(?:-|,|to\b|[\d.]+)/,
    before: /\brange\s+[\d.]+\s*$/,
    help: "a range is written with two dots: 192.168.0.100..192.168.0.199",
    change: (rest, line) => ({
      cut: /\s*$/.exec(line)?.[0].length ?? 0,
      eat: /^(?:-|,|to\b)?\s*/.exec(rest)?.[0].length ?? 0,
      text: "..",
    }),
  },
  {
    rest: /^from\b/,
    before: /^[\s}]*boot\b|[{}]\s*boot\b[^{}]*$/,
    help: "load it first: `load NAME from …`, then `boot NAME`",
    change: (rest, line) => {
      const [, name = ""] = /\bboot\s+([\w-]+)\s*$/.exec(line) ?? [];
      const cut = /\bboot\s+[\w-]+\s*$/.exec(line)?.[0].length;
      const [from = ""] = /^[^{}#]*/.exec(rest) ?? [];
      const text = `load ${name} ${from.trimEnd()}\n${margin(line)}boot ${name}`;
      return cut === undefined ? undefined : { cut, eat: from.trimEnd().length, text };
    },
  },
  {
    rest: /^to\s+[\w.{}$]+/,
    before: /\s+from\s+[\w-]+(?:\s+[\w:."-]+)?\s*$/,
    help: "`to` stands before `from`",
    change: (rest, line) => {
      const [from = ""] = /\s+from\s+[\w-]+(?:\s+[\w:."-]+)?\s*$/.exec(line) ?? [];
      const [to = ""] = /^to\s+[\w.{}$]+/.exec(rest) ?? [];
      return { cut: from.length, eat: to.length, text: ` ${to}${from.trimEnd()}` };
    },
  },

  // --- what is missing
  {
    rest: /^$/,
    expected: "`{`",
    help: "the `{` stands at the end of this line",
    change: (_rest, line, { next, spare }) => {
      const text = /\s$/.test(line) ? "{" : " {";
      const late = /^\s*\{\s*$/.exec(next);
      return late ? { eat: next.length + 1, text } : spare ? { text } : undefined;
    },
  },
  {
    rest: /^\d+ *packets?\b/,
    before: /\bwithin\s+$/,
    expected: "a duration",
    help: (rest) => `write \`at most ${/^\d+/.exec(rest)?.[0]} packets\``,
    change: (rest, line) => ({
      cut: /within\s+$/.exec(line)?.[0].length ?? 0,
      eat: /^\d+ *packets?/.exec(rest)?.[0].length ?? 0,
      text: `at most ${/^\d+/.exec(rest)?.[0]} packets`,
    }),
  },
  {
    rest: /^\d/,
    expected: "a duration",
    help: (rest) => `write the unit, without a space: \`${inDuration(rest).text}\``,
    change: (rest) => ({ eat: inDuration(rest).whole.length, text: inDuration(rest).text }),
  },
  {
    rest: /^(?:load|chain|ping|dhcp|boot|run)\b[^{]*\{/,
    before: /\bif\s+$/,
    help: (rest) => `put what can fail into a \`try\`: try { ${attempt(rest)} … } else { … }`,
    change: (rest, line) => ({
      cut: /if\s+$/.exec(line)?.[0].length ?? 0,
      eat: /^[^{]*\{/.exec(rest)?.[0].length ?? 0,
      text: `try {\n${margin(line)}  ${attempt(rest)}\n${margin(line)} `,
    }),
  },
  {
    rest: /^,?\s*[A-Za-z]/,
    before: /\bboot\s+[\w-]+\s*$/,
    expected: "`with`",
    help: "write `with` before what it is started with",
    change: (rest, line) => ({
      eat: /^,?\s*/.exec(rest)?.[0].length ?? 0,
      text: /\s$/.test(line) ? "with " : " with ",
    }),
  },
  {
    rest: /^[A-Za-z]/,
    before: /\bboot\s+[\w-]+\s+with\s+[\w, -]+$/,
    expected: "`,`",
    help: "put a `,` between them",
    change: (_rest, line) => ({ cut: /\s*$/.exec(line)?.[0].length ?? 0, text: ", " }),
  },
  {
    rest: /^(?:0x|[a-z]\w*addr)/,
    before: /\b(?:load|chain)\s+[\w-]+\s+$/,
    expected: "`to`",
    help: "write `to` before an address",
    change: { text: "to " },
  },
  {
    rest: /^\s*(?:from\b|#|\}|$)/,
    before: /\bload\s+"[A-Za-z][\w-]*"\s*$/,
    expected: "`to`",
    help: (_rest, line) => `write it without quotes: ${/"([^"]*)"\s*$/.exec(line)?.[1]}`,
    change: (_rest, line) => {
      const [whole = "", text = ""] = /"([^"]*)"(?=\s*$)/.exec(line) ?? [];
      return { cut: whole.length, text };
    },
  },
  {
    rest: /^"[A-Za-z][\w-]*(?: [\w:.]+)?"/,
    before: /\b(?:load|boot|chain|run|from|with|set|unset|board)\s+$/,
    expected: "a name",
    help: (rest) => `write it without quotes: ${/^"([^"]*)"/.exec(rest)?.[1]}`,
    change: (rest) => {
      const [whole = "", text = ""] = /^"([^"]*)"/.exec(rest) ?? [];
      return { eat: whole.length, text };
    },
  },
  {
    rest: /^[^\s"}#]/,
    before: /\b(?:set|param)\s+[A-Za-z]\w*\s*(?:=\s*)?[^\s"=][^"]*$/,
    expected: "the end of the line",
    help: (rest, line) => `put it in quotes: ${given(rest, line).text}`,
    change: (rest, line) => given(rest, line),
  },
  {
    rest: /^\{/,
    before: /\bretry\s*$/,
    help: "say how often: `retry 3 {` or `retry forever {`",
    change: { text: "3 " },
  },
  {
    rest: /^[A-Za-z0-9_$./~-]/,
    before: /\b(?:uboot|print|fail|bootargs)\s+$/,
    help: (rest) => `put it in quotes: ${inQuotes(textOf(rest))}`,
    change: (rest) => ({ eat: textOf(rest).length, text: inQuotes(textOf(rest)) }),
  },
  {
    rest: /^[A-Za-z0-9_./~-]/,
    expected: "text in quotes",
    help: (rest) => `put it in quotes: "${firstWord(rest)}"`,
    change: (rest) => ({
      eat: (/^[^\s,{}"]*"?/.exec(rest)?.[0] ?? "").length,
      text: `"${firstWord(rest)}"`,
    }),
  },
  {
    rest: /^[^"]*"[^"]*$/,
    before: /^[^"#]*"[^"]*"[^"]*$/,
    help: "the quotes of this line do not come in pairs",
  },
  { rest: /^\d/, expected: "a name", help: "a name begins with a letter" },
  {
    rest: /^[.@+:/]\w/,
    before: /\w$/,
    help: "names are made of the letters a to z, digits, _ and -",
  },
  { rest: /^[\u0080-\u{10ffff}]/u, help: "names are made of the letters a to z, digits, _ and -" },
];

/** A text up to a comment, or to the end of the block that it is in. */
function textOf(rest: string): string {
  const text = untilComment(rest);
  return text.includes("{") ? text : text.replace(/\s*\}.*$/, "");
}

/** The statement that an `if` asks about. */
const attempt = (rest: string) => /^[^{]*/.exec(rest)?.[0].trim() ?? "";

/** A value of several words. */
function given(rest: string, line: string): Change {
  const [, value = ""] =
    /\b(?:set|param)\s+[A-Za-z]\w*\s*(?:=\s*)?([^\s"=][^"]*)$/.exec(line) ?? [];
  const more = textOf(rest);
  return { cut: value.length, eat: more.length, text: inQuotes(value + more) };
}

/** `mmc0:1` and `mmc:0:1`, as they are written. */
function device(rest: string, line: string): Change {
  const [kind = ""] = /[a-z]+\d*$/.exec(line) ?? [];
  const [where = ""] = /^[\d:.a-f]+/.exec(rest) ?? [];
  const [, name = "", number = ""] = /^([a-z]+)(\d*)$/.exec(kind) ?? [];
  const text = `${name} ${number}${number === "" ? where.slice(1) : where}`;
  return { cut: kind.length, eat: where.length, text };
}

/** What U-Boot's own commands are called here. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/^(?:setenv|env)$/, "set NAME VALUE"],
  [/^saveenv$/, "save"],
  [/^(?:reboot|restart)$/, "reset"],
  [/^(?:halt|shutdown)$/, "poweroff"],
  [/^(?:return|exit|break|goto)$/, 'fail "…"'],
  [/^(?:while|until|for|loop|repeat)$/, "retry 3 { … }"],
  [/^(?:tftp|tftpboot|wget|nfs|fatload|ext4load|bootp)$/, "load NAME"],
  [/^(?:bootm|booti|bootz|bootefi|go)$/, "boot NAME"],
  [/^source$/, "chain NAME"],
  [/^echo$/, 'print "…"'],
];

const AS_IT_IS = 'a line in U-Boot\'s own words is `uboot "…"`';
const EVERY_DECLARATION =
  "what can stand here: board, server, param, kernel, dtb, overlay, initrd, file, fit, sign, nfsroot, client, clients, network, firmware, eeprom, script, test, include";

/** How a declaration or statement is written, by the word that it begins with. */
const forms: ReadonlyMap<string, string> = new Map([
  ["allow", 'allow CODE "why"'],
  ["board", "board NAME"],
  ["server", "server 192.168.0.250"],
  ["param", 'param NAME "…"'],
  ["kernel", 'kernel NAME from "FILE" as uimage "FILE" { … }'],
  ["dtb", 'dtb NAME from "FILE" as "FILE"'],
  ["overlay", 'overlay NAME from "FILE.dtbo" as "FILE"'],
  ["initrd", 'initrd NAME from "FILE" as "FILE"'],
  ["file", 'file NAME from "FILE" as "FILE"'],
  ["fit", "fit NAME { kernel NAME  dtb NAME }"],
  ["sign", 'sign "KEY.pem"'],
  ["nfsroot", 'nfsroot NAME at "/FOLDER" { … }'],
  ["client", 'client NAME { serial "…" }'],
  ["clients", 'clients from "FILE.csv"'],
  ["script", 'script NAME on tftp "FILE" for each client { … }'],
  ["test", 'test "what it shows" { … }'],
  ["include", 'include "FILE.boot"'],
  ["dhcp", "dhcp"],
  ["network", "network static { address 192.168.0.31 }"],
  ["network {", "network { dhcp range 192.168.0.100..192.168.0.199  router 192.168.0.1 }"],
  [
    "firmware",
    'firmware on tftp for each client { files from "FOLDER"  config { … }  cmdline { … } }',
  ],
  ["eeprom", "eeprom { boot_order 0x21 }"],
  ["ping", "ping 192.168.0.250"],
  ["load", "load NAME to 0x80000 from usb 0:1"],
  ["chain", "chain NAME"],
  ["boot", "boot NAME with NAME, NAME"],
  ["bootargs", 'bootargs { console "…"  root NAME  "…" }'],
  ["set", 'set NAME "…"'],
  ["fault", 'fault tftp "FILE" timeout'],
  ["expect", "expect boot NAME"],
  ["unset", "unset NAME"],
  ["if", 'if ${name} == "…" { … } else { … }'],
  ["else", 'if ${name} == "…" { … } else { … }'],
  ["try", "try { … } then { … } else { … }"],
  ["retry", "retry 3 pause 2s { … }"],
  ["for", 'for each name in "1 2 3" { … }'],
  ["local", 'local NAME "…"'],
  ["default", 'default NAME "…"'],
  ["fdt", "fdt resize 65536"],
  ["print", 'print "…"'],
  ["sleep", "sleep 2s"],
  ["run", "run NAME"],
  ["fail", 'fail "…"'],
  ["uboot", 'uboot "…"'],
]);

/** What a line of U-Boot's own becomes, where that is one thing. */
function translated(rest: string): string | undefined {
  const line = untilComment(rest).replace(/;$/, "");
  const [, word = "", tail = ""] = /^(\w+)\s*(.*)$/.exec(line) ?? [];
  if (/[;{}]|&&|\|\|/.test(line.replace(/\$\{\w+\}/g, ""))) return undefined;
  const same = commands.find(([command]) => command.test(word))?.[1] ?? "";
  if (tail === "" && /^(?:save|reset|poweroff)$/.test(same)) return same;
  const value = tail.replace(/^["'](.*)["']$/, "$1");
  if (word === "echo") return `print ${inQuotes(value)}`;
  const [, name = "", given = ""] = /^(?:set\s+)?([A-Za-z]\w*)\s+(.+)$/.exec(tail) ?? [];
  const sets = word === "setenv" || (word === "env" && tail.startsWith("set "));
  if (sets && name !== "") return `set ${name} ${inQuotes(given.replace(/^["'](.*)["']$/, "$1"))}`;
  return undefined;
}

/** Such a line as it is. */
const asItIs = (rest: string): Change | undefined => {
  const line = textOf(rest);
  return /^[\w${}:./ -]+$/.test(line)
    ? { eat: line.length, text: `uboot ${inQuotes(line)}` }
    : undefined;
};

/** What to type instead, as far as it can be guessed. */
export function hintFor(stop: Stop): Hint | undefined {
  const { expected, found = "", nearest, before: line, rest, within, begins } = stop;
  const said = expected.join("\n");
  const [, own] = commands.find(([command]) => command.test(found)) ?? [];
  if (own && said.includes("a statement")) {
    const text = translated(rest);
    const ofOwn = /[{"]/.test(own) && text === undefined;
    const change = ofOwn
      ? undefined
      : text === undefined
        ? asItIs(rest)
        : { eat: textOf(rest).length, text };
    return { help: `write \`${text ?? own}\`; ${AS_IT_IS}`, change };
  }
  if (begins && said.includes("the end of the line")) {
    return { help: `begin a new line with \`${found}\``, change: newLine(rest, line, /^/) };
  }
  const kind = said.includes("a statement") ? "set" : "param";
  if (ASSIGNED.test(rest) && /a (?:statement|declaration)/.test(said)) {
    const text = assigned(kind)(rest);
    return { help: `write \`${text}\``, change: { eat: untilComment(rest).length, text } };
  }
  if (nearest) {
    return {
      help: `did you mean \`${nearest}\`?`,
      change: { eat: found.length, text: nearest },
    };
  }
  const row = rows.find(
    (each) =>
      each.rest.test(rest) &&
      (each.expected === undefined || said.includes(each.expected)) &&
      (each.before === undefined || each.before.test(line)) &&
      (each.within === undefined || each.within.test(within)),
  );
  if (row) {
    const { help, change } = row;
    return {
      help: typeof help === "string" ? help : help(rest, line, stop),
      change: typeof change === "function" ? change(rest, line, stop) : change,
    };
  }
  const [, word = "", brace] = /^[\s}]*([a-z]+)( *\{)?/.exec(line) ?? [];
  const form = (brace && forms.get(`${word} {`)) || forms.get(word);
  if (form) return { help: `it is written like this: ${form}`, change: missing(stop) };
  if (said.includes("a statement")) return { help: AS_IT_IS, change: asItIs(rest) };
  return said.includes("a declaration") ? { help: EVERY_DECLARATION } : undefined;
}

/** The one word that can stand there, before what stands there or in place of a sign. */
function missing({ expected, rest }: Stop): Change | undefined {
  const [, word] = /^`([a-z]+)`$/.exec(expected.join("\n")) ?? [];
  if (word !== undefined && new RegExp(`\\b${word}\\b`).test(rest)) return undefined;
  const [sign = ""] = /^(?:[=:]|in\b)\s*/.exec(rest) ?? [];
  const follows = /^["$\d]/.test(rest.slice(sign.length));
  return word !== undefined && follows ? { eat: sign.length, text: `${word} ` } : undefined;
}
