// Every code with its severity, its words and its explanation. This is the only place where
// messages are written. A code names the fault; the check's file, the fixture folder and the topic
// of `ubootc explain` have the same name.

import { bytes } from "./bytes.js";
import { hintFor, type Stop } from "./hints.js";
import { type ShellFault, shellHint, shellWords } from "./shell-hints.js";

export type Severity = "error" | "warning";

/** One row of the table: `D` is what the words need to know. */
export interface Entry<D> {
  readonly severity: Severity;
  /** Found by a check: a judgement, which `-W` and `allow` can change. */
  readonly check?: true;
  /** One line: what is wrong, with the names and numbers of the case. */
  readonly message: (data: D) => string;
  /** What to type instead; undefined when there is nothing better to say than the message. */
  readonly help?: (data: D) => string | undefined;
  /** The same where it is found in a script that was written by hand, and the help would not fit. */
  readonly byHand?: (data: D) => string | undefined;
  /** The page of `ubootc explain`: why this is a fault, and what to do, in a few sentences. */
  readonly explain: string;
}

const code = <D>(entry: Entry<D>) => entry;
/** The row of something that a check finds: a judgement. */
const check = <D>(entry: Entry<D>): Entry<D> => ({ ...entry, check: true });

const list = (words: readonly string[], last: string): string =>
  words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
const oneOf = (words: readonly string[]): string => list(words, "or");
const quoted = (words: readonly string[]): string => oneOf(words.map((each) => `\`${each}\``));
const roundedUp = (address: number): number => Math.ceil(address / 0x200000) * 0x200000;
const hex = (address: number): string => `0x${address.toString(16).padStart(8, "0")}`;

/** Why a file is no key to sign with, and what to do about it. */
export const keyFaults = {
  encrypted: {
    what: "is encrypted, and there is no passphrase",
    help: "set UBOOTC_KEY_PASSPHRASE to its passphrase; on a terminal it is asked for",
  },
  "wrong-passphrase": {
    what: "does not open with this passphrase",
    help: "give the passphrase that it was encrypted with, in UBOOTC_KEY_PASSPHRASE or when asked",
  },
  public: {
    what: "has only the public half of a key",
    help: "name the private key, or give the command that signs with it: `--sign-command`",
  },
  unusable: {
    what: "is no private key that can be used",
    help: "name an RSA key of 2048 bits or more, or an ECDSA key on P-256 or P-384, as PEM",
  },
} as const;

const page = (...paragraphs: readonly string[]): string => paragraphs.join("\n\n");

/** Digits where an address was expected: the one thing about forms that nobody can guess. */
const valueHelp = ({ expected, found }: { expected: string; found: string }) =>
  expected.startsWith("an address") && /^[0-9a-f]+$/i.test(found)
    ? `write \`0x${found}\` if it is hexadecimal: addresses are`
    : undefined;

/** A character or word as it is named; those that cannot be seen, by their number. */
const named = (found: string): string => {
  if (found === " " || found === "\t") return "a blank";
  const unseen = /^[\p{C}\p{Z}]/u.test(found) || found === "\ufffd";
  const number = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return unseen ? `a character that cannot be seen (U+${number})` : `\`${found}\``;
};

const shortened = (text: string): string => {
  const MOST = 60;
  return text.length <= MOST ? text : `${text.slice(0, MOST - 10)}…${text.slice(-9)}`;
};

/** A name that means nothing, with the one that was probably meant. */
interface Misspelt {
  name: string;
  nearest?: string | undefined;
}
/** Where a line of config.txt is that comes from a file. */
const lineOf = (line: number | undefined) =>
  line === undefined ? "" : `line ${line} of its config.txt: `;
const didYouMean = ({ nearest }: { nearest?: string | undefined }) =>
  nearest && `did you mean \`${nearest}\`?`;

/** A stretch of memory: bytes, the end is `start + size`. */
interface Stretch {
  start: number;
  size: number;
}
const stretch = ({ start, size }: Stretch) =>
  `${hex(start)}..${hex(start + size)} (${bytes(size)})`;

