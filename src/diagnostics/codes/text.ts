// What is wrong with the text of a flow.
import { bytes } from "../bytes.js";
import { hintFor, type Stop } from "../hints.js";
import { code, named, oneOf, page } from "./entry.js";

export const text = {
  syntax: code<Stop & { atEnd: boolean }>({
    severity: "error",
    message: ({ expected, found, atEnd }) =>
      `expected ${oneOf(expected)}, found ${found ? named(found) : atEnd ? "the end of the file" : "the end of the line"}`,
    help: (stop) => hintFor(stop)?.help,
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
  "not-a-flow": code<{ path: string; what: string; isScript: boolean }>({
    severity: "error",
    message: ({ path, what }) => `\`${path}\` is ${what}, and no flow`,
    help: ({ path, isScript }) =>
      isScript
        ? `\`ubootc import ${path} -o ${path.replace(/\.\w+$/, "")}.boot\` makes a flow of it; \`ubootc check\` and \`ubootc simulate\` take it as it is`
        : 'name a flow; other files are declared in one: file NAME from "FILE" as "FILE"',
    explain: page(
      "A flow is what ubootc compiles: declarations such as `board` and `kernel`, and scripts in its own language. Scripts for U-Boot's shell (`boot.cmd`, `boot.scr`), environment texts (`uEnv.txt`), `extlinux.conf` and `config.txt` are other files that boards read.",
      "`ubootc import` makes a first flow of a script. `ubootc check` and `ubootc simulate` take scripts as they are. What others read is declared with `file`, or comes in with `files from` of a `firmware`.",
    ),
  }),
  "source-too-large": code<{ path: string; size: number; what: string; most: number }>({
    severity: "error",
    message: ({ path, size, what, most }) =>
      `\`${path}\` has ${bytes(size)}; a ${what} has at most ${bytes(most)}`,
    help: ({ what }) => `name the ${what}, not an image`,
    explain: page(
      "Flows, tables, keys and settings are texts that people write, or that a program lists clients in; they are read whole. A file that is larger is most likely an image that was named by mistake.",
      'A table of ten thousand clients has about one MiB. All limits stand in the language reference, "How large things may be".',
    ),
  }),
  "private-key": code<{ path: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` holds a private key; nothing of it is read or shown`,
    help: () => 'a key to sign with is written `sign "FILE"`; look into its rights',
    explain: page(
      "What looks like a private key (PEM, DER, OpenSSH, PuTTY, age, JWK, WireGuard) was given where a text such as a flow or a table belongs. Messages show the lines that they are about, and end up in logs of builds: not a line of a key may be among them.",
      "A key that FITs are signed with is named by `sign`, which reads it and shows nothing.",
    ),
  }),
  "text-too-long": code<{ what: string; most: number }>({
    severity: "error",
    message: ({ what, most }) => `${what} has more than ${most} characters`,
    help: () => "U-Boot reads a line of one or two KiB",
    explain: page(
      "A line of a flow or a table, or a value once `{}` is replaced in it, is longer than anything that U-Boot or a firmware could read.",
      'Parameters that are made of each other double with every line: 31 such lines would come to two GiB. A file\'s contents are served as a file, not written into a text. All limits stand in the language reference, "How large things may be".',
    ),
  }),
  "too-many": code<{ what: string; most: number }>({
    severity: "error",
    message: ({ what, most }) => `more than ${most} ${what}`,
    help: () => "a program that writes flows may have gone round in circles",
    explain: page(
      "The flow has more of something than any board could use: U-Boot reads 64 KiB of a script, and each script has memory of its own on the board.",
      'Boards that differ in their values are clients of one script, and their number is not limited here. All limits stand in the language reference, "How large things may be".',
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
};
