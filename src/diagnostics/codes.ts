// Every code with its severity, its words and its explanation. This is the only place where
// messages are written. A code names the fault; the check's file, the fixture folder and the topic
// of `ubootc explain` have the same name.

import { bytes } from "./bytes.js";
import { hintFor, type Stop } from "./hints.js";

export type Severity = "error" | "warning";

/** One row of the table: `D` is what the words need to know. */
export interface Entry<D> {
  readonly severity: Severity;
  /** One line: what is wrong, with the names and numbers of the case. */
  readonly message: (data: D) => string;
  /** What to type instead; undefined when there is nothing better to say than the message. */
  readonly help?: (data: D) => string | undefined;
  /** The page of `ubootc explain`: why this is a fault, and what to do, in a few sentences. */
  readonly explain: string;
}

const code = <D>(entry: Entry<D>) => entry;

const list = (words: readonly string[], last: string): string =>
  words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
const oneOf = (words: readonly string[]): string => list(words, "or");
const quoted = (words: readonly string[]): string => oneOf(words.map((each) => `\`${each}\``));
const hex = (address: number): string => `0x${address.toString(16).padStart(8, "0")}`;

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
    explain: "The text does not follow the grammar. grammar/README.md shows every form.",
  }),
  "quote-unclosed": code<object>({
    severity: "error",
    message: () => "this text is not closed",
    help: () => 'put a `"` behind it: a text ends on the line it begins on',
    explain: "",
  }),
  "brace-unclosed": code<object>({
    severity: "error",
    message: () => "this `{` is never closed",
    help: () => "put a `}` behind the last line of the block",
    explain: "",
  }),
  "brace-unopened": code<object>({
    severity: "error",
    message: () => "this `}` closes nothing",
    help: () => "leave it out, or put the `{` where its block begins",
    explain: "",
  }),
  "nested-too-deep": code<{ most: number }>({
    severity: "error",
    message: ({ most }) => `more than ${most} levels inside one another`,
    help: () => "take the flow apart with `chain`",
    explain: "",
  }),
  "statement-outside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` stands outside of a script`,
    help: () => 'put it inside the braces of one: script NAME on sdcard "boot.scr" { … }',
    explain: "",
  }),
  "declaration-inside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` stands inside a script`,
    help: () => "move it out of the braces: declarations stand at the top of the file",
    explain: "",
  }),
  "not-utf8": code<{ path: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is not UTF-8`,
    help: () => "save it as UTF-8; a program or image given in place of a flow looks like this too",
    explain: "Flows and client tables are read as UTF-8, with or without a byte order mark.",
  }),
  "source-too-large": code<{ path: string; size: number }>({
    severity: "error",
    message: ({ path, size }) =>
      `\`${path}\` has ${bytes(size)}, more than a flow or table can have`,
    explain: "Flows and tables are texts; a file of this size is most likely an image.",
  }),
  "include-cycle": code<{ path: string; chain: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` includes itself`,
    help: ({ chain }) => `the way there: ${chain.join(" -> ")}`,
    explain: "An included file may include others, but none that it is itself included by.",
  }),
  "include-not-constant": code<object>({
    severity: "error",
    message: () => "the name of an included file has to be plain text",
    help: () => "write the name out; parameters are not known yet when files are included",
    explain: "`include` is followed before parameters are read, since they may be in that file.",
  }),

  // --- inputs -----------------------------------------------------------------------------------
  "input-missing": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` does not exist`,
    help: () => "paths are relative to the file they are written in",
    explain:
      "A file that the flow names is not there. Paths are relative to the flow's own folder.",
  }),
  "input-not-a-file": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` ${detail}`,
    help: () => "name the file in it",
    explain: "An input has to be a regular file, since it is read several times and in pieces.",
  }),
  "input-unreadable": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` cannot be read: ${detail}`,
    explain: "The system refused to read a file that the flow names.",
  }),
  "input-empty": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is empty`,
    help: () => "build it again; an interrupted copy leaves such files",
    explain:
      "An empty file is a success for U-Boot's tftpboot, which then leaves the old contents of memory and the old `filesize`: what is booted is something else.",
  }),
  "table-unreadable": code<{ detail: string }>({
    severity: "error",
    message: ({ detail }) => `this is not a table: ${detail}`,
    explain: "A client table is CSV with a header line (RFC 4180), or a JSON list of objects.",
  }),
  "table-not-a-list": code<object>({
    severity: "error",
    message: () => "a client table in JSON is a list of objects",
    help: () => 'write [ { "name": "bench-1", "serial": "0000000012345678" } ]',
    explain: "Each client is an object; its keys are the client's values.",
  }),
  "table-no-name": code<{ found: readonly string[] }>({
    severity: "error",
    message: ({ found }) =>
      found.length > 0 ? `no column \`name\` among ${quoted(found)}` : "no `name`",
    help: () => "give each client a `name`: it is how messages and `--client` call it",
    explain: "The first line of a CSV table names the columns; one of them is `name`.",
  }),
  "table-column-name": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` cannot be the name of a column`,
    help: ({ name }) =>
      /[;\t|]/.test(name)
        ? "columns are separated by commas"
        : "use letters, digits, _ and -, a letter first: it is written {client.NAME}",
    explain: "A column is read as {client.NAME}, so its name has to be a name of the language.",
  }),
  "table-column-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the column \`${name}\` is there twice`,
    explain: "Two columns of one name would leave open which value is meant.",
  }),
  "table-width": code<{ expected: number; found: number }>({
    severity: "error",
    message: ({ expected, found }) => `${found} values where the header has ${expected} columns`,
    help: () => "a value with a comma in it has to be in double quotes",
    explain:
      "Every line of a CSV table has one value for each column, an empty one where it has none.",
  }),
  "table-value": code<{ name: string; found: string }>({
    severity: "error",
    message: ({ name, found }) => `\`${name}\` is a ${found}, not text or a number`,
    explain: "The values of a client are texts; numbers are taken as they are written.",
  }),

  // --- names ------------------------------------------------------------------------------------
  "name-taken": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is there twice`,
    help: () => "give one of them another name",
    explain: "Two declarations of one kind have the same name.",
  }),
  "name-unknown": code<{ kind: string } & Misspelt>({
    severity: "error",
    message: ({ kind, name }) => `no ${kind} is called \`${name}\``,
    help: didYouMean,
    explain: "A name is used that no declaration of this kind introduces.",
  }),
  "board-missing": code<object>({
    severity: "error",
    message: () => "no board is named",
    help: () => "begin with `board rpi_3`; `ubootc boards` lists them",
    explain: "The board says where memory is, which commands there are and how long a line may be.",
  }),
  "board-unknown": code<{ name: string; nearest: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `no board is called \`${name}\``,
    help: ({ nearest }) =>
      nearest.length > 0
        ? `did you mean ${quoted(nearest)}?`
        : "`ubootc boards` lists them; `board mine from NAME { … }` makes one",
    explain: "Boards are called as their defconfig in U-Boot, without `_defconfig`.",
  }),
  "server-missing": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `\`${what}\` needs a server, and none is named`,
    help: () => "add `server 192.168.0.250`",
    explain:
      "Every transfer names its server, since what DHCP leaves in `serverip` differs between networks and versions.",
  }),
  "param-unset": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the parameter \`${name}\` has no value`,
    help: ({ name }) => `add \`-D ${name}=…\`, or a default: \`param ${name} "…"\``,
    explain: "A `param` without a default has to be set where the flow is compiled.",
  }),
  "param-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`-D ${name}\`: the flow has no such parameter`,
    help: didYouMean,
    explain: "A value is given for a parameter that the flow does not declare with `param`.",
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
    explain: "grammar/README.md lists what each declaration takes.",
  }),
  "property-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is given twice`,
    explain: "A property has one value.",
  }),
  "property-missing": code<{ what: string; name: string }>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` needs \`${name}\``,
    explain: "grammar/README.md says which properties a declaration cannot do without.",
  }),
  "value-invalid": code<{ expected: string; found: string }>({
    severity: "error",
    message: ({ expected, found }) => `expected ${expected}, found \`${shortened(found)}\``,
    explain: "A value does not have the form its place asks for.",
  }),
  "variable-too-late": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` is known only when the board boots`,
    help: () => "use `{…}` with a parameter or a client's value: those are known when compiling",
    explain: "`{}` is replaced when compiling, `${}` by U-Boot. Here the compiler needs the value.",
  }),
  "address-unknown": code<{ board: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name, board }) => `\`${name}\` holds no address on ${board}`,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use 0x…, or one of ${list(known, "and")}`,
    explain:
      "An address is a number with 0x, or a variable that the board's default environment sets.",
  }),
  "place-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is no place to put a file`,
    help: ({ nearest }) => (nearest ? `did you mean \`${nearest}\`?` : "write `sdcard` or `tftp`"),
    explain:
      "`on sdcard` is for what the board reads from its card, `on tftp` for what it fetches.",
  }),
  "device-unknown": code<{ known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name }) => `nothing can be loaded from \`${name}\``,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use one of ${list(known, "and")}`,
    explain: "grammar/README.md lists the devices with the U-Boot commands they become.",
  }),
  "device-not-storage": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `whether a file exists cannot be asked of \`${name}\``,
    help: () => "load it in a `try`, with what to do without it in its `else`",
    explain: "U-Boot's `test -e` looks at storage devices only.",
  }),

  // --- clients ----------------------------------------------------------------------------------
  "client-outside": code<{ name: string; why?: string | undefined }>({
    severity: "error",
    message: ({ name, why }) => `\`{client.${name}}\` has no meaning here${why ? `: ${why}` : ""}`,
    help: () => "add `for each client` to the script, or use a `param`",
    explain: "Only what is compiled once for every client can use a client's values.",
  }),
  "client-value-missing": code<{ client: string } & Misspelt>({
    severity: "error",
    message: ({ client, name }) => `client \`${client}\` has no \`${name}\``,
    help: ({ nearest, name }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : `give it one, or all of them: client * { ${name} "…" }`,
    explain: "A value that a script uses has to be there for every client it is compiled for.",
  }),
  "client-shared": code<{ key: string; value: string; first: string; second: string }>({
    severity: "error",
    message: ({ key, value, first, second }) =>
      key === "name"
        ? `two clients are called \`${value}\``
        : `clients \`${first}\` and \`${second}\` have the same ${key}, \`${value}\``,
    explain: "What tells boards apart has to differ: otherwise one gets the other's files.",
  }),
  "client-name-property": code<object>({
    severity: "error",
    message: () => "the name of a client stands before its braces",
    explain: "`{client.name}` is the name that follows the word `client`.",
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
    explain:
      "No value may become shell syntax, a second kernel argument or a path outside. What a place allows is an allow-list, because U-Boot's shell reads values again after expanding them.",
  }),
  "file-not-constant": code<{ name: string }>({
    severity: "error",
    message: ({ name }) =>
      `the file name needs \`\${${name}}\`, but the script is not \`for each client\``,
    help: () => "add `for each client` behind the name, or leave the variable out",
    explain:
      "The compiler writes one file for each client, with the client's own values in its name.",
  }),
  "file-variable": code<{ name: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` cannot be told of a client when compiling`,
    help: ({ known }) => `use ${quoted(known.map((each) => `\${${each}}`))}, or \`{client.…}\``,
    explain: "A variable in a script's file name stands for a value of the client table.",
  }),
  "file-name-taken": code<{ path: string; other?: string | undefined }>({
    severity: "error",
    message: ({ path, other }) =>
      other
        ? `\`${path}\` differs from \`${other}\` only in case`
        : `two files would be \`${path}\``,
    help: () => "give one of them another name with `as`",
    explain: "Some file systems, and FAT on the card, do not tell upper from lower case.",
  }),
  "not-wrapped": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `a ${kind} is not wrapped into a uImage`,
    help: () => "leave `uimage` out",
    explain: "`as uimage` is for kernels and initrds; U-Boot takes DTBs and files as they are.",
  }),
  "file-name-inside": code<{ path: string; other: string }>({
    severity: "error",
    message: ({ path, other }) => `\`${other}\` cannot be a file and, for \`${path}\`, a folder`,
    help: () => "give one of them another name with `as`",
    explain: "",
  }),
  "not-from-firmware": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `the firmware passes no ${kind}`,
    help: () => "only `dtb NAME from firmware` is known",
    explain: "What firmware leaves in memory for U-Boot is a device tree.",
  }),
  "image-impossible": code<{ name: string; why: string }>({
    severity: "error",
    message: ({ name, why }) => `no uImage can be made of \`${name}\`: ${why}`,
    explain: "The legacy format holds sizes and addresses of 32 bits and file names of 32 bytes.",
  }),

  // --- scripts ----------------------------------------------------------------------------------
  "chain-self": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` chains to itself`,
    help: () => "use `retry forever pause 5s { … }` to go on trying",
    explain: "Each level of `source` takes memory that is never given back.",
  }),
  "raw-unbalanced": code<{ why: string }>({
    severity: "error",
    message: ({ why }) => `this line would take the rest of the script with it: ${why}`,
    explain: "What `uboot` holds is written as it is, and has to be whole by itself.",
  }),
  "line-too-long": code<{ length: number; most: number; board: string }>({
    severity: "error",
    message: ({ length, most, board }) =>
      `this becomes a line of ${length} characters; ${board} reads ${most}`,
    help: () => "shorten it, or take it apart with `set`",
    explain: "CONFIG_SYS_CBSIZE bounds the length of a command.",
  }),
  "too-many-arguments": code<{ count: number; most: number; board: string }>({
    severity: "error",
    message: ({ count, most, board }) => `this becomes ${count} words; ${board} takes ${most}`,
    explain: "CONFIG_SYS_MAXARGS bounds the number of words of a command.",
  }),
  "not-portable": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `${what} means different things to U-Boot's two shells`,
    help: () => "leave it out, or use `uboot` for a board whose shell you know",
    explain:
      "The old and the modern hush disagree about apostrophes, backslashes and unusual variable names.",
  }),
  "condition-too-complex": code<{ most: number }>({
    severity: "error",
    message: ({ most }) => `this condition has more than ${most} ways to be true`,
    help: () => "take it apart into an `if` inside an `if`",
    explain: "",
  }),
  "script-too-large": code<{ name: string; size: number; most: number }>({
    severity: "error",
    message: ({ name, size, most }) =>
      `\`${name}\` comes to ${bytes(size)}; U-Boot reads ${bytes(most)}`,
    help: () => "use --strip, or take it apart with `chain`",
    explain: "Standard boot reads at most 64 KiB of a script, its header included.",
  }),

  // --- memory -----------------------------------------------------------------------------------
  "no-room": code<{ name: string; size: number; board: string }>({
    severity: "error",
    message: ({ name, size, board }) =>
      `no room for \`${name}\` (${bytes(size)}) beside the rest in the memory of ${board}`,
    help: () => "use a smaller file, or `board mine from … { memory 1G }` if yours has more",
    explain: "Everything a script loads has to fit beside what it needs at the same time.",
  }),
  "outside-memory": code<{ name: string; board: string } & Stretch>({
    severity: "error",
    message: ({ name, board, ...region }) =>
      `\`${name}\` at ${stretch(region)} is not in the free memory of ${board}`,
    help: () => "leave `to` out: then a place is found",
    explain: "Below and above are what firmware and U-Boot itself need.",
  }),
  "region-overlap": code<{ name: string; other: string; region: Stretch; at: Stretch }>({
    severity: "error",
    message: ({ name, other, region, at }) =>
      `\`${name}\` at ${stretch(region)} overwrites \`${other}\` at ${stretch(at)}`,
    help: () => "leave `to` out: then a place is found",
    explain: "Two things that are needed at the same time share bytes of memory.",
  }),
  "kernel-overlap": code<{ name: string; above: string }>({
    severity: "error",
    message: ({ name }) => `unpacking \`${name}\` overwrites the image it is read from`,
    help: ({ above }) => `leave \`to\` out, or load at or above ${above}`,
    explain:
      "`bootm` unpacks a kernel to the load address in its header while it reads it from where it was downloaded. Where the two overlap, the end of the kernel is unpacked from its own beginning: the board hangs or resets.",
  }),
  "kernel-overwrites": code<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `starting \`${name}\` overwrites \`${other}\``,
    help: () => "leave `to` out: then a place is found beside all that the kernel writes",
    explain:
      "A kernel is unpacked, and moved to where it wants to run, before U-Boot moves the initrd and the device tree out of the way. What lies there is gone, and nothing says so: bootm does not look, booti looks only at where the device tree starts.",
  }),
  "kernel-too-large": code<{ name: string; size: number; most: number; board: string }>({
    severity: "error",
    message: ({ name, size, most, board }) =>
      `\`${name}\` has ${bytes(size)} when unpacked; bootm on ${board} takes ${bytes(most)}`,
    help: () => "serve it without `uimage`, for booti or bootz, or raise CONFIG_SYS_BOOTM_LEN",
    explain:
      "bootm stops at CONFIG_SYS_BOOTM_LEN and resets the board. Only the start of the image tells, and only on the console.",
  }),
  "relocation-overwrites": code<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `moving \`${name}\` to the end of memory overwrites \`${other}\``,
    help: () => "leave `to` out, or load it lower",
    explain:
      "Before a kernel starts, U-Boot copies first the initrd and then the device tree to the end of memory. A device tree that was loaded there is overwritten before it is read.",
  }),
  "dtb-reserved": code<{ name: string; dtb: string }>({
    severity: "error",
    message: ({ name, dtb }) => `\`${name}\` is put where \`${dtb}\` reserves memory`,
    help: () => "leave `load` out, or choose an address outside",
    explain:
      "The device tree tells the kernel to keep out of some memory: firmware or another processor uses it. A kernel that is put there is overwritten, or overwrites them.",
  }),
  "little-headroom": code<{ name: string; size: number; room: number; next: string }>({
    severity: "warning",
    message: ({ name, room, next }) =>
      `\`${name}\` can grow by ${bytes(room)} before it reaches ${next}`,
    help: () => "leave `to` out, or leave more room: kernels grow with every version",
    explain: "A build of a file that is a little larger will overwrite what comes next.",
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

/** All codes, in the order of the table. */
export const allCodes = Object.keys(table) as Code[];
