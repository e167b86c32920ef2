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
      "ubootc cannot read the text at this place. The message says what could stand there, and what does; if the mistake is a common one, the help says what to write.",
      "Reading goes on after the statement, so that every mistake of a file is shown at once. A build writes nothing until all are corrected.",
      "grammar/README.md in the package describes every form. In short: one declaration or statement a line, text in straight double quotes, blocks in braces that open at the end of a line, comments after `#`.",
    ),
  }),
  "quote-unclosed": code<object>({
    severity: "error",
    message: () => "this text has no closing quote",
    help: () => 'put a `"` after it: a text ends on the line that it begins on',
    explain: page(
      "A text begins with a double quote and ends with the next one on the same line. Here the line ends first.",
      'Put the closing quote where the text ends. A quote inside a text is written `\\"`.',
    ),
  }),
  "brace-unclosed": code<object>({
    severity: "error",
    message: () => "this `{` is never closed",
    help: () => "put a `}` after the last line of the block",
    explain: page(
      "A block that begins with `{` has to end with `}`. Here the end of the file, or the next declaration, comes first.",
      "Write the missing `}`. The indentation suggests which one it is; if the brace that is shown has its `}`, look at the blocks inside it.",
    ),
  }),
  "brace-unopened": code<object>({
    severity: "error",
    message: () => "this `}` closes nothing",
    help: () => "remove it, or put the `{` where its block begins",
    explain: page(
      "Up to here there are more closing braces than opening ones. Either this one is one too many, or the statement that it belongs to does not end in `{`.",
      "Remove it, or write the missing `{`. In a well indented flow a `}` stands under the beginning of the line that has its `{`.",
    ),
  }),
  "nested-too-deep": code<{ most: number }>({
    severity: "error",
    message: ({ most }) => `more than ${most} levels inside one another`,
    help: () => "split the flow with `chain`",
    explain: page(
      "Blocks, parentheses, `not` and `else if` can be nested only to a limit. No flow that a person writes comes near it; a flow that a program writes can.",
      "U-Boot's shell reads nested blocks with a small stack, so a script this deep would not run on the board. Put the inner part into a script and `chain` to it.",
    ),
  }),
  "statement-outside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` has to be inside a script`,
    help: () => 'put it inside the braces of one: script NAME on sdcard "boot.scr" { … }',
    explain: page(
      "Statements such as `dhcp`, `load` and `boot` run when a board runs a script, so they belong inside the braces of a `script`. Outside are declarations, which say what there is.",
      "Move the statements into a script. The board finds the one with the file name boot.scr on its card by itself.",
    ),
  }),
  "declaration-inside": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` cannot be inside a script`,
    help: () => "move it out of the braces, to the top of the file: it is a declaration",
    explain: page(
      "Declarations such as `kernel`, `client` and `script` say what there is, and count for the whole flow. Inside a script they would look as if they happened at one step.",
      "Move the line to the top of the file. The script can still use its name.",
    ),
  }),
  "not-utf8": code<{ path: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is not UTF-8`,
    help: () => "save it as UTF-8; if it is a program or an image, name the flow instead",
    explain: page(
      "Flows and client tables are read as UTF-8, with or without a byte order mark. The byte at the place shown cannot be part of such a text.",
      "Usually the file was saved as Latin-1 or UTF-16: save it again as UTF-8. If it is a kernel or a compiled script, name the flow instead.",
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
      "Flows, tables, keys and settings are texts, and ubootc reads them whole. A file that is larger than the limit is most likely an image that was named by mistake.",
      'Name the text. A table of ten thousand clients has about one MiB. All limits are in the language reference, "How large things may be".',
    ),
  }),
  "private-key": code<{ path: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` holds a private key; nothing of it is read or shown`,
    help: () => 'name the flow or table instead; a key to sign with is written `sign "FILE"`',
    explain: page(
      "What looks like a private key (PEM, DER, OpenSSH, PuTTY, age, JWK, WireGuard) was given instead of a text such as a flow or a table. Messages show the lines that they are about, and builds keep messages in logs, so ubootc does not read the file any further.",
      "Name the flow or the table. Name a key that signs FITs with `sign`, which shows nothing of it.",
    ),
  }),
  "text-too-long": code<{ what: string; most: number }>({
    severity: "error",
    message: ({ what, most }) => `${what} has more than ${most} characters`,
    help: () => "shorten it: U-Boot reads a line of one or two KiB",
    explain: page(
      "A line of a flow or a table, or a value once `{}` is replaced in it, is longer than anything that U-Boot or a firmware could read.",
      'Shorten it. Parameters that contain each other twice double with every line: 31 such lines would become two GiB. Serve the contents of a file as a file, and do not write them into a text. All limits are in the language reference, "How large things may be".',
    ),
  }),
  "too-many": code<{ what: string; most: number }>({
    severity: "error",
    message: ({ what, most }) => `more than ${most} ${what}`,
    help: () => "write fewer; a program that writes flows may repeat itself",
    explain: page(
      "The flow has more of something than any board could use: U-Boot reads 64 KiB of a script, and each script takes memory on the board.",
      'For boards that differ in their values, write one script and many clients: the number of clients has a much higher limit. All limits are in the language reference, "How large things may be".',
    ),
  }),
  "include-cycle": code<{ path: string; chain: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` includes itself`,
    help: ({ chain }) => `remove one of these \`include\`s: ${chain.join(" -> ")}`,
    explain: page(
      "`include` puts the declarations of another file where it stands. A file that includes itself, directly or by way of others, would never end.",
      "Remove the `include` that leads back. Two files may include the same third one: it then counts once.",
    ),
  }),
  "include-not-constant": code<object>({
    severity: "error",
    message: () => "the name of an included file has to be plain text",
    help: () => "write the whole name; parameters are not known yet when files are included",
    explain: page(
      "ubootc reads included files first, since one of them may declare the parameters. So the name of an included file cannot depend on a parameter, on a client or on the board.",
      "Write the whole name. To choose between two labs, write a small flow for each that includes what they have in common.",
    ),
  }),
};
