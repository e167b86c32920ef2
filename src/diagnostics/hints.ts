// What a person most likely meant by something the grammar cannot read. Each row is a habit from
// another language, an editor or U-Boot's shell; the first that fits is said. Behind them, how the
// statement is written that the mistake is in.

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
}

interface Hint {
  /** What follows looks like this. */
  readonly rest: RegExp;
  /** And this is among what was expected. */
  readonly expected?: string;
  /** And the line up to there looks like this. */
  readonly before?: RegExp;
  readonly help: string | ((rest: string) => string);
}

const firstWord = (rest: string) => /^[^\s,{}"]*/.exec(rest)?.[0] ?? "";

const hints: readonly Hint[] = [
  // --- signs of other languages and of word processors
  { rest: /^[“”„‟«»'‘’`´]/u, help: 'text stands between straight double quotes: "…"' },
  {
    rest: /^[\v\f\u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]/u,
    help: "put an ordinary blank there",
  },
  { rest: /^[\u200b-\u200f\u2060-\u2064\ufeff]/u, help: "delete it" },
  { rest: /^\r/u, help: "end lines with LF, or with CR LF" },
  { rest: /^(?:\/\/|\/\*|--)/, help: "a comment begins with `#`" },
  { rest: /^#/, help: "a comment ends its line: put it behind the whole statement" },
  { rest: /^[([]/, expected: "`{`", help: "what belongs together stands in braces: `{ … }`" },
  { rest: /^;/, help: "write one statement a line, without `;`" },
  { rest: /^=(?!=)/, expected: "a comparison", help: "to compare, write `==`" },
  { rest: /^=/, before: /\b(?:set|param)\b.*=$/, help: "to give a value, write one `=`, or none" },
  {
    rest: /^[=:]/,
    expected: "a value",
    help: "leave it out: a value stands behind its name, with a blank between",
  },
  { rest: /^&&/, help: "write `and`" },
  { rest: /^\|\|/, help: "write `or`" },
  { rest: /^!(?!=)/, help: "write `not`" },
  { rest: /^\$[A-Za-z_]/, help: "write `${name}`, with braces" },

  // --- words of other languages
  { rest: /^(?:then|do)\b/, help: "what depends on it stands in braces: `{ … }`" },
  { rest: /^(?:fi|done|end|endif)\b/, help: "a block ends with `}`" },
  { rest: /^(?:elif|elsif|elseif)\b/, help: "write `else if`" },
  { rest: /^else\b/, help: "`else` follows the `}` of an `if` or a `try`" },
  { rest: /^and\b/, expected: "`,`", help: "put a `,` between them" },
  { rest: /^at\b/, expected: "`to`", help: "write `to`" },

  // --- in a text
  {
    rest: /^\s/,
    before: /"[^"]*\{$/,
    help: "write `{name}` without blanks; a mere brace is `\\{`",
  },
  { rest: /^/, before: /"[^"]*(?<!\$)\{$/, help: "a brace in a text is written `\\{`" },
  { rest: /^/, before: /\\$/, help: "leave the `\\` out: U-Boot's shells do not agree about it" },
  { rest: /^/, before: /\$\{[^}]*$/, help: "write `${name}`; as mere text it is `\\${`" },

  // --- in a network, and about places
  {
    rest: /^(?:-|to\b|[\d.]+)/,
    before: /\brange\s+[\d.]+\s+$/,
    help: "a range is written with two dots: 192.168.0.100..192.168.0.199",
  },
  {
    rest: /^from\b/,
    before: /^[\s}]*boot\b|[{}]\s*boot\b[^{}]*$/,
    help: "say where it comes from before: `load NAME from …`, then `boot NAME`",
  },

  // --- what is missing
  { rest: /^$/, expected: "`{`", help: "the `{` stands at the end of this line" },
  {
    rest: /^\d+ *packets?\b/,
    expected: "a duration",
    help: (rest) => `write \`at most ${/^\d+/.exec(rest)?.[0]} packets\``,
  },
  {
    rest: /^\d/,
    expected: "a duration",
    help: (rest) => `say the unit, without a blank: \`${/^\d+/.exec(rest)?.[0]}s\``,
  },
  { rest: /^\{/, before: /\bretry\s*$/, help: "say how often: `retry 3 {` or `retry forever {`" },
  {
    rest: /^[A-Za-z0-9_$./~-]/,
    before: /\b(?:uboot|print|fail)\s+$/,
    help: (rest) => `put it in quotes: "${rest.replace(/\s+#.*/, "").trimEnd()}"`,
  },
  {
    rest: /^[A-Za-z0-9_./~-]/,
    expected: "text in quotes",
    help: (rest) => `put it in quotes: "${firstWord(rest)}"`,
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

/** What U-Boot's own commands are called here. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/^(?:setenv|env)$/, "set NAME VALUE"],
  [/^saveenv$/, "save"],
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
  ["try", "try { … } else { … }"],
  ["retry", "retry 3 pause 2s { … }"],
  ["print", 'print "…"'],
  ["sleep", "sleep 2s"],
  ["run", "run NAME"],
  ["fail", 'fail "…"'],
  ["uboot", 'uboot "…"'],
]);

/** What to type instead, as far as it can be guessed. */
export function hintFor({ expected, found = "", nearest, before, rest }: Stop): string | undefined {
  const said = expected.join("\n");
  const [, own] = commands.find(([command]) => command.test(found)) ?? [];
  if (own && said.includes("a statement")) return `write \`${own}\`; ${AS_IT_IS}`;
  if (nearest) return `did you mean \`${nearest}\`?`;
  const hint = hints.find(
    (each) =>
      each.rest.test(rest) &&
      (each.expected === undefined || said.includes(each.expected)) &&
      (each.before === undefined || each.before.test(before)),
  );
  if (hint) return typeof hint.help === "string" ? hint.help : hint.help(rest);
  if (forms.has(found) && said.includes("the end of the line") && !said.includes("`,`")) {
    return `begin a new line with \`${found}\``;
  }
  const [, word = "", brace] = /^[\s}]*([a-z]+)( *\{)?/.exec(before) ?? [];
  const form = (brace && forms.get(`${word} {`)) || forms.get(word);
  if (form) return `it is written like this: ${form}`;
  if (said.includes("a statement")) return AS_IT_IS;
  return said.includes("a declaration") ? EVERY_DECLARATION : undefined;
}
