// The files that a flow takes in.
import { code, list, page } from "./entry.js";

export const inputs = {
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
};