const table = {
  // --- the text ---------------------------------------------------------------------------------
  syntax: code<Stop & { atEnd: boolean }>({
    severity: "error",
    message: ({ expected, found, atEnd }) =>
      `expected ${oneOf(expected)}, found ${found ? named(found) : atEnd ? "the end of the file" : "the end of the line"}`,
    help: hintFor,
    explain: page(
      "The text does not follow the language at this place. The message says what could have stood there, and what was found; where the mistake is a common one, the help says what to write.",
      "Reading goes on behind the statement, so that every mistake of a file is shown at once. Nothing is written as long as there is one.",
      "grammar/README.md in the package describes every form. In short: one declaration or statement a line, text in straight double quotes, blocks in braces that open at the end of a line, comments after `#`.",
    ),
  }),
  "quote-unclosed": code<object>({
    severity: "error",
    message: () => "this text is not closed",
    help: () => 'put a `"` behind it: a text ends on the line it begins on',
    explain: page(
      "A text begins with a double quote and ends with the next one on the same line. Here the line ended first.",
      'Put the closing quote where the text ends. A quote inside a text is written `\\"`.',
    ),
  }),
  "brace-unclosed": code<object>({
    severity: "error",
    message: () => "this `{` is never closed",
    help: () => "put a `}` behind the last line of the block",
    explain: page(
      "A block that begins with `{` has to end with `}`. The end of the file, or the next declaration, came first.",
      "Which brace was forgotten can only be guessed: the indentation decides. If the one that is shown has its partner, look at the blocks inside it.",
    ),
  }),
  "brace-unopened": code<object>({
    severity: "error",
    message: () => "this `}` closes nothing",
    help: () => "leave it out, or put the `{` where its block begins",
    explain: page(
      "There are more closing braces than opening ones up to here. Either this one is too many, or the statement that it belongs to does not end in `{`.",
      "In a well indented flow a `}` stands under the beginning of the line that holds its `{`.",
    ),
  }),
  "nested-too-deep": code<{ most: number }>({
    severity: "error",
    message: ({ most }) => `more than ${most} levels inside one another`,
    help: () => "take the flow apart with `chain`",
    explain: page(
      "Blocks, parentheses, `not` and `else if` can be inside one another only so far. No flow that a person wrote comes near; a flow that a program wrote can.",
      "U-Boot's shell works through nested blocks with a small stack of its own, so that a script this deep would not run either. Put the inner part into a script and `chain` to it.",
    ),
  }),
  "statement-outside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` stands outside of a script`,
    help: () => 'put it inside the braces of one: script NAME on sdcard "boot.scr" { … }',
    explain: page(
      "Statements such as `dhcp`, `load` and `boot` happen when a board runs a script, so they stand inside the braces of a `script`. Outside are declarations: what there is, not what is done.",
      "Move the statements into a script. The one that a board finds by itself on its card is called boot.scr.",
    ),
  }),
  "declaration-inside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` stands inside a script`,
    help: () => "move it out of the braces: declarations stand at the top of the file",
    explain: page(
      "Declarations such as `kernel`, `client` and `script` say what there is, and hold for the whole flow. Inside a script they would look as if they happened at a certain step.",
      "Move the line to the top of the file. The script goes on using it by its name.",
    ),
  }),
  "not-utf8": code<{ path: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is not UTF-8`,
    help: () => "save it as UTF-8; a program or image given in place of a flow looks like this too",
    explain: page(
      "Flows and client tables are read as UTF-8, with or without a byte order mark. A byte at the place shown cannot be part of such a text.",
      "Most often the file was saved as Latin-1 or UTF-16: save it again as UTF-8. If the file is a kernel or a compiled script, it was named by mistake.",
    ),
  }),
  "source-too-large": code<{ path: string; size: number }>({
    severity: "error",
    message: ({ path, size }) =>
      `\`${path}\` has ${bytes(size)}, more than a flow or table can have`,
    help: () => "name the flow or the table, not an image",
    explain: page(
      "Flows and tables are texts that people write, or that a program lists clients in. A file of more than 64 MiB is most likely an image that was named by mistake.",
      "A table of ten thousand clients has about one MiB.",
    ),
  }),
  "include-cycle": code<{ path: string; chain: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` includes itself`,
    help: ({ chain }) => `the way there: ${chain.join(" -> ")}`,
    explain: page(
      "`include` puts the declarations of another file where it stands. A file that includes itself, directly or by way of others, would never end.",
      "Take out the `include` that leads back. Two files may include the same third one: it is there once.",
    ),
  }),
  "include-not-constant": code<object>({
    severity: "error",
    message: () => "the name of an included file has to be plain text",
    help: () => "write the name out; parameters are not known yet when files are included",
    explain: page(
      "Included files are read first of all, since the parameters may be declared in one of them. So the name of an included file cannot depend on a parameter, on a client or on the board.",
      "Write the name out. To choose between two labs, write a small flow for each that includes what they have in common.",
    ),
  }),

  // --- FITs -------------------------------------------------------------------------------------
  "fit-no-kernel": code<{ config?: string | undefined }>({
    severity: "error",
    message: ({ config }) =>
      config === undefined
        ? "this FIT has no kernel"
        : `the configuration \`${config}\` has no kernel`,
    help: () => "write `kernel NAME` between the braces",
    explain: page(
      "A configuration says what is started together, and the kernel is what is started. What a `config` does not name itself it takes from the FIT, where that has one of it.",
      "Name a kernel in the FIT, or in the configuration.",
    ),
  }),
  "fit-with": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is a FIT: what it is started with is inside`,
    help: ({ name }) => `write \`boot ${name} config "NAME"\`, and name this in the configuration`,
    explain: page(
      "`bootm` takes device tree and initrd from the configuration of a FIT. Others could be given to it, which no signature would cover.",
      "Put them into the FIT, in a configuration of their own where there are several.",
    ),
  }),
  "config-unclear": code<{ kind: string; names: readonly string[] }>({
    severity: "error",
    message: ({ kind, names }) => `this leaves open which ${kind} it is: ${quoted(names)}`,
    help: ({ kind, names }) => `write a \`config "…" { ${kind} ${names[0]} }\` for each`,
    explain: page(
      "A configuration starts one kernel, with one device tree and one initrd. Where a FIT has several of one of them, a `config` has to say which.",
      "Name exactly one in each `config`.",
    ),
  }),
  "config-outside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is a kernel, which has no configurations`,
    help: ({ name }) => `declare \`fit os { kernel ${name} … }\`, or leave \`config\` out`,
    explain: page(
      "Configurations are parts of a FIT: each names a kernel, a device tree and an initrd. A kernel of its own is started with what stands behind `with`.",
      "Boot the FIT that the kernel is in.",
    ),
  }),
  "key-unreadable": code<{ path: string; fault: keyof typeof keyFaults }>({
    severity: "error",
    message: ({ path, fault }) => `\`${path}\` ${keyFaults[fault].what}`,
    help: ({ fault }) => keyFaults[fault].help,
    explain: page(
      "FITs are signed with a private key in PEM: PKCS#1, PKCS#8 or SEC1. U-Boot verifies RSA with 2048, 3072 and 4096 bits, and ECDSA on P-256 and P-384. The passphrase of an encrypted key comes from the environment variable UBOOTC_KEY_PASSPHRASE, or is asked for on a terminal.",
      "A key that cannot leave its token or its service is named by its public half, a certificate or a public key. A command makes the signatures then, which is given with `--sign-command`, never in the flow.",
      "`ubootc keys new NAME` makes a key for development.",
    ),
  }),
  "signing-failed": code<{ path: string; why: string }>({
    severity: "error",
    message: ({ path, why }) => `no signature was made with \`${path}\`: ${why}`,
    help: () => "try the signing command by itself, with what `--sign-input` says on its input",
    explain: page(
      "A key that is named by its public half signs through a command (`--sign-command`). The command gets the digest of what is to be signed on its standard input, or what `--sign-input` says, and prints the signature as bytes: for RSA the number, for ECDSA both numbers, or the DER of them. It has to end with 0.",
      "What it prints is checked with the public half before anything is written. After a failure it is not run again in the same build, since a token locks itself when its PIN is wrong a few times.",
    ),
  }),
  "key-mismatch": code<{ algorithm: string; key: string }>({
    severity: "error",
    message: ({ algorithm, key }) =>
      `${algorithm} cannot be made with this key, which is for ${key}`,
    help: ({ key }) => `write \`algorithm "sha256,${key}"\`, or leave it out`,
    explain: page(
      "The algorithm of a signature names the hash and the kind of key with its size, and U-Boot refuses a signature that is longer or shorter than that.",
      "Leave `algorithm` out: it is made from the key.",
    ),
  }),

  // --- inputs -----------------------------------------------------------------------------------
  "input-missing": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` does not exist`,
    help: () => "paths are relative to the file they are written in",
    explain: page(
      "The flow names a file that is not there. Paths are relative to the file they are written in, not to the folder the command was started in.",
      "Nothing is written in this case: a build without its kernel would leave boards waiting for it.",
    ),
  }),
  "input-not-a-file": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` ${detail}`,
    help: () => "name the file in it",
    explain: page(
      "An input has to be a regular file, since it is looked into first and copied later. Folders, pipes and devices cannot be read that way.",
      "Name the file inside the folder; write what comes from a pipe to a file first.",
    ),
  }),
  "input-unreadable": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` cannot be read: ${detail}`,
    help: () => "look at its rights, and at those of the folders above",
    explain: page(
      "The file is there, but the system refused to read it, for the reason that the message ends with.",
      "Look at the rights of the file and of the folders above it.",
    ),
  }),
  "input-empty": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is empty`,
    help: () => "build it again; an interrupted copy leaves such files",
    explain: page(
      "A file without contents is what an interrupted copy or a full disk leaves behind.",
      "On the board it would do harm: for U-Boot an empty download is a success that leaves the old `filesize`, and what was in memory before. What is booted then is something else.",
    ),
  }),
  "table-unreadable": code<{ detail: string }>({
    severity: "error",
    message: ({ detail }) => `this is not a table: ${detail}`,
    help: () => "a table is CSV with a header line, or a JSON list of objects",
    explain: page(
      "A client table is CSV with a header line (RFC 4180), or a JSON list of objects; which of them is told from the ending `.json`.",
      "In CSV a value with a comma, a quote or a line end in it stands in double quotes, and a quote inside is written twice. Lines that begin with `#` are comments. The encoding is UTF-8, lines may end with LF or CR LF.",
    ),
  }),
  "table-not-a-list": code<object>({
    severity: "error",
    message: () => "a client table in JSON is a list of objects",
    help: () => 'write [ { "name": "bench-1", "serial": "0000000012345678" } ]',
    explain: page(
      "A client table in JSON is a list with an object for each client; the keys of the object are the client's values, and one of them is `name`.",
      "Nothing is inside of these objects but text, numbers and null.",
    ),
  }),
  "table-no-name": code<{ found: readonly string[] }>({
    severity: "error",
    message: ({ found }) =>
      found.length > 0
        ? `no column \`name\` among ${list(
            found.map((each) => `\`${each}\``),
            "and",
          )}`
        : "no `name`",
    help: () => "give each client a `name`: it is how messages and `--client` call it",
    explain: page(
      "Every client has a name: messages, `--client` and the manifest call it by that. In a CSV table the first line names the columns, and one of them is `name`; in JSON each object has a `name`.",
      "If the first line of the table is a client already, put a header line before it.",
    ),
  }),
  "table-column-name": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` cannot be the name of a column`,
    help: ({ name }) =>
      /[;\t|]/.test(name)
        ? "columns are separated by commas"
        : "use letters, digits, _ and -, a letter first: it is written {client.NAME}",
    explain: page(
      "A column is used in a flow as {client.NAME}, so what it is called has to be a name of the language: letters, digits, _ and -, beginning with a letter.",
      "A first line such as `name;serial` comes from a program that separates with semicolons: export it with commas.",
    ),
  }),
  "table-column-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the column \`${name}\` is there twice`,
    help: () => "rename one of them, or take it out",
    explain: page(
      "Two columns have the same name. It would be open which value {client.NAME} means, and boards would get one or the other.",
      "Rename one of them, or take it out.",
    ),
  }),
  "table-width": code<{ expected: number; found: number }>({
    severity: "error",
    message: ({ expected, found }) => `${found} values where the header has ${expected} columns`,
    help: () => "a value with a comma in it has to be in double quotes",
    explain: page(
      "Every line of a CSV table has a value for each column of the header, an empty one where there is none. Here a line has more or fewer.",
      "The usual reason is a value with a comma in it, such as ttyS1,115200, which has to stand in double quotes. Guessing is no help here: everything behind the comma would move by one column.",
    ),
  }),
  "table-value": code<{ name: string; found: string }>({
    severity: "error",
    message: ({ name, found }) => `\`${name}\` is ${found}, not text or a number`,
    help: () => "write it as text, in double quotes",
    explain: page(
      "A client's values are texts that end up in file names and kernel arguments. Numbers are taken as they are written; lists, objects and true or false have no such form.",
      "Write it as text. `null` stands for a value that is not there.",
    ),
  }),

  // --- names ------------------------------------------------------------------------------------
  "name-taken": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is there twice`,
    help: () => "give one of them another name",
    explain: page(
      "Two declarations of one kind have the same name, so that it would be open which of them a statement means. For servers: the same address is listed twice.",
      "Rename one of them. Kernels, device trees, initrds and files share their names, since `load` takes any of them.",
    ),
  }),
  "name-unknown": code<{ kind: string } & Misspelt>({
    severity: "error",
    message: ({ kind, name }) => `no ${kind} is called \`${name}\``,
    help: didYouMean,
    explain: page(
      "A name is used that nothing of the kind introduces: the flow has no such kernel, script, parameter or whatever the message says.",
      "The order of declarations does not matter, and included files count. Look for a misspelling, or for a declaration of another kind: `boot` takes kernels, and behind `with` device trees and initrds.",
    ),
  }),
  "board-missing": code<object>({
    severity: "error",
    message: () => "no board is named",
    help: () => "begin with `board rpi_3`; `ubootc boards` lists them",
    explain: page(
      "The board says where its memory is, which processor it has, which commands its U-Boot has and how long a line it reads. Without it nothing can be placed and nothing checked.",
      'Begin the flow with `board NAME`. `ubootc boards` lists the catalogue. Clients may each have another: client bench-3 { board "rpi_4" }.',
    ),
  }),
  "board-unknown": code<{ name: string; nearest: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `no board is called \`${name}\``,
    help: ({ nearest }) =>
      nearest.length > 0
        ? `did you mean ${quoted(nearest)}?`
        : "`ubootc boards` lists them; `board mine from NAME { … }` makes one",
    explain: page(
      "Boards are called as their configuration in U-Boot's source, without `_defconfig`: rpi_3, am335x_evm, qemu_arm64.",
      "For a board that is not in the catalogue, take one with the same processor and say what differs: board mine from rpi_3 { memory 1G }.",
    ),
  }),
  "server-missing": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `\`${what}\` needs a server, and none is named`,
    help: () => "add `server 192.168.0.250`",
    explain: page(
      "Whatever a board fetches over the network comes from a server that the flow names. U-Boot's own `serverip` is not relied on: DHCP writes it, or does not, depending on the network and on the version.",
      "Add `server` with the address that the boards reach. With several, a board tries them in turn.",
    ),
  }),
  "param-unset": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the parameter \`${name}\` has no value`,
    help: ({ name }) => `add \`-D ${name}=…\`, or a default: \`param ${name} "…"\``,
    explain: page(
      "A `param` without a default has to be given a value each time the flow is compiled: `ubootc build flow.boot -D name=value`.",
      "Give it one there, or write a default behind its name.",
    ),
  }),
  "param-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`-D ${name}\`: the flow has no such parameter`,
    help: didYouMean,
    explain: page(
      "A value was given with `-D` that the flow has no `param` for. It would be ignored without a word, and a misspelt parameter keep its default.",
      "Correct the name, or declare the parameter.",
    ),
  }),
  "property-unknown": code<{ what: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` has no \`${name}\``,
    help: ({ nearest, known }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : known.length > 0
          ? `what it has: ${list(known, "and")}`
          : "leave the braces out: it has no properties",
    explain: page(
      "The braces of a declaration hold properties, and each kind of declaration has its own. This one is none of them; it would have no effect.",
      "The help lists what can stand there.",
    ),
  }),
  "property-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is given twice`,
    help: () => "take one of them out",
    explain: page(
      "A property has one value. Given twice, one of the two would be ignored without a word.",
      "Take one of them out.",
    ),
  }),
  "property-missing": code<{ what: string; name: string }>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` needs \`${name}\``,
    help: ({ name }) => `add it between the braces: { ${name} … }`,
    explain: page(
      "Without this property what stands there cannot do what it says: a board without DHCP needs at least an address of its own.",
      "Add it between the braces.",
    ),
  }),
  "value-invalid": code<{ expected: string; found: string }>({
    severity: "error",
    message: ({ expected, found }) => `expected ${expected}, found \`${shortened(found)}\``,
    help: valueHelp,
    explain: page(
      "Each place takes values of one form, and this one does not have it. The message says the form with an example.",
      "Addresses are written with 0x, since U-Boot reads most numbers as hexadecimal and people write most as decimal: 80000 could mean either. Sizes take K, M and G; times take ms, s and min.",
    ),
  }),
  "variable-too-late": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` is known only when the board boots`,
    help: () => "use `{…}` with a parameter or a client's value: those are known when compiling",
    explain: page(
      "`{name}` is replaced when the flow is compiled, `${name}` by U-Boot when the board boots. Here the compiler needs the value: for a file that it writes, an address that it checks or a name that it looks up.",
      "Use a parameter or a client's value. In the file name of a script `for each client` `${serial#}` and `${ipaddr}` are fine: the compiler takes them from the client table.",
    ),
  }),
  "address-unknown": code<{ board: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name, board }) => `\`${name}\` holds no address on ${board}`,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use 0x…, or one of ${list(known, "and")}`,
    explain: page(
      "Behind `to` stands an address: a number with 0x, or a variable that the board's default environment sets, such as kernel_addr_r. This one it does not set.",
      "An address from a variable that is empty makes U-Boot load to its default address, over whatever is there. Best leave `to` out: then a place is found where nothing collides.",
    ),
  }),
  "place-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is no place to put a file`,
    help: ({ nearest }) => (nearest ? `did you mean \`${nearest}\`?` : "write `sdcard` or `tftp`"),
    explain: page(
      "`on sdcard` is for what a board reads from its card, `on tftp` for what it fetches from the server. They become folders of the build.",
      "Write one of the two.",
    ),
  }),
  "device-unknown": code<{ known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name }) => `nothing can be loaded from \`${name}\``,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use one of ${list(known, "and")}`,
    explain: page(
      "`from` takes the devices that U-Boot can load from: tftp, http and nfs over the network; sdcard, which is wherever the script came from; mmc, usb, nvme, sata and virtio with a number and a partition.",
      "Without `from` it is tftp.",
    ),
  }),
  "device-not-storage": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `whether a file exists cannot be asked of \`${name}\``,
    help: () => "load it in a `try`, with what to do without it in its `else`",
    explain: page(
      "`exists` becomes U-Boot's `test -e`, which looks at file systems on storage devices. Over the network the only way to know is to fetch the file.",
      "Load it in a `try` and say in its `else` what to do without it.",
    ),
  }),

  // --- tests ------------------------------------------------------------------------------------
  "test-expects-nothing": code<{ title: string }>({
    severity: "error",
    message: ({ title }) => `nothing is expected of \`${title}\``,
    help: () => "say how it is to end: `expect boot NAME`, `expect prompt`, `expect fail`",
    explain: page(
      "A test without an `expect` cannot fail, so that it shows nothing.",
      "Say how the board is to end (`expect boot`, `prompt`, `fail`, `reset`, `poweroff`), or what it is to print (`expect console`).",
    ),
  }),
  "test-ends-twice": code<{ first: string; second: string }>({
    severity: "error",
    message: ({ first, second }) =>
      `a board that ends in \`${first}\` does not end in \`${second}\``,
    help: () => "take one of them out, or write a second test",
    explain: page(
      "A boot ends once: with a kernel, at the prompt, in a reset or switched off. Two of them can never both come true.",
      "Take one out. Where the two are meant for different clients or faults, write a test for each.",
    ),
  }),
  "start-unclear": code<{ starts: readonly string[] }>({
    severity: "error",
    message: ({ starts }) =>
      starts.length === 0
        ? "every script is chained to by another, so that none is the first"
        : `the first script can be ${quoted(starts)}`,
    help: ({ starts }) =>
      starts.length === 0
        ? "name it: `start NAME`"
        : `name it: ${oneOf(starts.map((each) => `\`start ${each}\``))}`,
    explain: page(
      "A board begins with the script that U-Boot finds by itself: `boot.scr` on the card. Where there is none, it is the script that no other one chains to. Here that leaves none, or several.",
      "Name the script: `start NAME` in a test, `--start NAME` on the command line.",
    ),
  }),

  // --- clients ----------------------------------------------------------------------------------
  "client-outside": code<{ name: string; why?: string | undefined }>({
    severity: "error",
    message: ({ name, why }) => `\`{client.${name}}\` has no meaning here${why ? `: ${why}` : ""}`,
    help: () => "add `for each client` to the script, or use a `param`",
    explain: page(
      "A value of a client has a meaning only where something is compiled for each client: in scripts `for each client` and what they use. This place is the same for all of them.",
      "Add `for each client` to the script. Its file name then has to tell clients apart, for example with `${serial#}`.",
    ),
  }),
  "client-value-missing": code<{ client: string } & Misspelt>({
    severity: "error",
    message: ({ client, name }) => `client \`${client}\` has no \`${name}\``,
    help: ({ nearest, name }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : `give it one, or all of them: client * { ${name} "…" }`,
    explain: page(
      "A script that is compiled for each client uses a value that this client does not have. The board would get a script with a hole in it.",
      "Give the client the value, or give it to all with `client * { … }`, which a client's own value overrides. An empty cell of a table counts as no value.",
    ),
  }),
  "client-shared": code<{ key: string; value: string; first: string; second: string }>({
    severity: "error",
    message: ({ key, value, first, second }) =>
      key === "name"
        ? `two clients are called \`${value}\``
        : `clients \`${first}\` and \`${second}\` have the same ${key}, \`${value}\``,
    help: () => "one of them was most likely copied: correct it, or take the client out",
    explain: page(
      "Names, serial numbers, MAC and IP addresses tell boards apart. Two clients with the same one would write the same file, and one board would boot with what is meant for the other.",
      "Upper and lower case count as the same, since not all file systems tell them apart. Correct the one that was copied.",
    ),
  }),
  "network-twice": code<object>({
    severity: "error",
    message: () => "a flow has one `network`",
    help: () => "take one of them out",
    explain: page(
      "`network` says how the boards get their addresses, for server/dnsmasq.conf and for `ubootc serve --dhcp`. Both work for one network: with two it would be open which of them a board is in.",
      "Keep the one that the boards are in. For two labs, write two flows that `include` what they share.",
    ),
  }),
  "outside-subnet": code<{ what: string; address: string; subnet: string; guessed: boolean }>({
    severity: "error",
    message: ({ what, address, subnet }) => `${what} ${address} is not in ${subnet}`,
    help: ({ guessed }) =>
      guessed
        ? "write `subnet` if the network is larger than the /24 of the range"
        : "correct the address, or the subnet",
    explain: page(
      "A board can only have, and reach without a router, addresses of the subnet it is in. A lease or a router outside it leaves the board without a network, though DHCP itself went well.",
      "The subnet is the /24 that the range begins in, unless `subnet` says something else. It holds all its addresses but the first and the last, which mean the network and everybody in it.",
    ),
  }),
  "address-in-range": code<{ what: string; address: string; client: boolean }>({
    severity: "error",
    message: ({ what, address }) => `${what} has ${address}, which the range gives to any board`,
    help: ({ client }) =>
      client
        ? "give the client its `mac`, so that the address is kept for it, or an address outside the range"
        : "end the range before it, or begin it behind",
    explain: page(
      "The addresses of a range are given to whoever asks first. A machine that has one of them already, without asking, would share it with a board, and packets would reach now the one and now the other.",
      "A client's address may be in the range when the client has a `mac`: it is kept for that board then. Everything else belongs outside.",
    ),
  }),
  "client-name-property": code<object>({
    severity: "error",
    message: () => "the name of a client stands before its braces",
    help: () => "take it out of the braces: {client.name} is the word behind `client`",
    explain: page(
      "The name of a client is the word behind `client`, and {client.name} is that. A second name between the braces would contradict it.",
      "Take it out. In tables, where there is no such word, `name` is a column.",
    ),
  }),

  // --- files and values -------------------------------------------------------------------------
  "unsafe-value": code<{
    value: string;
    role: string;
    allowed: string;
    offence?: string | undefined;
  }>({
    severity: "error",
    message: ({ value, role, offence }) =>
      `${JSON.stringify(shortened(value))} cannot be ${role}${offence ? `, because of ${named(offence)}` : ""}`,
    help: ({ allowed }) => allowed,
    explain: page(
      "A value ends up inside of something that U-Boot or the kernel takes apart again: a line of the shell, the kernel's arguments, the name of a file, a path on a server. What could change the structure there is refused, wherever the value came from: a table, a parameter or the command line.",
      "Blanks would make a second kernel argument, quotes, $ and ; are read by the shell, which in older versions reads expanded values again, and .. leads out of the folder that is served. Each place has a list of what is allowed, which the help shows; nothing is escaped or replaced without a word.",
      "Where several kernel arguments are wanted, write them out in the flow, with a value for each part that differs.",
    ),
  }),
  "file-not-constant": code<{ name: string }>({
    severity: "error",
    message: ({ name }) =>
      `the file name needs \`\${${name}}\`, but the script is not \`for each client\``,
    help: () => "add `for each client` behind the name, or leave the variable out",
    explain: page(
      "The file name of a script is one pattern for both sides: the board asks for it with its own values, and the compiler writes a file for each client with the values of the table. That takes a script `for each client`.",
      "A script that is the same for all has a name without variables.",
    ),
  }),
  "file-variable": code<{ name: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` cannot be told of a client when compiling`,
    help: ({ known }) => `use ${quoted(known.map((each) => `\${${each}}`))}, or \`{client.…}\``,
    explain: page(
      "The board puts the value of this variable into the file name when it asks. The compiler has to know the value for each client, to write the file under that name, and it knows only those that a client table has.",
      "`${serial#}` is the column `serial` and `${ipaddr}` is `address`. What is known when compiling is written `{client.…}`.",
    ),
  }),
  "file-name-taken": code<{ path: string; other?: string | undefined }>({
    severity: "error",
    message: ({ path, other }) =>
      other
        ? `\`${path}\` differs from \`${other}\` only in case`
        : `two files would be \`${path}\``,
    help: () => "give one of them another name with `as`",
    explain: page(
      "Two things would be written to the same file, and the board would get whichever was last. Names that differ only in case count as the same: FAT, which cards are formatted with, and the file systems of Windows and macOS do not tell them apart.",
      "Give one of them another name with `as`. For a script `for each client`, put something into its name that differs between clients.",
    ),
  }),
  "not-wrapped": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `a ${kind} is not wrapped into a uImage`,
    help: () => "leave `uimage` out",
    explain: page(
      "`as uimage` puts U-Boot's header before a kernel or an initrd. Device trees and other files are read as they are: with a header before it U-Boot would not recognise them.",
      'Leave the word out; `as "NAME"` alone is the name it is served under.',
    ),
  }),
  "file-name-inside": code<{ path: string; other: string }>({
    severity: "error",
    message: ({ path, other }) => `\`${other}\` cannot be a file and, for \`${path}\`, a folder`,
    help: () => "give one of them another name with `as`",
    explain: page(
      "One file would have the name of the folder that another one is in. A file system has room for one of the two.",
      "Give one of them another name with `as`.",
    ),
  }),
  "not-from-firmware": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `the firmware passes no ${kind}`,
    help: () => "only `dtb NAME from firmware` is known",
    explain: page(
      "The firmware of some boards leaves a device tree in memory for U-Boot, changed to fit the board. Kernels and initrds do not come that way.",
      "Name a file, or write `dtb NAME from firmware`.",
    ),
  }),
  "image-impossible": code<{ name: string; container: "uImage" | "FIT"; why: string }>({
    severity: "error",
    message: ({ name, container, why }) => `no ${container} can be made of \`${name}\`: ${why}`,
    help: ({ container }) =>
      container === "FIT"
        ? "change what does not fit: `external at` has to leave room for the tree"
        : "serve it without `uimage`, or change what does not fit",
    explain: page(
      "The header of a legacy image has 32 bits for each size and address and 32 bytes for a name. In a FIT with data at a position, the tree has to end before it. What the flow asks for does not fit.",
      "Serve the file without `uimage`, choose an address below 4 GiB, or let the data of a FIT begin where its tree ends.",
    ),
  }),

  // --- the board's own firmware -------------------------------------------------------------------
  "config-unknown": check<Misspelt & { line?: number | undefined; parameter?: string | undefined }>(
    {
      severity: "warning",
      message: ({ name, line }) => `${lineOf(line)}the firmware knows no setting \`${name}\``,
      help: ({ parameter, ...data }) =>
        parameter
          ? `it is a parameter of the device tree: \`${parameter}\``
          : (didYouMean(data) ?? "leave it out, or `allow` it if it is newer than this table"),
      explain: page(
        "The firmware of a Raspberry Pi skips a line of config.txt that it does not know, without a word: the setting that was meant keeps its default.",
        "Compared is with the settings of Raspberry Pi's documentation and those that the firmware itself carries, old ones too. Names are in lower case, apart from a few licence keys; nothing stands before them. What an overlay or the device tree takes is written behind `dtparam=`.",
      ),
    },
  ),
  "config-old": check<{ name: string; line?: number | undefined; now: string }>({
    severity: "warning",
    message: ({ name, line, now }) =>
      `${lineOf(line)}${now === "" ? `nothing reads \`${name}\` any more` : `\`${now}\` has taken the place of \`${name}\``}`,
    help: ({ name, now }) =>
      now === ""
        ? "leave it out"
        : name === "arm_control"
          ? "write `arm_64bit=1`"
          : `write \`${now}\``,
    explain: page(
      "The setting is one of older firmware. Some are read still, some are passed over, and Raspberry Pi's documentation names another for each.",
      "`arm_control=0x200` is `arm_64bit=1` today; `device_tree_param` and `device_tree_overlay` are `dtparam` and `dtoverlay`; `max_usb_current` is always on.",
    ),
  }),
  "config-long": check<{ name: string; line?: number | undefined; length: number; most: number }>({
    severity: "warning",
    message: ({ name, line, length, most }) =>
      `${lineOf(line)}\`${name}\` has a line of ${length} characters, and the firmware reads ${most}`,
    help: ({ name }) =>
      name === "dtoverlay"
        ? "put the parameters of the overlay on lines of their own, as `dtparam=…` behind it"
        : "write it shorter",
    explain: page(
      "The firmware reads 98 characters of each line of config.txt, older ones 78, and drops the others without a word: the end of a long list of parameters, for example.",
      "Parameters of an overlay can stand on lines of their own behind it, each after `dtparam=`.",
    ),
  }),
  "config-filter": check<Misspelt & { line?: number | undefined }>({
    severity: "warning",
    message: ({ name, line }) => `${lineOf(line)}the firmware knows no filter \`[${name}]\``,
    help: ({ nearest }) =>
      nearest ? `did you mean \`[${nearest}]\`?` : "write a model such as `[pi4]`, or `[all]`",
    explain: page(
      "What follows a filter in config.txt counts only for the boards that it names, up to the next filter. With one that means nothing the lines behind it count for no board.",
      "Known are models ([pi3], [pi3+], [cm4] …), [all], [none], [tryboot], a serial number ([0x12345678]), a pin ([gpio4=1]), a screen ([EDID=…], [HDMI:0]), [board-type=0x11], and a number that is compared: partition, boot_partition, boot_count, boot_arg1, bootvar0 or cust_otp0 to cust_otp7 with `=`, `<`, `>`, `&MASK` or `&MASK=`, as in [partition=2].",
    ),
  }),
  "config-idle": check<{ name: string; boards: readonly string[]; models?: readonly string[] }>({
    severity: "warning",
    message: ({ name, boards, models }) =>
      `\`${name}\` ${models ? "means nothing to" : "is for none of the flow's boards:"} ${list(boards, "and")}`,
    help: ({ models }) =>
      models
        ? `only ${list(models, "and")} read${models.length > 1 ? "" : "s"} it: leave it out`
        : "leave it and what stands behind it out, or give the client its `board`",
    explain: page(
      "A filter of config.txt names boards, and the flow has none of these: what stands behind it never counts. Or a setting is only read by models that the flow does not have.",
      "Looked at is what `config { … }` says; a config.txt that the flow takes from a folder may be for other boards too. A serial number is compared with those of the clients.",
    ),
  }),
  "config-file": check<Misspelt & { key: string; line?: number | undefined }>({
    severity: "warning",
    message: ({ name, key, line }) =>
      `${lineOf(line)}\`${key}\` names ${name}, which is not among the files`,
    help: (data) => didYouMean(data) ?? "add it with `files from`, or leave the line out",
    explain: page(
      "The firmware asks for the files that config.txt names: the kernel, an initrd, overlays. Without the kernel nothing starts; without an overlay the hardware it is for does not work, and nothing says so.",
      "Compared is with the files of the same `firmware`, when it has any, for lines that count for all boards. Overlays that overlays/overlay_map.dtb knows by another name are left alone.",
    ),
  }),
  "boot-order-network": check<{ order: string }>({
    severity: "warning",
    message: ({ order }) => `with the boot order ${order} the bootloader never tries the network`,
    help: () => "write a 2 into it: 0xf21 is card, network and again from the start",
    explain: page(
      "BOOT_ORDER is read from right to left, a hexadecimal digit for each thing to try: 1 the card, 2 the network, 4 USB, 6 NVMe, e stops, f begins again. Without a 2 the files that the flow has on the server are never asked for.",
      "0xf21 tries the card and then the network, for ever; 0x2 the network only.",
    ),
  }),
  "boot-order-rest": check<{
    order: string;
    end: { digit: string; mode: string };
    modes: readonly string[];
  }>({
    severity: "warning",
    message: ({ order, end, modes }) =>
      `in the boot order ${order} nothing comes after ${end.digit} (${end.mode})${modes.length > 0 ? `: not ${list(modes, "and")}` : ""}`,
    help: () => "it is read from the right: 0xf21 is card, network and again from the start",
    explain: page(
      "BOOT_ORDER is read from right to left. At an f the bootloader begins again, at an e it stops, and rpiboot (3) and the card with 0 are waited for without an end: what stands to the left of these is never tried.",
      "Written the other way round, as in 0x12f, it tries nothing.",
    ),
  }),
  "bootconf-unknown": check<Misspelt>({
    severity: "warning",
    message: ({ name }) =>
      `the bootloader knows no ${name.startsWith("[") ? "filter" : "setting"} \`${name}\``,
    help: (data) =>
      didYouMean(data) ?? "leave it out, or `allow` it if it is newer than this table",
    explain: page(
      "The bootloader in the EEPROM passes over a line of its settings that it does not know, and keeps its default. Names are in capitals.",
      "Filters are those of config.txt without the ones for screens, which it does not know yet. What follows `[config.txt]` is no setting of its own: the firmware adds it to config.txt.",
    ),
  }),
  "tftp-prefix": check<{ asked: string; made: string }>({
    severity: "warning",
    message: ({ asked, made }) =>
      asked === "text"
        ? "all boards ask for the same folder, and the flow makes one for each client"
        : `the bootloader asks for a folder named for the ${asked}, and the flow names it for the ${made}`,
    help: ({ asked, made }) =>
      asked === "text"
        ? "leave `for each client` out, or `tftp_prefix`"
        : `write \`prefix ${asked}\` into \`firmware\`, or \`tftp_prefix ${made === "mac" ? 2 : 0}\``,
    explain: page(
      "The bootloader of a Pi 4 or 5 puts a folder before the names it asks for: with TFTP_PREFIX 0 the last eight digits of its serial number, with 1 the text of TFTP_PREFIX_STR, with 2 its MAC address with dashes. Where it finds no start4.elf there it asks for everything without the folder.",
      "`prefix serial` and `prefix mac` of `firmware` are the first and the last of these.",
    ),
  }),
  "tftp-ip": check<{ asked: string; server: string }>({
    severity: "warning",
    message: ({ asked, server }) =>
      `the bootloader asks ${asked} for its files, and the flow's server is ${server}`,
    help: ({ server }) => `write \`tftp_ip ${server}\`, or take the line out of its settings`,
    explain: page(
      "With TFTP_IP the bootloader of a Pi 4 or 5 asks that server and no other, whatever DHCP says. It is easily forgotten in the EEPROM when a server gets another address: the board then waits for one that is not there.",
      "Compared are the settings in `eeprom`, those of `from` with it, and the flow's `server`. Without TFTP_IP the server is the one that DHCP names.",
    ),
  }),
  "cmdline-lines": check<{ count: number }>({
    severity: "error",
    message: ({ count }) => `its cmdline.txt has ${count} lines, and the kernel gets the first`,
    help: () => "put all arguments on one line, or write `cmdline { … }`",
    explain: page(
      "The firmware passes on the first line of cmdline.txt and drops the rest. An editor that wraps long lines, or a comment at the top, is enough for a kernel without its root.",
      "Put everything on one line, with a blank between arguments, or let the flow write the file with `cmdline { … }`. There are no comments in it.",
    ),
  }),

  // --- scripts ----------------------------------------------------------------------------------
  "chain-self": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` chains to itself`,
    help: () => "use `retry forever pause 5s { … }` to go on trying",
    explain: page(
      "Each `chain` runs the next script inside the one before, and the memory that this takes is given back only when the inner one ends. A script that chains to itself ends with a board that hangs or resets.",
      "To try again and again, use `retry forever pause 5s { … }`.",
    ),
  }),
  "script-elsewhere": code<{ name: string; place: string; device: string }>({
    severity: "error",
    message: ({ name, place, device }) =>
      `\`${name}\` is put on ${place}, and this looks for it on ${device}`,
    help: () => "leave `from` out, or change the place behind `on`",
    explain: page(
      "A script is written to one place, the one that its declaration names behind `on`. The statement looks for it on another device, where it will not be found.",
      "Leave `from` out: the script is then looked for where it is put. Or change the place behind `on`.",
    ),
  }),
  "condition-too-wide": code<{ count: number; most: number }>({
    severity: "error",
    message: ({ count, most }) =>
      `this condition comes to ${count} alternatives; at most ${most} can be written`,
    help: () => "take it apart into nested `if`s",
    explain: page(
      "U-Boot's two shells have no parentheses and no `not` in common, so a condition is written out as every way in which it can be true. Each `and` between groups of `or` multiplies their number.",
      "An `if` inside an `if` asks for one group after the other, without writing out their combinations.",
    ),
  }),
  "raw-unbalanced": code<{ why: string }>({
    severity: "error",
    message: ({ why }) => `this line would take the rest of the script with it: ${why}`,
    help: () => "each `uboot` line is whole by itself: close what it opens",
    explain: page(
      "What `uboot` holds is written into the script as it is. A quote or an `if` without its end would take the lines behind it along, and the script would do something else, or nothing.",
      "Close what the line opens. Each `uboot` line has to be whole by itself: an `if` with its `fi`, a `do` with its `done`.",
    ),
  }),
  "line-too-long": code<{ length: number; most: number; board: string }>({
    severity: "error",
    message: ({ length, most, board }) =>
      `this becomes a line of ${length} characters; ${board} reads ${most}`,
    help: () => "shorten it, or take it apart with `set`",
    explain: page(
      "U-Boot reads commands into a buffer of a fixed size (CONFIG_SYS_CBSIZE). What is longer is cut off or refused, and the rest of a cut line can be taken for another command.",
      "Kernel arguments are cut into several lines by themselves. Shorten the text, or put parts of it into variables with `set`.",
    ),
  }),
  "too-many-arguments": code<{ count: number; most: number; board: string }>({
    severity: "error",
    message: ({ count, most, board }) => `this becomes ${count} words; ${board} takes ${most}`,
    help: () => "shorten the statement; if your board takes more: board mine from … { maxargs 64 }",
    byHand: () => "put the words of a value into quotes: they are one argument then",
    explain: page(
      "U-Boot splits a command into at most CONFIG_SYS_MAXARGS words and drops or refuses the rest.",
      "For a board of your own with a larger value say so: board mine from rpi_3 { maxargs 64 }.",
    ),
  }),
  "not-portable": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `${what} means different things to U-Boot's two shells`,
    help: () => "leave it out, or use `uboot` for a board whose shell you know",
    explain: page(
      "U-Boot has two shells, the old hush and the one that came with v2024.01, and they disagree about apostrophes, backslashes, characters outside of ASCII and unusual names of variables. What is written here would mean one thing on one board and another on the next.",
      'Names of variables are letters, digits and _, beginning with a letter; `serial#` can be read. For a board whose shell you know, `uboot "…"` takes the line as it is.',
    ),
  }),
  "script-too-large": code<{ name: string; size: number; most: number }>({
    severity: "error",
    message: ({ name, size, most }) =>
      `\`${name}\` comes to ${bytes(size)}; U-Boot reads ${bytes(most)}`,
    help: () => "use --strip, or take it apart with `chain`",
    byHand: () => "take it apart, and `source` one part from the other",
    explain: page(
      "Standard boot reads at most 64 KiB of a script, the header of the image included, and scripts are given that much memory here.",
      "Leave out comments and indentation with --strip, or move a part into another script and `chain` to it.",
    ),
  }),

  // --- memory -----------------------------------------------------------------------------------
  "no-room": code<{ name: string; size: number; board: string }>({
    severity: "error",
    message: ({ name, size, board }) =>
      `no room for \`${name}\` (${bytes(size)}) beside the rest in the memory of ${board}`,
    help: () => "use a smaller file, or `board mine from … { memory 1G }` if yours has more",
    explain: page(
      "Everything that is needed at the same time has to be in memory at the same time: what is loaded, what a kernel unpacks to, the device tree and initrd where U-Boot moves them, and the script that runs. This does not fit beside the rest.",
      "The catalogue assumes the smallest variant of a board. If yours has more memory, say so: board mine from rpi_4 { memory 4G }. Addresses that are written in the flow also leave gaps: leave them out.",
    ),
  }),
  "outside-memory": check<{ name: string; board: string } & Stretch>({
    severity: "error",
    message: ({ name, board, ...region }) =>
      `\`${name}\` at ${stretch(region)} is not in the free memory of ${board}`,
    help: () => "leave `to` out: then a place is found",
    byHand: () =>
      "use an address of the board, such as `${kernel_addr_r}`, or one above the kernel's",
    explain: page(
      "At this address there is no memory on the board, or it belongs to firmware or to U-Boot itself. A download to it fails, hangs the board or destroys what runs.",
      "Leave `to` out, and a place is found. If your board has more memory than the catalogue assumes, say so: board mine from rpi_4 { memory 4G }.",
    ),
  }),
  "region-overlap": check<{ name: string; other: string; region: Stretch; at: Stretch }>({
    severity: "error",
    message: ({ name, other, region, at }) =>
      `\`${name}\` at ${stretch(region)} overwrites \`${other}\` at ${stretch(at)}`,
    help: () => "leave `to` out: then a place is found",
    byHand: ({ at }) =>
      `load one of them elsewhere, at or above ${hex(roundedUp(at.start + at.size))}`,
    explain: page(
      "Two things that are needed at the same time share bytes of memory: what is loaded later destroys the end or the beginning of what was there. U-Boot does not notice; the kernel fails in ways that point elsewhere.",
      "Leave `to` out for both, and places are found, with room to grow. Or move one of them beyond the end that the message shows.",
    ),
  }),
  "kernel-overlap": check<{ name: string; above: string }>({
    severity: "error",
    message: ({ name }) => `unpacking \`${name}\` overwrites the image it is read from`,
    help: ({ above }) => `leave \`to\` out, or load at or above ${above}`,
    byHand: ({ above }) => `load it at or above ${above}`,
    explain: page(
      "`bootm` unpacks a kernel to the load address in its header while it reads it from where it was downloaded. Where the two overlap, the end of the kernel is unpacked from its own beginning: the board hangs or resets, after a message about the CRC or the compression, or none.",
      "Leave `to` out: the download is then put where unpacking does not reach. Otherwise load it at or above the address that the help names.",
    ),
  }),
  "kernel-overwrites": check<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `starting \`${name}\` overwrites \`${other}\``,
    help: () => "leave `to` out: then a place is found beside all that the kernel writes",
    byHand: ({ other }) => `load \`${other}\` higher up, behind all that the kernel writes`,
    explain: page(
      "A kernel is unpacked, and moved to where it wants to run, before U-Boot moves the initrd and the device tree out of the way. What lies there is gone, and nothing says so: bootm does not look, booti looks only at where the device tree starts.",
      "Leave `to` out, and everything is placed beside all that the kernel writes. A kernel writes more than its file has: it clears memory behind itself.",
    ),
  }),
  "kernel-too-large": check<{ name: string; size: number; most: number; board: string }>({
    severity: "error",
    message: ({ name, size, most, board }) =>
      `\`${name}\` has ${bytes(size)} when unpacked; bootm on ${board} takes ${bytes(most)}`,
    help: () => "serve it without `uimage`, for booti or bootz, or raise CONFIG_SYS_BOOTM_LEN",
    explain: page(
      "bootm stops unpacking at CONFIG_SYS_BOOTM_LEN and resets the board. The only sign is a line on the console that says so.",
      "Serve the kernel without `uimage`: booti and bootz have no such limit. Or build U-Boot with a larger value and say so: board mine from rpi_3 { bootm_len 256M }.",
    ),
  }),
  "relocation-overwrites": check<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `moving \`${name}\` to the end of memory overwrites \`${other}\``,
    help: () => "leave `to` out, or load it lower",
    explain: page(
      "Before a kernel starts, U-Boot copies first the initrd and then the device tree to the end of memory. A device tree that was loaded there is overwritten by the initrd before it is read.",
      "Leave `to` out, or load the device tree lower. How far down the end reaches depends on the size of the initrd.",
    ),
  }),
  "dtb-reserved": check<{ name: string; dtb: string }>({
    severity: "error",
    message: ({ name, dtb }) => `\`${name}\` is put where \`${dtb}\` reserves memory`,
    help: () => "leave `load` out, or choose an address outside",
    explain: page(
      "The device tree tells the kernel to keep out of some memory, since firmware or another processor uses it. A kernel that is put there is overwritten by them, or overwrites them.",
      "Leave `load` out, or choose an address outside of what the message shows.",
    ),
  }),
  "little-headroom": check<{ name: string; size: number; room: number; next: string }>({
    severity: "warning",
    message: ({ name, room, next }) =>
      `\`${name}\` can grow by ${bytes(room)} before it reaches ${next}`,
    help: () => "leave `to` out, or leave more room: kernels grow with every version",
    explain: page(
      "The file fits, but next to nothing is left before the next thing in memory. Kernels and initrds grow with every version: the build that makes it a little larger will not boot, and nobody will have changed the flow.",
      "Leave `to` out: places are then found with room to grow. Or move one of the two.",
    ),
  }),

  // --- what findings count for --------------------------------------------------------------------
  "code-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `no finding is called \`${name}\``,
    help: ({ nearest }) => didYouMean({ nearest }) ?? "`ubootc explain` lists them",
    explain:
      "`allow` and `-W` call a finding by its code: the word in brackets behind `error` or `warning` that its message begins with. `ubootc explain` lists all of them.",
  }),
  "code-fixed": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is not a matter of judgement`,
    help: () => "correct what it finds: without that there is nothing to compile",
    explain:
      "What a check finds can be allowed or turned down, since its author may know better. A mistake in the text, an unknown name or a missing file cannot: the compiler does not know what to write.",
  }),
  "allow-unused": code<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `nothing here is found to be \`${name}\``,
    help: () => "leave it out: it would hide the next one",
    explain:
      "An `allow` covers the declaration or the statement that follows it, with its block. This one covers nothing that is found there.",
  }),
  // --- what goes in -----------------------------------------------------------------------------
  "wrong-kind": check<{ kind: string; name: string; file: string; found: string }>({
    severity: "error",
    message: ({ kind, name, file, found }) =>
      `\`${name}\` is declared ${kind === "initrd" || kind === "overlay" ? "an" : "a"} ${kind}, but \`${file}\` is ${found}`,
    help: ({ kind, found }) =>
      kind === "dtb" && found.endsWith(" data")
        ? "unpack it: U-Boot takes a device tree as it is"
        : "name another file, or declare it as what it is",
    explain:
      "Every input is looked into: kernels, device trees and initrds are known by their first bytes. What is something else would be loaded without a complaint and refused, or jumped into, when the board starts it.",
  }),
  "kernel-architecture": check<{
    name: string;
    file: string;
    found: string;
    board: string;
    wants: string;
  }>({
    severity: "error",
    message: ({ file, found, board, wants }) => `\`${file}\` is ${found}; ${board} is ${wants}`,
    help: ({ wants, found }) =>
      found.includes(" with ")
        ? "wrap it again with the right -A, or let `as uimage` do it"
        : `name a kernel built for ${wants}, or the board it is for`,
    explain:
      "U-Boot starts kernels of its own architecture. A 64-bit Arm board also starts a 32-bit kernel, but only in a uImage that says so; a header that says something else than its data holds switches the CPU to the wrong state.",
  }),
  "kernel-elf": check<{ name: string; file: string; within: boolean; better?: string | undefined }>(
    {
      severity: "error",
      message: ({ file, within }) =>
        within
          ? `inside \`${file}\` is an ELF file, which \`bootm\` would start as if it were code`
          : `\`${file}\` is an ELF file (vmlinux), which U-Boot does not start`,
      help: ({ better }) =>
        better ? `name what the kernel's build made for U-Boot: ${better}` : undefined,
      explain:
        "vmlinux is the kernel as it was linked, with headers and symbols. The boot commands copy a kernel and jump to its first byte, or look there for the magic of an Image or zImage; neither is in an ELF file.",
    },
  ),
  "kernel-efi": check<{ name: string; file: string; command: string }>({
    severity: "error",
    message: ({ file, command }) =>
      `\`${file}\` is a UEFI program without the header of an Image: \`${command}\` does not start it`,
    help: () => "name the Image or Image.gz of the same build",
    explain:
      "A kernel built with EFI_ZBOOT, vmlinuz.efi, unpacks itself with the services of UEFI. An Image with an EFI stub is different: it has both headers, and is taken as an Image.",
  }),
  "kernel-magic": check<{ name: string; file: string; command: string; magic: string }>({
    severity: "error",
    message: ({ file, command, magic }) =>
      `\`${file}\` is no kernel that \`${command}\` takes: it has not ${magic}`,
    help: () =>
      "name an Image or zImage, or wrap it with `as uimage` if it is another kind of kernel",
    explain:
      "`booti` and `bootz` look for the magic of their format before they start anything, and refuse a file that does not have it, be it another format or a damaged kernel.",
  }),
  "kernel-unrecognized": check<{ name: string; file: string; arch: string }>({
    severity: "warning",
    message: ({ file, arch }) => `there is no ${arch} Image in \`${file}\``,
    help: () => "name the Image of the kernel's build; a damaged or cut file looks like this too",
    explain:
      "A uImage can hold anything. Since v2024.01 `bootm` looks for the header of an Image before it starts Linux on 64-bit Arm, and resets the board without one; older versions jump into it.",
  }),
  "kernel-wrapped-twice": check<{ name: string; input: string; file: string }>({
    severity: "error",
    message: ({ input }) => `\`${input}\` is a uImage already`,
    help: ({ file }) => `leave \`uimage\` out: as "${file}"`,
    explain:
      "U-Boot takes off one header. With two, it unpacks the inner uImage and starts its header as if it were code.",
  }),
  "uimage-damaged": check<{ file: string; why: string }>({
    severity: "error",
    message: ({ file, why }) => `\`${file}\` is damaged: ${why}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain:
      "U-Boot looks at the CRC of the header always, and at that of the data as long as `verify` is not off. `ubootc inspect` shows all that is wrong with an image.",
  }),
  "compression-unsupported": check<{
    name: string;
    file: string;
    compression: string;
    board: string;
    command: string;
    known: readonly string[];
  }>({
    severity: "error",
    message: ({ file, compression, board, command }) =>
      `\`${file}\` is compressed with ${compression}, which \`${command}\` on ${board} does not undo`,
    help: ({ known }) =>
      known.length > 0
        ? `compress it with ${list(known, "or")}, or not at all`
        : "name the kernel without the compression",
    explain:
      "Which compressions `bootm` and `booti` undo is decided when U-Boot is built (GZIP, LZMA, LZ4 … in its configuration); none knows xz, or the old lz4 format that `lz4 -l` and a kernel's build write. `bootz` undoes nothing: a zImage unpacks itself.",
  }),
  "compressed-twice": check<{
    name: string;
    file: string;
    outer: string;
    inner: string;
    own: boolean;
  }>({
    severity: "error",
    message: ({ file, outer, inner, own }) =>
      own
        ? `\`${file}\` is compressed with ${inner} already; with \`compress ${outer}\` it is so twice`
        : `\`${file}\` is compressed twice: under ${outer} there is ${inner}`,
    help: ({ own }) => (own ? "leave `compress` out" : "compress it once"),
    explain:
      "U-Boot undoes one compression of a kernel, and Linux one of an initrd. What is inside would be started, or read, as it is.",
  }),
  "compression-mismatch": check<{ name: string; file: string; declared: string; found: string }>({
    severity: "error",
    message: ({ file, declared, found }) =>
      declared === "none"
        ? `the header of \`${file}\` says nothing of a compression, but its data are ${found}`
        : `the header of \`${file}\` says ${declared}, but its data are ${
            found === "none" ? "not compressed" : found
          }`,
    help: ({ found }) => `make it with -C ${found}, or let \`as uimage\` do it`,
    explain:
      "`bootm` does what the header says. Data that are compressed and not declared so are started as they are; data that do not unpack make it reset the board. mkimage labels a kernel gzip unless it is told -C none.",
  }),
  "compression-name": check<{ file: string; expected: string; found: string }>({
    severity: "warning",
    message: ({ file, expected, found }) =>
      `\`${file}\` is called like ${expected}, but is ${found}`,
    help: () => "see how it got here: some downloads unpack a file and keep its name",
    explain:
      "The contents decide what is done with a file, not its name. A name that says something else mostly means that another file was meant.",
  }),
  "initrd-compression": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) =>
      `\`${file}\` is in lz4's frame format, which Linux does not unpack as an initrd`,
    help: () => "compress it with `lz4 -l`, or with gzip",
    explain:
      "U-Boot hands an initrd to the kernel as it is. Linux knows an initrd by its first bytes, and of lz4 it knows the old format only, the one of `lz4 -l`.",
  }),
  "dtb-truncated": check<{ file: string; size: number; totalSize: number }>({
    severity: "error",
    message: ({ file, size, totalSize }) =>
      `\`${file}\` has ${size} bytes of a device tree of ${totalSize}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain:
      "The header of a device tree says how long it is, and U-Boot believes it. What is missing from the file would be whatever was in memory before.",
  }),
  "dtb-overlay": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is an overlay, not a device tree to boot with`,
    help: () => "name the board's own device tree",
    explain:
      "An overlay holds only changes to another tree. A kernel that is started with one finds no memory, no CPU and no console.",
  }),
  "overlay-base": check<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is a whole device tree, not an overlay`,
    help: ({ name }) => `write \`dtb ${name} from …\`, or name the overlay, often a \`.dtbo\``,
    explain:
      "An overlay holds changes for another tree, in nodes that U-Boot knows by `__overlay__`. `fdt apply` finds none of them in a whole device tree, applies nothing, and says so or not.",
  }),
  "overlay-alone": check<{ name: string; kernel: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` has no device tree here that it could be applied to`,
    help: ({ kernel, name }) => `write \`boot ${kernel} with DTB, ${name}\`, the DTB from a file`,
    explain: page(
      "An overlay is applied to a device tree in memory, which has to be made longer for it. The tree of the firmware (`from firmware`, or none) lies where U-Boot does not know what comes behind it: it cannot grow there, and would have the overlay in it twice after a second attempt.",
      'Provide the board\'s own tree with `dtb NAME from "FILE"` and boot with both.',
    ),
  }),
  "overlay-missing": check<{ config: string; board: string }>({
    severity: "error",
    message: ({ config, board }) =>
      `U-Boot for ${board} applies no overlays, and the configuration \`${config}\` has some`,
    help: ({ board }) =>
      `build it with CONFIG_OF_LIBFDT_OVERLAY and say so: board ${board} { commands "fdt apply" }`,
    explain: page(
      "Without CONFIG_OF_LIBFDT_OVERLAY `bootm` refuses a configuration whose tree has overlays behind it.",
      "Build U-Boot with it, or merge the overlays into the tree beforehand (`fdtoverlay` of dtc does that) and name the result as `dtb`.",
    ),
  }),
  "overlay-symbols": check<{ name: string; tree: string; label: string; any: boolean }>({
    severity: "error",
    message: ({ name, tree, label }) =>
      `\`${name}\` changes the node labelled \`${label}\`, which \`${tree}\` does not name`,
    help: ({ any }) =>
      any
        ? "use the tree that the overlay was written for"
        : "make the tree with labels in it: `dtc -@`, or `DTC_FLAGS=-@` for a kernel build",
    explain: page(
      "Overlays say where they belong by labels. `fdt apply` looks these up in `/__symbols__` of the tree, which is only there when the tree was made with `dtc -@`. Where a label is missing U-Boot prints FDT_ERR_NOTFOUND, and the tree it worked on is ruined.",
      "Make the tree with `-@`, or take the one that the overlay was written for. Labels that an overlay brings are there for those behind it.",
    ),
  }),
  "dtb-board": check<{
    name: string;
    file: string;
    board: string;
    wants: readonly string[];
    compatible: readonly string[];
  }>({
    severity: "error",
    message: ({ file, board, compatible }) =>
      `\`${file}\` is for ${compatible.join(", ")}, not for ${board}`,
    help: ({ board, wants }) => `a device tree for ${board} says ${oneOf(wants)}`,
    explain:
      "`compatible` of a device tree's root names the board and its SoC. With the tree of another SoC the kernel looks for its console and memory controller at the wrong addresses, and is silent.",
  }),
  "dtb-missing": check<{ name: string; board: string }>({
    severity: "error",
    message: ({ name, board }) =>
      `\`${name}\` gets no device tree: none is named, and the firmware of ${board} leaves none`,
    help: ({ name }) => `write \`dtb tree from "FILE.dtb"\`, and \`boot ${name} with tree\``,
    explain:
      "A kernel of 64-bit Arm or RISC-V finds its memory, console and devices in a device tree. Without one U-Boot refuses to start it, or resets the board. `dtb … from firmware` is what firmware in front of U-Boot hands over, as that of a Raspberry Pi and QEMU do; on other boards the kernel's own tree is loaded.",
  }),
  "wrong-boot-command": check<{ name: string; command: string; right: string }>({
    severity: "error",
    message: ({ name, command, right }) => `\`${name}\` is started with ${right}, not ${command}`,
    help: ({ name }) => `write \`boot ${name}\`, which takes the right one`,
    byHand: ({ right, command }) => `write \`${right}\` instead of \`${command}\``,
    explain:
      "`bootm` takes uImages, `booti` an Image of 64-bit Arm or RISC-V, `bootz` a zImage of 32-bit Arm. Each refuses what the others take.",
  }),

  // --- the flow as a program --------------------------------------------------------------------
  "unused-file": check<{ kind: string; name: string; file: string }>({
    severity: "warning",
    message: ({ kind, name }) => `nothing uses the ${kind} \`${name}\``,
    help: () => "load or boot it, leave it out, or say `on tftp` or `on sdcard` if others fetch it",
    explain:
      "A file is declared and no script loads it: most likely another name was meant somewhere. It is put on the TFTP server all the same.",
  }),
  "unused-script": check<{ name: string; file: string }>({
    severity: "warning",
    message: ({ name }) => `nothing runs the script \`${name}\``,
    help: ({ name }) => `add \`chain ${name}\` where it is to run, or leave it out`,
    explain:
      "U-Boot runs what is called boot.scr or boot.scr.uimg by itself. Any other script runs when one of those chains to it.",
  }),
  "variable-unset": check<{ board: string } & Misspelt>({
    severity: "warning",
    message: ({ name, board }) => `nothing sets \`\${${name}}\` on ${board}`,
    help: ({ name, nearest }) =>
      nearest
        ? `did you mean \`\${${nearest}}\`?`
        : `set it first: \`set ${name} "…"\`; or ask with \`if defined ${name}\``,
    byHand: ({ name, nearest }) =>
      nearest ? `did you mean \`\${${nearest}}\`?` : `set it first: \`setenv ${name} 0x…\``,
    explain:
      "A variable that nothing sets is empty, or makes the step fail that needs it. What counts as set: what any script of the flow sets, the board's default environment, what DHCP and U-Boot leave behind. What somebody saved in a board's flash is not known.",
  }),
  "chain-cycle": check<{ cycle: readonly string[] }>({
    severity: "error",
    message: ({ cycle }) => `these scripts chain to each other for ever: ${cycle.join(" -> ")}`,
    help: () => "let one of them boot, reset or end; `retry forever` goes on trying",
    explain:
      "Each chain runs inside the one before and takes memory that is given back only when it returns. None of these scripts does anything else at its end, so the board runs out of memory.",
  }),
  unreachable: check<{ statement: string; after: string }>({
    severity: "warning",
    message: ({ statement }) => `\`${statement}\` is never run`,
    help: ({ after }) =>
      after === "boot"
        ? "put the `boot` into a `try`: when it fails, what follows is run"
        : "leave it out, or move it",
    explain:
      "`boot`, `reset`, `poweroff`, `shell` and `fail` do not come back: when they work, something else runs, and when they fail, their block is left. After an `if` or `try` nothing runs when both ways end so.",
  }),
  "else-same": check<object>({
    severity: "warning",
    message: () => "the `else` tries the same once more",
    help: () => "to try again, write `retry 3 pause 2s { … }`; here, name another file or device",
    explain:
      "What has just failed, a file that is not there or a server that is silent, fails again right away. Several servers named in `server` are tried in turn already.",
  }),
  "no-fallback": check<{ name: string; statement: string }>({
    severity: "warning",
    message: ({ name, statement }) =>
      `when \`${statement}\` fails, \`${name}\` has nothing to fall back to`,
    help: () =>
      "put it into a `try` whose `else` takes something from the card, or into a `retry forever`",
    explain:
      "A script on the card is what a board has when its network or server is down. Without another way the board stops at U-Boot's prompt and waits for a person.",
  }),
  "name-too-long": check<{ length: number; most: number }>({
    severity: "error",
    message: ({ length, most }) =>
      `the name of this file has ${length} bytes; U-Boot's TFTP client takes ${most}`,
    help: () => "give it a shorter name with `as`, or fewer folders",
    byHand: () => "give it a shorter name on the server, or fewer folders",
    explain:
      "U-Boot keeps the name of a transfer in 128 bytes. It cuts off a longer one without a word and asks the server for what is left of it, which is not there.",
  }),
  "name-colon": check<{ board: string; format: string }>({
    severity: "warning",
    message: ({ board }) => `\`\${serial#}\` can hold a \`:\` on ${board}, which no file name can`,
    help: () => "use `${ipaddr}`, with an `address` for each client; or see what your boards have",
    explain:
      "U-Boot takes what stands before a `:` for the address of a server. A board whose serial number has one asks another server for another file.",
  }),
  "block-wrap": check<{ name: string; size: number; blksize: number; blocks: number; who: string }>(
    {
      severity: "warning",
      message: ({ name, size, blksize, blocks }) =>
        `\`${name}\` (${bytes(size)}) takes ${blocks} blocks of ${blksize} bytes, more than 65535`,
      help: ({ who }) => `make it smaller: ${who} cannot count further`,
      explain:
        "TFTP numbers blocks with 16 bits. U-Boot goes on with 0 after 65535, and so does our server; some firmware stops there. No script of the flow loads this file, so it is taken to be for the board's firmware.",
    },
  ),
  "bootargs-too-long": check<{ length: number; most: number; arch: string }>({
    severity: "error",
    message: ({ length, most, arch }) =>
      `these are ${length} characters of kernel arguments; Linux on ${arch} reads ${most}`,
    help: () => "shorten them, or move some into an initrd or the kernel's configuration",
    explain:
      "The kernel copies COMMAND_LINE_SIZE bytes of its arguments and drops the rest without a word: 2048 on arm64, x86 and PowerPC, 1024 on 32-bit Arm and RISC-V, and 512 on RISC-V before 2023.",
  }),
  "console-unknown": check<{ name: string; board: string; known: readonly string[] }>({
    severity: "warning",
    message: ({ name, board }) => `${board} has no console ${name} that is known of`,
    help: ({ known }) => `the usual one is ${oneOf(known)}`,
    explain:
      "A kernel with the wrong `console=` boots in silence. The names come from the board's default environment and device tree; an overlay or another kernel can change them.",
  }),
  "root-unreachable": check<{ argument: string; ip?: string | undefined }>({
    severity: "error",
    message: ({ argument, ip }) =>
      ip
        ? `\`${argument}\` needs the network, which \`${ip}\` leaves off`
        : `\`${argument}\` needs the network, and no \`ip=\` tells the kernel to use it`,
    help: () => "add `ip=dhcp`; `root NAME` of an `nfsroot` does it by itself",
    byHand: () => "add `ip=dhcp`",
    explain:
      "The kernel sets up a network device before it mounts its root only when `ip=` says how. An initrd can do it instead; none is booted here.",
  }),
  "nfs-udp": check<{ declared: boolean }>({
    severity: "warning",
    message: () => "NFS over UDP is switched off in Linux since 5.6",
    help: ({ declared }) => (declared ? "write `protocol tcp`" : "write `tcp` instead of `udp`"),
    explain:
      "NFS_DISABLE_UDP_SUPPORT is on by default: such a kernel says that the protocol is not supported and panics without a root. Lost fragments of UDP can also be put together wrongly at today's speeds.",
  }),
  "nfs-path": check<{ path: string; known: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `the kernel mounts \`${path}\`, which no \`nfsroot\` exports`,
    help: ({ known }) =>
      `write \`root NAME\` with the name of an \`nfsroot\`${
        known.length > 0 ? `; exported is ${quoted(known)}` : ""
      }`,
    explain:
      "The export and the mount are made from one declaration when `bootargs` names it with `root`. Written by hand they drift apart, and the kernel panics without a root.",
  }),
  "command-missing": check<{ command: string; option: string; board: string }>({
    severity: "error",
    message: ({ command, board }) => `U-Boot for ${board} is built without \`${command}\``,
    help: ({ command, option, board }) =>
      `build it with ${option} and say so: board ${board} { commands "${command}" }`,
    byHand: ({ option, command }) =>
      `do without \`${command}\`, or build U-Boot with ${option} and allow it: # ubootc: allow command-missing`,
    explain:
      "A command that is not built in is an unknown command, and the step fails. What a board has is taken from its configuration in U-Boot; a maker's own build may differ.",
  }),
  "command-ambiguous": check<{
    command: string;
    board: string;
    among: readonly string[];
    meant: string;
  }>({
    severity: "error",
    message: ({ command, board, among }) =>
      `\`${command}\` could be ${list(among, "or")} on ${board}, so that U-Boot runs none`,
    help: ({ meant }) => `write \`${meant}\``,
    explain:
      "A command may be shortened as long as only one begins like that. Which ones are built in differs between boards.",
  }),
  "legacy-image": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} refuses legacy images, such as ${what}`,
    help: ({ board }) =>
      `boot it as an image of a \`fit\`, or build U-Boot with CONFIG_LEGACY_IMAGE_FORMAT and say so: board ${board} { legacy_images yes }`,
    byHand: () => "put the script into a FIT: `ubootc mkimage -f boot.its boot.itb`",
    explain:
      "Where U-Boot is built to look at signatures, legacy images are off by default, since they can carry none. Such a board takes FIT only; scripts for it are made as FIT by themselves.",
  }),
  "fit-missing": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} was built without FIT, and ${what} is one`,
    help: ({ board }) => `build it with CONFIG_FIT and say so: board ${board} { fit yes }`,
    explain: page(
      "Without CONFIG_FIT `bootm` and `source` take a FIT for no image at all. The stock builds for the Raspberry Pi are like that.",
      "Build U-Boot with CONFIG_FIT and say so with `board NAME { fit yes }`, `fit_signature yes` too where signatures are to be looked at. Otherwise boot the kernel as it is, or `as uimage`.",
    ),
  }),
  "fit-unsigned": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `${board} starts only what is signed, and ${what} is not`,
    help: () => 'declare a key for the flow: sign "keys/dev.pem" (`ubootc keys new dev` makes one)',
    explain: page(
      "U-Boot with a required key in its own device tree refuses every configuration that is not signed with it. `verified_boot yes` says that the board is like that.",
      'Declare the key with `sign "FILE"`, for the whole flow or inside a `fit`. For a bench `ubootc keys new NAME` makes one, and `ubootc keys dtsi FILE` prints what its U-Boot has to be built with.',
    ),
  }),
  "boot-unsigned": check<{ name: string; board: string }>({
    severity: "error",
    message: ({ name, board }) =>
      `${board} starts only what is signed, and \`${name}\` is a legacy image`,
    help: () => "leave `as uimage` out: the kernel and what it is started with become a signed FIT",
    explain: page(
      "Signatures are in FITs; a legacy image has none. On a board with `verified_boot yes` a `boot` puts the kernel, its device tree and its initrd into a FIT by itself, and signs it with the key of the flow. It cannot do that where the flow demands a legacy image, or names one.",
      "Leave `as uimage` out, and name the kernel itself. Or declare a `fit` with it.",
    ),
  }),
  "signature-ignored": check<{ name: string; board: string }>({
    severity: "warning",
    message: ({ name, board }) =>
      `U-Boot for ${board} does not look at the signature of \`${name}\``,
    help: ({ board }) =>
      `build it with CONFIG_FIT_SIGNATURE and say so: board ${board} { fit_signature yes }`,
    explain: page(
      "Without CONFIG_FIT_SIGNATURE a signature is a node like others. The FIT boots, signed or not, and so does one that somebody changed.",
      "Build U-Boot with it, put the public key into its tree, and say so with `board NAME { fit_signature yes }`.",
    ),
  }),
  "hash-weak": check<{ name: string; hashes: readonly string[] }>({
    severity: "error",
    message: ({ name, hashes }) =>
      `\`${name}\` is signed, but its images only have ${list(hashes, "and")}`,
    help: () => "write `hash sha256`, or leave `hash` out",
    explain: page(
      "The signature of a configuration covers the hashes of its images, not their data. For CRC-32, MD5 and SHA-1 other data with the same value can be made, in less than a second for the first two, and the signature stays good.",
      "Use sha256, sha384 or sha512. A weaker one beside it does no harm.",
    ),
  }),
  "noload-compressed": check<{ name: string; compression: string }>({
    severity: "error",
    message: ({ name, compression }) =>
      `\`${name}\` is ${compression} data, which cannot be started where it lies`,
    help: () => "leave `noload` out, or use the kernel that is not compressed",
    explain: page(
      "`noload` makes a `kernel_noload`: U-Boot starts it where it lies in the file. A compressed one has to be unpacked, and without a load address that is over itself and over what is behind it in the file.",
      "Without `noload` a place for the kernel is found.",
    ),
  }),
  "fit-wrapped-twice": check<{ name: string; fit: string; found: string }>({
    severity: "error",
    message: ({ name, fit, found }) => `\`${name}\` in \`${fit}\` is ${found} already`,
    help: () => "name the file without its header",
    explain: page(
      "U-Boot takes an image out of a FIT as it is. With the header of a uImage in front, a kernel starts with that header, and an initrd is none for the kernel.",
      "Name the Image, zImage or cpio file itself.",
    ),
  }),
  "fdt-high": check<{ value: string; stays: boolean; bits: number }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`fdt_high\` ${value} keeps the device tree where it was loaded, aligned or not`
        : `\`fdt_high\` ${value} is all ones on 32 bit only: here it is a limit of 4 GiB`,
    help: () => "leave `fdt_high` out; `bootm_size` says how far up U-Boot may put things",
    explain:
      "All ones, as many as an address has bits, keep U-Boot from moving the device tree. Then nothing makes room in it, and it may lie where the kernel unpacks. Elsewhere the value is an ordinary limit.",
  }),
  "save-wear": check<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `\`${name}\` writes the environment to flash at every boot`,
    help: () => 'save only what has changed: if ${x} != "…" { set x "…"  save }',
    byHand: () => "save only what has changed: `if test …; then setenv …; saveenv; fi`",
    explain:
      "Flash and EEPROM wear out with writing, and a power cut while the environment is written can lose it.",
  }),
  "raw-unchecked": check<{ unseen: readonly string[]; last: string }>({
    severity: "warning",
    message: ({ unseen, last }) =>
      `when ${quoted(unseen)} fails here, \`${last}\` runs all the same`,
    help: () => "give each command a `uboot` line of its own, or join them with `&&`",
    explain:
      "A `uboot` line has the status of its last command. What fails before it goes unseen, and the rest runs on what was in memory before. Each statement of the flow is checked by itself.",
  }),

  // --- scripts written by hand ------------------------------------------------------------------
  "script-syntax": check<ShellFault>({
    severity: "error",
    message: shellWords,
    help: shellHint,
    explain: page(
      "U-Boot's shell cannot read the script from here on. The old parser has run everything before this place when it gets here, and then stops or, at a stray `fi` or `done`, crashes; the modern one reads the whole text first and runs nothing.",
      "The message names what is missing or too much. A compound command ends with its own word: `if … fi`, `for … done`, `while … done`.",
    ),
  }),
  "line-ends": check<{ count: number }>({
    severity: "error",
    message: ({ count }) =>
      `${count === 1 ? "a line ends" : `${count} lines end`} in CR LF, as on Windows`,
    help: () => "take the CRs out: `sed -i 's/\\r$//' boot.cmd`, and wrap the script again",
    explain: page(
      "U-Boot's shell takes a CR for an ordinary character, so that it becomes part of the last word of the line: `fi` is no `fi` any more, the name of a file ends in a character that cannot be seen, and `reset` is an unknown command.",
      "Save the script with Unix line ends and make the image again. In git, `*.cmd text eol=lf` in .gitattributes keeps them.",
    ),
  }),
  "stray-character": check<{ found: string; instead: string }>({
    severity: "error",
    message: ({ found }) => `${named(found)} is none that U-Boot's shell knows`,
    help: ({ instead }) => instead,
    explain: page(
      "Word processors and web pages put in characters that look like a blank or a quote and are something else. For U-Boot they are letters: the words on both sides become one, and nothing is quoted. A NUL byte ends the script: what is behind it is never read.",
      "Type the character again. In comments and inside of quotes they do no harm and are not reported.",
    ),
  }),
  "status-ignored": check<{ command: string; use: string }>({
    severity: "warning",
    message: ({ command, use }) =>
      `nobody looks at whether \`${shortened(command)}\` worked, and \`${shortened(use)}\` takes what it brings`,
    help: ({ command }) =>
      `let the rest depend on it: \`if ${shortened(command)}; then … else … fi\`, or join them with \`&&\``,
    explain: page(
      "A failing command never stops a script: the next line runs all the same. When a download fails, what is booted or sourced then is whatever was in memory before, often the kernel of the last boot with the device tree of this one.",
      "Put the command into the condition of an `if`, or join it with `&&` to what needs it. `… || reset` is enough where there is no other way.",
    ),
  }),
  "test-unquoted": check<{ variable: string; fixed: string }>({
    severity: "warning",
    message: ({ variable }) => `when \`${variable}\` is empty, \`test\` gets one word less`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "A variable without quotes vanishes when it is empty, and becomes several words when it has blanks. `test ${v} = a` is then `test = a`, which `test` makes no sense of and takes for true or for false, depending on the version.",
      'Put it into quotes: `test "${v}" = "a"`. With quotes an empty variable stays a word.',
    ),
  }),
  "for-quoted": check<{ list: string; fixed: string }>({
    severity: "warning",
    message: ({ list }) =>
      `the old parser splits \`${shortened(list)}\`, quotes or not, and the modern one does not`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\` if it is a list of words`,
    explain: page(
      "The list behind `in` is split at blanks by the old parser even where it is quoted. The modern one leaves it whole, so that the loop runs once with all of it. A script that was written for one of the two does something else on the other.",
      "Leave out the quotes where the words are meant one by one. A value with blanks in it cannot be in such a list: give it a loop or a line of its own.",
    ),
  }),
  "number-base": check<{ command: string; text: string; reads: number | "hex"; instead: string }>({
    severity: "warning",
    message: ({ command, text, reads }) =>
      reads === "hex"
        ? `\`${text}\` is hexadecimal without 0x, and \`${command}\` reads decimal numbers`
        : `\`${command}\` reads \`${text}\` as 0x${text}, which is ${reads}`,
    help: ({ instead }) => `write \`${instead}\``,
    explain: page(
      "U-Boot reads addresses, sizes and the operands of `setexpr` and `itest` as hexadecimal, with 0x or without; `test`, `sleep` and the numbers of devices in `mmc dev` as decimal. What it writes itself (`filesize`, `fileaddr`, the results of `setexpr`) is hexadecimal without 0x.",
      "Write 0x before a number that is meant to be hexadecimal, and before a variable that holds one where decimal is read: `test 0x${filesize} -gt 0x100000`.",
    ),
  }),
  "server-ambient": check<{ command: string; file: string; overwritten: boolean }>({
    severity: "warning",
    message: ({ command, overwritten }) =>
      overwritten
        ? `\`${shortened(command)}\` asks the server that \`dhcp\` named, not the one that was set before`
        : `which server \`${shortened(command)}\` asks is for DHCP to say`,
    help: ({ file }) => `name it: \`192.168.0.250:${file}\`, with the address of your server`,
    explain: page(
      "A file name without a server is asked of `serverip`, and `dhcp` overwrites that with what the DHCP server says: its own address, another one, or nothing, depending on the network and on how U-Boot was built.",
      "Name the server in front of the file, `tftpboot ${kernel_addr_r} 192.168.0.250:Image`, or set `serverip` again behind `dhcp`. With the lwIP stack only the first works: there `tftpserverip` comes before `serverip`.",
    ),
  }),
  "command-unknown": check<{ other?: string | undefined } & Misspelt>({
    severity: "error",
    message: ({ name }) => `U-Boot has no command \`${name}\``,
    help: ({ nearest, other }) =>
      other ? `use ${other}` : (didYouMean({ nearest }) ?? "`help` on the board lists them"),
    explain: page(
      "An unknown command prints a line and fails; the script goes on behind it. The name is close to one that U-Boot has, or belongs to another shell: U-Boot's has no `[`, no `export`, no functions and no `break`.",
      "If it is a command of your own build, allow it: `# ubootc: allow command-unknown` above the line.",
    ),
  }),
  "shell-dialect": check<{ what: string; reader?: "old" | "modern" | undefined; instead: string }>({
    severity: "warning",
    message: ({ what, reader }) =>
      reader
        ? `${what} is something else to U-Boot's ${reader} parser`
        : `${what} means different things to U-Boot's two parsers`,
    help: ({ instead }) => instead,
    explain: page(
      "U-Boot has two parsers, the old one that nearly all builds use and the modern one of v2024.04, and neither is a POSIX shell. In `a && b || c` the old one skips both when `a` fails; `exit` leaves the script in one and drops to the console in the other; apostrophes, backslashes, `!`, braces and unusual names of variables are read differently.",
      "Write what both read alike: `if a; then b; else c; fi`, values in double quotes without apostrophes and backslashes, `${name}` with letters, digits and _. `--dialect old` asks for one parser only.",
    ),
  }),
  "test-operator": check<{ operator: string; fixed: string }>({
    severity: "error",
    message: ({ operator }) =>
      operator === "=="
        ? "`test` has no `==`: it makes no sense of this, and succeeds"
        : `\`${operator}\` compares numbers, and this is none: it counts as 0`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "`test` compares texts with `=` and `!=` and numbers with `-eq`, `-ne`, `-lt` and so on. What it cannot make sense of is true, so that a condition with `==` always holds; a text where a number is expected counts as 0, so that any two are equal.",
      "`itest` is another command: it has `==`, and reads hexadecimal numbers.",
    ),
  }),
  "boot-without-dtb": check<{ command: string; fixed: string }>({
    severity: "warning",
    message: ({ command }) => `\`${shortened(command)}\` starts the kernel without a device tree`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain:
      "`booti` hands the kernel the device tree of its third word, and none when there is no third word. Linux on 64-bit Arm and RISC-V then stops before it prints anything. A `-` stands in the place of an initrd that there is not. The device tree that the firmware passed is at `${fdt_addr}` on some boards and at `${fdtcontroladdr}` on all.",
  }),
  "filesize-stale": check<{ used: string; file: string; needs: string }>({
    severity: "error",
    message: ({ used, file }) =>
      `\`${used}\` is the size of \`${file}\` here, which was loaded last`,
    help: ({ needs }) =>
      `load \`${needs}\` last, or keep its size: \`setenv initrd_size \${filesize}\` directly behind its load`,
    explain:
      "Every transfer writes `filesize`. Behind the initrd's address it has to be the initrd's: with the size of a device tree the kernel gets the first few KiB of its initrd and panics, with that of a kernel it gets what lies behind it as well.",
  }),
  "initrd-size": check<{ file: string; command: string; fixed: string }>({
    severity: "error",
    message: ({ file, command }) => `\`${command}\` does not know how long \`${file}\` is`,
    help: ({ fixed }) =>
      `write \`${fixed}\`, with the size of the initrd, or wrap it: mkimage -T ramdisk`,
    explain:
      "An initrd without U-Boot's header has to be given as `address:size`. Without the size U-Boot looks for a header, says `Wrong Ramdisk Image Format` and boots nothing. The size is hexadecimal, as `filesize` is directly behind the transfer.",
  }),
  "unpack-place": check<{ file: string; variable: string; board: string }>({
    severity: "error",
    message: ({ file, variable, board }) =>
      `\`booti\` cannot unpack \`${file}\`: ${board} has no \`${variable}\``,
    help: ({ variable }) =>
      variable === "kernel_comp_size"
        ? "set it to the size of the largest compressed kernel: `setenv kernel_comp_size 0x2000000`"
        : "set it to a free place: `setenv kernel_comp_addr_r 0x…`, and `setenv kernel_comp_size 0x2000000`",
    explain: page(
      "`booti` unpacks a compressed Image to `kernel_comp_addr_r` and moves it back to where it was loaded. `kernel_comp_size` is how many compressed bytes it reads at most, and ten times that is what may come of them. Without one of them it says `kernel_comp_addr_r or kernel_comp_size is not provided!` and boots nothing.",
      "Both places are overwritten as far as the unpacked kernel goes: keep the device tree and the initrd out of them. Whether a board has the two, `ubootc boards NAME` says.",
    ),
  }),
  "source-address": check<object>({
    severity: "warning",
    message: () => "`source` without an address runs what is at an address built into U-Boot",
    help: () => "write the address out: `source ${scriptaddr}`",
    explain:
      "Without an address `source` looks at CONFIG_SYS_LOAD_ADDR, a number in the build, and not at `loadaddr` or at where the last file went. They are the same on many boards until somebody sets `loadaddr`.",
  }),
  "address-reused": check<{ words: readonly string[]; address: string; file?: string | undefined }>(
    {
      severity: "error",
      message: ({ words, address, file }) =>
        `${list(words, "and")} are at the same address, ${address}${file ? `, where \`${file}\` was loaded last` : ""}`,
      help: () =>
        "give one of them another address: `kernel_addr_r`, `fdt_addr_r` and `ramdisk_addr_r` differ",
      explain:
        "Two of the words behind a boot command come to the same address. What was loaded first is gone: the kernel is started with a device tree or an initrd that is really something else.",
    },
  ),
  "initrd-high": check<{ value: string; stays: boolean }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`initrd_high\` ${value} keeps the initrd where it was loaded, in the way of the kernel or not`
        : `\`initrd_high\` ${value} is all ones on 32 bit only: here it is a limit of 4 GiB`,
    help: () => "leave `initrd_high` out; `bootm_size` says how far up U-Boot may put things",
    explain:
      "All ones, as many as an address has bits, keep U-Boot from moving the initrd out of the way. It then has to lie behind all that the kernel unpacks to and clears, which grows with every version. Elsewhere the value is an ordinary limit.",
  }),
  "expanded-early": check<{ variable: string; name: string; fixed: string }>({
    severity: "warning",
    message: ({ variable, name }) =>
      `\`${variable}\` is looked up when \`${name}\` is set, not when it is run`,
    help: ({ fixed }) => `put what is run later into single quotes: \`${shortened(fixed)}\``,
    explain:
      "In double quotes variables are replaced when `setenv` runs. What is meant to be looked up when the commands run, such as the `filesize` of a file that they load themselves, has the old value then, or none. Single quotes keep the text as it is.",
  }),
  "expanded-never": check<{ variable: string; fixed: string }>({
    severity: "warning",
    message: ({ variable }) =>
      `\`${variable}\` stays as it is in single quotes: the kernel gets these letters`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain:
      "In single quotes nothing is replaced. The kernel is handed `bootargs` as it is, unless U-Boot was built with CONFIG_BOOTARGS_SUBST. Use double quotes, or write a command in single quotes that sets `bootargs` when it is `run`.",
  }),
  "local-shadowed": check<{ name: string }>({
    severity: "warning",
    message: ({ name }) =>
      `\`${name}=\` sets a variable of the shell, which \`setenv ${name}\` hides`,
    help: ({ name }) => `use \`setenv ${name}\` in both places`,
    explain:
      "U-Boot's shell has variables of its own (`x=1`) beside the environment (`setenv x 1`), and looks into the environment first. When both have the name, an assignment without `setenv` changes nothing that anybody sees.",
  }),

  // --- security ---------------------------------------------------------------------------------
  "fetched-environment": check<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `\`${what}\` runs what came over the network`,
    help: () => "put the values into the flow: client tables and `param` are made for that",
    byHand: () => "take only what you need: `env import -t ADDRESS SIZE NAME…`, and run none of it",
    explain:
      "An imported variable can be any command, `bootcmd` among them. TFTP and HTTP know no sender: whoever answers first decides what the board runs, and after `save` for good.",
  }),
  secret: check<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `this looks like ${what}, and everybody can fetch what a build makes`,
    help: () => "keep it out of the flow: let the running system get it over an authenticated way",
    explain:
      "Scripts, kernel arguments and files are served to whoever asks, without a password, and kernel arguments can be read by every user of the running system.",
  }),
};

/** The name of a fault. */
export type Code = keyof typeof table;

/** What the words of `C` need to know. */
export type Data<C extends Code> = (typeof table)[C] extends Entry<infer D> ? D : never;

/** The row of `code`. */
export function entryOf<C extends Code>(code: C): Entry<Data<C>> {
  return table[code] as unknown as Entry<Data<C>>;
}

/** Whether what `code` counts for can be changed: a check found it, or it is a warning anyway. */
export function isAdjustable(code: Code): boolean {
  const { check, severity } = entryOf(code);
  return check === true || severity === "warning";
}

/** The code of this name. */
export function findCode(name: string): Code | undefined {
  return allCodes.find((each) => each === name);
}

/** All codes, in the order of the table. */
export const allCodes = Object.keys(table) as Code[];
